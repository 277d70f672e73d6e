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
