import { startFrontdesk, type Running } from '../support/frontdesk';
import { simulate } from '../support/simulate';

const page = async ({ url }: Running, path: string) => {
  const answer = await fetch(url + path, { headers: { accept: 'text/html' } });
  return { status: answer.status, text: await answer.text() };
};
const api = async ({ url }: Running, path: string, init: RequestInit = {}) => {
  const answer = await fetch(url + path, { headers: { 'content-type': 'application/json' }, ...init });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

const start = () => startFrontdesk({ signed: false });

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

test('a call that goes on is on top, however many have come and gone since', async () => {
  const frontdesk = await start();
  const sid = (number: number) => `CA${String(number).padStart(32, '0')}`;
  await frontdesk.post('incoming', {}, sid(0));
  for (let number = 1; number <= 51; number += 1) {
    await frontdesk.post('incoming', {}, sid(number));
    await frontdesk.post('status', { CallStatus: 'completed' }, sid(number));
  }
  const rowsOf = (text: string) => [...text.matchAll(/href="\/calls\/(CA\d+)"/g)].map(([, found]) => found);
  const { text } = await page(frontdesk, '/calls');
  const rows = rowsOf(text);
  expect([rows[0], rows[1], new Set(rows).size]).toEqual([sid(0), sid(51), 51]);
  const next = /href="(\/calls\?[^"]*before=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(rowsOf((await page(frontdesk, next)).text)).toEqual([sid(1), sid(0)]);
  expect(rowsOf((await page(frontdesk, '/calls?outcome=abandoned')).text)).not.toContain(sid(0));
});

test('numbers in lists are masked; the one to call back is there for whoever opens it', async () => {
  const frontdesk = await start();
  const number = /(?:2 0 2|202)[ ,-]+(?:5 5 5|555)[ ,-]+(?:0 1 8 8|0188)/;
  const words = ["I'd like to leave a message", 'call the shop on 202 555 0188 please', 'Ada', 'yes'];
  await simulate(frontdesk, words, { from: '+12025550188' });
  await simulate(frontdesk, ['Do you hire out unicycles to people at 202 555 0188?', 'no thanks', 'bye']);
  const inbox = (await page(frontdesk, '/messages')).text;
  const opened = /<details>\s*<summary>Call back …88<\/summary>(.*?)<\/details>/s.exec(inbox);
  expect(opened?.[1]).toContain('href="tel:+12025550188"');
  const closed = inbox.replace(opened?.[0] ?? '', '');
  expect([closed.includes('call the shop on …88 please'), number.test(closed), closed.includes('5550188')]).toEqual([
    ...[true, false, false],
  ]);
  const questions = (await page(frontdesk, '/unanswered')).text;
  expect(questions).toContain('value="Do you hire out unicycles to people at …88?"');
  expect(number.test(questions)).toBe(false);
});

test('a day is a day of the business', async () => {
  const frontdesk = await start();
  const { profile } = (await api(frontdesk, '/api/settings')).body;
  const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago']; // one of them is never on the day of UTC
  await simulate(frontdesk, ['When are you open?', 'bye']);
  const [call] = (await api(frontdesk, '/api/calls')).body['calls'] as { started_at: string }[];
  const startedAt = Date.parse(call?.started_at ?? '');
  for (const timeZone of zones) {
    const saved = { method: 'PUT', body: JSON.stringify({ profile: { ...(profile as object), timeZone } }) };
    expect((await api(frontdesk, '/api/settings', saved)).status).toBe(200);
    const dayAt = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
    const [today, tomorrow] = [dayAt(startedAt), dayAt(startedAt + 86_400_000)];
    const queries = [`since=${today}`, `until=${tomorrow}`, `since=${tomorrow}`, `until=${today}`];
    const found = await Promise.all(queries.map((query) => api(frontdesk, `/api/calls?${query}`)));
    expect(found.map(({ body }) => (body['calls'] as unknown[]).length)).toEqual([1, 1, 0, 0]);
  }
  const exact = new Date(Date.now() + 60_000).toISOString().replace('Z', '+00:00');
  expect((await api(frontdesk, `/api/calls?until=${exact}`)).body['calls']).toHaveLength(1);
});
