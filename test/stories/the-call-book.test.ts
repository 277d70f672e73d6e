import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFrontdesk, temporaryFolder, type Running } from '../support/frontdesk';
import { simulate } from '../support/simulate';

const page = async ({ url }: Running, path: string) => {
  const answer = await fetch(url + path, { headers: { accept: 'text/html' } });
  return { status: answer.status, text: await answer.text() };
};
const api = async ({ url }: Running, path: string, init: RequestInit = {}) => {
  const answer = await fetch(url + path, { headers: { 'content-type': 'application/json' }, ...init });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
/** As a browser sends a form of a page. */
async function post(frontdesk: Running, path: string, fields: Record<string, string> = {}) {
  const { url } = frontdesk;
  const [, csrf = ''] = /name="csrf-token" content="([^"]*)"/.exec((await page(frontdesk, '/messages')).text) ?? [];
  const headers = { accept: 'text/html', origin: url };
  const body = new URLSearchParams({ csrf, ...fields });
  return fetch(url + path, { method: 'POST', headers, body, redirect: 'manual' });
}

const start = () => startFrontdesk({ signed: false });

test('a call is in the book while it goes on and when it is over, word by word', async () => {
  const frontdesk = await start();
  const { callSid } = await simulate(frontdesk, ['When are you open?', 'Thanks, bye']);
  const { body } = await api(frontdesk, `/api/calls/${callSid}`);
  expect(body).toMatchObject({
    outcome: 'answered',
    status: 'completed',
    test: true,
    from: expect.any(String) as string,
  });
  const transcript = body['transcript'] as { caller: string | null; reply: string; rung: string | null }[];
  expect(transcript.map(({ caller }) => caller)).toEqual([null, 'When are you open?', 'Thanks, bye']);
  expect(transcript[0]?.reply).toContain('Maple Street');
  expect(transcript[1]?.reply).toMatch(/^We are open/);
  expect(transcript[1]?.rung).toBe('answerer');
  const list = (await page(frontdesk, '/calls')).text;
  expect(list).toContain(`/calls/${callSid}`);
  expect(list).not.toContain(String(body['from']));
  const whole = (await page(frontdesk, `/calls/${callSid}`)).text;
  expect(whole).toContain('When are you open?');
  expect(whole).toContain(String(body['from']));
  expect((await page(frontdesk, '/calls?q=bye+open')).text).not.toContain(callSid);
  expect((await page(frontdesk, '/calls?q=open')).text).toContain(callSid);
});

test('an inbox with more messages than a page holds goes on where it ended', async () => {
  const DATA_DIR = await temporaryFolder();
  const earlier = (_: unknown, index: number) => {
    const takenAt = new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString();
    return JSON.stringify({ id: `m${index}`, callSid: `CA${index}`, reason: `Wheel ${index} is bent`, takenAt });
  };
  await writeFile(join(DATA_DIR, 'messages.jsonl'), Array.from({ length: 60 }, earlier).join('\n'));
  const frontdesk = await startFrontdesk({ signed: false, env: { DATA_DIR } });
  const first = (await page(frontdesk, '/messages')).text;
  const [, next = ''] = /href="([^"]*)">Earlier ones/.exec(first) ?? [];
  const second = (await page(frontdesk, next.replaceAll('&amp;', '&'))).text;
  const wheels = [first, second].map((text) =>
    [...text.matchAll(/Wheel (\d+) is/g)].map(([, number]) => Number(number)),
  );
  expect(wheels.flat()).toEqual(Array.from({ length: 60 }, (_, index) => 59 - index));
  expect(second).not.toContain('Earlier ones');
});

test('a message is new in the inbox until somebody has seen to it', async () => {
  const frontdesk = await start();
  const { callSid } = await simulate(frontdesk, ["I'd like to leave a message", 'my wheel is bent', 'Ada', 'yes']);
  const inbox = (await page(frontdesk, '/messages')).text;
  expect(inbox).toContain('my wheel is bent');
  const { body } = await api(frontdesk, '/api/messages?state=new');
  const [message] = body['messages'] as { id: string; call_sid: string; name: string }[];
  expect(message).toMatchObject({ call_sid: callSid, name: 'Ada' });
  expect((await post(frontdesk, `/messages/${message?.id}/done`)).status).toBe(303);
  expect((await page(frontdesk, '/messages')).text).not.toContain('my wheel is bent');
  expect((await page(frontdesk, '/messages?state=done')).text).toContain('my wheel is bent');
  const again = { method: 'PATCH', body: '{"state":"new"}' };
  expect((await api(frontdesk, `/api/messages/${message?.id}`, again)).body).toMatchObject({ success: true });
  expect((await page(frontdesk, '/messages')).text).toContain('my wheel is bent');
  expect((await api(frontdesk, `/api/calls/${callSid}`)).body).toMatchObject({ outcome: 'message' });
});

