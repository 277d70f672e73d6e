import { CALLER, saidIn, startFrontdesk, type Running, type Setup } from '../support/frontdesk';

const sid = (number: number) => `CA${String(number).padStart(32, '0')}`;
const json = { 'content-type': 'application/json' };

async function startWith(rules: object, setup: Setup = {}) {
  const frontdesk = await startFrontdesk(setup);
  const answer = await fetch(`${frontdesk.url}/api/settings/rules`, {
    method: 'PUT',
    headers: json,
    body: JSON.stringify(rules),
  });
  expect(answer.status).toBe(200);
  return frontdesk;
}

const callIn = async ({ url }: Running, callSid: string) =>
  (await (await fetch(`${url}/api/calls/${callSid}`)).json()) as Record<string, unknown>;
const pageOf = async ({ url }: Running, path: string) =>
  (await fetch(url + path, { headers: { accept: 'text/html' } })).text();
const ONLY = 'I can only take a message right now.';
/** Whether each of these calls was asked for a message at once. */
const limitedIn = async (frontdesk: Running, calls: readonly [number, Record<string, string>][]) => {
  const found: boolean[] = [];
  for (const [number, facts] of calls) {
    const { xml } = await frontdesk.post('incoming', facts, sid(number));
    expect(xml).toMatch(/<Gather.*(?:automated assistant|<Play>)/);
    found.push(saidIn(xml).includes(ONLY));
  }
  return found;
};

test('a caller who calls too often is asked for a message, however the number is written; others are not', async () => {
  const frontdesk = await startWith({ limits: { callsPerCallerPerDay: 2 } }, { groq: true, voice: true });
  const calls: [number, Record<string, string>][] = [
    [1, {}],
    [1, {}],
    [2, { From: 'sip:12025550101@sip.example.com' }],
    [3, { From: '12025550101' }],
    [4, { From: '+12025550102' }],
    [5, { From: 'anonymous' }],
    [6, { From: '+266696687' }],
    [7, { From: 'anonymous' }],
  ];
  expect(await limitedIn(frontdesk, calls)).toEqual([false, false, false, true, false, false, false, false]);
  const before = frontdesk.voice.requests.length;
  for (const [turn, words] of ['The chain of my red bicycle is broken.', 'Ada Jones', 'Yes'].entries())
    await frontdesk.post(`process?turn=${turn + 1}`, { SpeechResult: words }, sid(3));
  expect([frontdesk.groq.requests.length, frontdesk.voice.requests.length - before]).toEqual([0, 0]);
  expect(await callIn(frontdesk, sid(3))).toMatchObject({
    limited: 'callsPerCallerPerDay',
    messages: [{ name: 'Ada Jones', number: CALLER }],
  });
});

test('all calls of a day count once each, test calls and later webhooks do not, and the next day is a new one', async () => {
  let now = Date.UTC(2026, 10, 20, 15);
  const frontdesk = await startWith({ limits: { callsPerDay: 2 } }, { overrides: { clock: { now: () => now } } });
  await frontdesk.post('incoming', {}, sid(1));
  for (let turn = 1; turn <= 4; turn += 1)
    await frontdesk.post(`process?turn=${turn}`, { SpeechResult: `Matter ${turn}?` }, sid(1));
  expect(
    await limitedIn(frontdesk, [
      [2, {}],
      [3, {}],
    ]),
  ).toEqual([false, true]);
  expect(await pageOf(frontdesk, '/')).toContain('1 call was cut short today by: the calls a day (1).');
  now += 24 * 3_600_000;
  expect(await limitedIn(frontdesk, [[4, {}]])).toEqual([false]);
  expect(await pageOf(frontdesk, '/')).not.toContain('cut short');
});

test('test calls are not counted', async () => {
  const frontdesk = await startWith({ limits: { callsPerDay: 1 } }, { signed: false });
  expect(
    await limitedIn(frontdesk, [
      [1, {}],
      [2, {}],
      [3, {}],
    ]),
  ).toEqual([false, false, false]);
});

test('a day goes on after a restart, where calls of the day are counted by the book', async () => {
  const clock = { now: () => Date.UTC(2026, 10, 20, 15) };
  const first = await startWith({ limits: { callsPerDay: 2, callsPerCallerPerDay: 1 } }, { overrides: { clock } });
  await first.post('incoming', {}, sid(1));
  await callIn(first, sid(1)); // reads what is written by then
  const env = { DATA_DIR: `${first.directory}/data` };
  const second = await startFrontdesk({ env, overrides: { clock } });
  expect(
    await limitedIn(second, [
      [2, {}],
      [3, { From: '+12025550103' }],
    ]),
  ).toEqual([true, true]);
  expect((await callIn(second, sid(2)))['limited']).toBe('callsPerCallerPerDay');
  expect((await callIn(second, sid(3)))['limited']).toBe('callsPerDay');
  const goesOn = await second.post('process?turn=1', { SpeechResult: 'When are you open?' }, sid(1));
  expect(saidIn(goesOn.xml)).not.toContain('message');
});