test('a question nobody could answer is answered once by the owner, and the next caller gets it', async () => {
  const frontdesk = await start();
  const question = 'Do you also sharpen ice skates?';
  const first = await simulate(frontdesk, [question, 'no thanks', 'bye']);
  expect(first.heard.map(({ text }) => text).join(' ')).toMatch(/don't know/);
  await simulate(frontdesk, [question, 'no thanks', 'bye']);
  const list = (await page(frontdesk, '/unanswered')).text;
  expect(list).toContain('Asked 2 times');
  const [, id = ''] = /\/unanswered\/(\d+)\/answer/.exec(list) ?? [];
  expect(
    (await post(frontdesk, `/unanswered/${id}/answer`, { answer: 'Yes, we sharpen skates in winter.' })).status,
  ).toBe(303);
  expect(list).toContain('<span class="tag">Test</span>');
  expect((await page(frontdesk, '/unanswered')).text).toContain('Nothing is waiting');
  const next = await simulate(frontdesk, [question, 'bye']);
  expect(next.heard.map(({ text }) => text).join(' ')).toContain('we sharpen skates in winter');
});

test('files hold every call that fits, and nothing in them becomes a formula', async () => {
  const frontdesk = await start();
  await simulate(frontdesk, ['=HYPERLINK("http://evil.example")', 'bye']);
  const csv = await (await fetch(`${frontdesk.url}/calls/export.csv`)).text();
  expect(csv.split('\r\n')).toHaveLength(3);
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  const { body } = await api(frontdesk, '/calls/export.json?outcome=answered');
  expect(body['calls']).toHaveLength(1);
  expect((await api(frontdesk, '/calls/export.xml')).status).toBe(400);
});

test.each([
  ['outcome=lost', 'outcome'],
  ['limit=0', 'limit'],
  ['since=yesterday', 'since'],
  ['since=1', 'since'],
  ['since=2026-02-31', 'since'],
  ['until=2026-12-24T10:00', 'until'],
  ['outcome[]=answered', 'outcome'],
  ['limit=1&limit=2', 'limit'],
  ['before=here', 'before'],
])('a list that cannot be made says which part of the query is wrong: %s', async (query, field) => {
  const frontdesk = await start();
  const { status, body } = await api(frontdesk, `/api/calls?${query}`);
  expect([status, body['field']]).toEqual([400, field]);
  expect((await page(frontdesk, `/calls?${query}`)).status).toBe(400);
});

test.each([
  ['before=abc', 'before'],
  ['before=-1', 'before'],
  ['before=1732180000000', 'before'],
  ['state=lost', 'state'],
  ['state[]=new', 'state'],
  ['limit=501', 'limit'],
])('a list of messages that cannot be made says so too: %s', async (query, field) => {
  const frontdesk = await start();
  const { status, body } = await api(frontdesk, `/api/messages?${query}`);
  expect([status, body['field']]).toEqual([400, field]);
  expect((await page(frontdesk, `/messages?${query}`)).status).toBe(400);
});

test('the list of messages says where it goes on', async () => {
  const frontdesk = await start();
  for (let calls = 0; calls < 3; calls += 1)
    await simulate(frontdesk, ["I'd like to leave a message", 'my wheel is bent', 'Ada', 'yes']);
  const ids: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { body } = await api(frontdesk, `/api/messages?limit=2${next === '' ? '' : `&before=${next}`}`);
    ids.push(...(body['messages'] as { id: string }[]).map(({ id }) => id));
    next = body['next'] as string | null;
  }
  expect([ids.length, new Set(ids).size]).toEqual([3, 3]);
  expect((await page(frontdesk, '/messages?limit=2')).text).toContain('/messages?state=new&amp;before=');
});

test('a day is a day of the business', async () => {
  const frontdesk = await start();
  const { profile } = (await api(frontdesk, '/api/settings')).body;
  const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago']; // one of them is never on the day of UTC
  await simulate(frontdesk, ['When are you open?', 'bye']);
  for (const timeZone of zones) {
    const saved = { method: 'PUT', body: JSON.stringify({ profile: { ...(profile as object), timeZone } }) };
    expect((await api(frontdesk, '/api/settings', saved)).status).toBe(200);
    const dayAt = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
    const [today, tomorrow] = [dayAt(Date.now()), dayAt(Date.now() + 86_400_000)];
    const queries = [`since=${today}`, `until=${tomorrow}`, `since=${tomorrow}`, `until=${today}`];
    const found = await Promise.all(queries.map((query) => api(frontdesk, `/api/calls?${query}`)));
    expect(found.map(({ body }) => (body['calls'] as unknown[]).length)).toEqual([1, 1, 0, 0]);
  }
  const exact = new Date(Date.now() + 60_000).toISOString().replace('Z', '+00:00');
  expect((await api(frontdesk, `/api/calls?until=${exact}`)).body['calls']).toHaveLength(1);
});

test('a page that listens is told of a call as it happens', async () => {
  const frontdesk = await start();
  const stop = new AbortController();
  const stream = await fetch(`${frontdesk.url}/api/calls/live`, { signal: stop.signal });
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
  await simulate(frontdesk, ['When are you open?', 'bye']);
  let told = '';
  while (!told.includes('changed')) told += new TextDecoder().decode((await reader.read()).value);
  stop.abort();
});