test('what the calls of a day have cost holds the next ones back', async () => {
  const clock = { now: () => Date.UTC(2026, 10, 20, 15) };
  const first = await startWith({ limits: { spendPerDay: 0.05 } }, { overrides: { clock } });
  await first.post('incoming', {}, sid(1));
  expect(await limitedIn(first, [[2, {}]])).toEqual([false]);
  await first.post('status', { CallStatus: 'completed', CallDuration: '1200' }, sid(1));
  const env = { DATA_DIR: `${first.directory}/data` };
  const second = await startFrontdesk({ env, overrides: { clock } });
  expect(await limitedIn(second, [[3, {}]])).toEqual([true]);
  expect((await callIn(second, sid(3)))['limited']).toBe('spendPerDay');
});

test.each(['+12025550143', '12025550143', '2025550143', 'sip:+12025550143@sip.example.com', '(202) 555-0143'])(
  'a blocked caller gets the busy tone, as %s, and is in the book',
  async (From) => {
    const frontdesk = await startWith({ blocked: ['+12025550143'] }, { groq: true });
    expect((await frontdesk.post('incoming', { From }, sid(1))).xml).toContain('<Reject reason="busy"/>');
    await frontdesk.post('status', { From, CallStatus: 'busy', CallDuration: '0' }, sid(1));
    expect(await callIn(frontdesk, sid(1))).toMatchObject({ outcome: 'failed', refused: 'blocked', transcript: [] });
    expect((await frontdesk.post('incoming', {}, sid(2))).xml).toContain('<Gather');
    expect(await pageOf(frontdesk, `/calls/${sid(1)}`)).toContain('the caller is blocked, and heard the busy tone');
  },
);

test.each(['fallback', 'process?turn=1'])('a blocked caller does not get in by %s either', async (path) => {
  const frontdesk = await startWith({ blocked: [CALLER] }, { groq: true });
  const { xml } = await frontdesk.post(path, { SpeechResult: 'When are you open?' }, sid(1));
  expect(xml).toContain('<Response><Hangup/></Response>');
  const again = await frontdesk.post('process?turn=2', { SpeechResult: 'Hello?' }, sid(1));
  expect([again.xml.includes('<Gather'), frontdesk.groq.requests.length]).toEqual([false, 0]);
  expect(await callIn(frontdesk, sid(1))).toMatchObject({ outcome: 'failed', refused: 'blocked', transcript: [] });
});

test('who is blocked in the middle of a call is heard out', async () => {
  const frontdesk = await startWith({ blocked: [] });
  await frontdesk.post('incoming', {}, sid(1));
  await fetch(`${frontdesk.url}/calls/${sid(1)}/block`, { method: 'POST', headers: json, body: '{}' });
  const { xml } = await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' }, sid(1));
  expect(xml).toContain('<Gather');
});

test('a caller is blocked by one button on the page of a call, and let in again on the page of rules', async () => {
  const frontdesk = await startWith({ blocked: ['+12025550144'], limits: { turns: 40 } });
  await frontdesk.post('incoming', { From: '12025550101' }, sid(1));
  const page = await pageOf(frontdesk, `/calls/${sid(1)}`);
  expect(page).toContain('Block this caller');
  const blocked = await fetch(`${frontdesk.url}/calls/${sid(1)}/block`, { method: 'POST', headers: json, body: '{}' });
  expect(blocked.status).toBe(200);
  const rules = await (await fetch(`${frontdesk.url}/api/settings/rules`)).json();
  expect(rules).toMatchObject({ blocked: ['+12025550144', CALLER], limits: { turns: 40 } });
  expect(await pageOf(frontdesk, `/calls/${sid(1)}`)).toMatch(/This caller is blocked.*href="\/rules"/s);
  expect((await frontdesk.post('incoming', {}, sid(2))).xml).toContain('<Reject reason="busy"/>');
  await frontdesk.post('incoming', { From: 'anonymous' }, sid(3));
  expect(await pageOf(frontdesk, `/calls/${sid(3)}`)).not.toContain('Block this caller');
  const none = await fetch(`${frontdesk.url}/calls/${sid(3)}/block`, { method: 'POST', headers: json, body: '{}' });
  expect([none.status, ((await none.json()) as { code: string }).code]).toEqual([409, 'no_number']);
});
