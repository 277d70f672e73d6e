import { profileSchema } from '../../src/common/profile';
import { placeCall } from '../../src/simulator/place-call';
import { sayInTurn } from '../../src/simulator/caller';
import { AUTH_TOKEN, BUSINESS, CALLER, saidIn, startFrontdesk, type Running, type Setup } from '../support/frontdesk';
import { keptMessages } from '../support/kept-messages';
import { simulate, wordsOf } from '../support/simulate';

const SID = `CA${'1'.repeat(32)}`;
const json = { 'content-type': 'application/json' };

async function startWith(limits: object, setup: Setup = {}) {
  const frontdesk = await startFrontdesk(setup);
  await setLimits(frontdesk, limits);
  return frontdesk;
}

async function setLimits({ url }: Running, limits: object) {
  const answer = await fetch(`${url}/api/settings/rules`, {
    method: 'PUT',
    headers: json,
    body: JSON.stringify({ limits }),
  });
  expect(answer.status).toBe(200);
}

const callIn = async ({ url }: Running, sid = SID) =>
  (await (await fetch(`${url}/api/calls/${sid}`)).json()) as Record<string, unknown>;
const pageOf = async ({ url }: Running, path: string) =>
  (await fetch(url + path, { headers: { accept: 'text/html' } })).text();
const say = (frontdesk: Running, turn: number, SpeechResult: string) =>
  frontdesk.post(`process?turn=${turn}`, { SpeechResult, Confidence: '0.9' });

test('after the last turn a caller is asked for a message, no model is asked, and the owner sees why', async () => {
  const frontdesk = await startWith({ turns: 5 }, { groq: true });
  await frontdesk.post('incoming');
  for (let turn = 1; turn <= 5; turn += 1) await say(frontdesk, turn, `What about matter number ${turn}?`);
  expect(frontdesk.groq.requests).toHaveLength(5);
  const asked = await say(frontdesk, 6, 'And what about matter number six?');
  expect(saidIn(asked.xml)).toContain('our call has to end soon. Please leave a message');
  await say(frontdesk, 7, 'The chain of my red bicycle is broken.');
  await say(frontdesk, 8, 'Ada Jones');
  const done = await say(frontdesk, 9, 'Yes');
  expect(saidIn(done.xml)).toMatch(/Your message is noted.*goodbye/i);
  expect(done.xml).toContain('<Hangup/>');
  expect(frontdesk.groq.requests).toHaveLength(5);
  expect(keptMessages(frontdesk.directory)[0]?.reason).toContain('red bicycle');
  expect(await callIn(frontdesk)).toMatchObject({ limited: 'turns' });
  expect(await pageOf(frontdesk, `/calls/${SID}`)).toContain('It reached the turns a call may have');
  expect(await pageOf(frontdesk, '/calls')).toContain('Cut short');
  expect(await pageOf(frontdesk, '/')).toContain('1 call was cut short today by: the turns a call may have (1).');
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '90' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(frontdesk.groq.records).toHaveLength(0);
});

test('minutes are those of the clock, across later webhooks and repeats of them', async () => {
  let now = Date.UTC(2026, 10, 20, 15);
  const frontdesk = await startWith({ callMinutes: 3 }, { overrides: { clock: { now: () => now } } });
  await frontdesk.post('incoming');
  now += 2 * 60_000;
  const early = await say(frontdesk, 1, 'When are you open?');
  expect(saidIn(early.xml)).not.toContain('leave a message');
  now += 60_000;
  expect((await say(frontdesk, 1, 'When are you open?')).xml).toBe(early.xml);
  expect(saidIn((await say(frontdesk, 2, 'Where are you?')).xml)).toContain('Please leave a message');
  expect(await callIn(frontdesk)).toMatchObject({ limited: 'callMinutes' });
});

test('tokens are counted, also those of replies that a caller broke off', async () => {
  const frontdesk = await startWith({ tokensPerCall: 1_000 }, { groq: true });
  frontdesk.groq.reply({ words: 'That is a fine matter. Tell me more of it.', tokenMs: 400 });
  await frontdesk.post('incoming');
  let turn = 0;
  let words = '';
  while (!words.includes('Please leave a message') && turn < 20) {
    turn += 1;
    words = saidIn((await say(frontdesk, turn, `What about matter number ${turn}?`)).xml);
  }
  expect(turn).toBeLessThan(6);
  expect(await callIn(frontdesk)).toMatchObject({ limited: 'tokensPerCall' });
}, 60_000);

test('hold music and robots, which say the same again and again, come to an end', async () => {
  const frontdesk = await startWith({ unproductiveTurns: 4 }, { groq: true });
  const music = ['Your call is important to us.', 'Please hold the line for an agent.', 'All our agents are busy.'];
  const report = await simulate(
    frontdesk,
    Array.from({ length: 60 }, (_, index) => music[index % 3] ?? ''),
  );
  expect([report.problems, report.endedBy]).toEqual([[], 'server']);
  expect(report.hops).toBeLessThan(24);
  expect(frontdesk.groq.requests.length).toBeLessThan(7);
  expect(wordsOf(report)).toContain('we do not seem to understand each other');
  expect(wordsOf(report)).toMatch(/goodbye/i);
});

test('whoever answers yes again and again is no robot', async () => {
  const frontdesk = await startWith({ unproductiveTurns: 3 });
  await frontdesk.post('incoming');
  await say(frontdesk, 1, 'Please take a message.');
  await say(frontdesk, 2, 'The chain of my red bicycle is broken.');
  for (let turn = 3; turn <= 6; turn += 1) await say(frontdesk, turn, 'Yes');
  expect(await callIn(frontdesk)).toMatchObject({ limited: null });
});

test('short answers to a model that asks lead somewhere, again and again', async () => {
  const frontdesk = await startWith({ unproductiveTurns: 3 }, { groq: true });
  await frontdesk.post('incoming');
  for (let turn = 1; turn <= 8; turn += 1) {
    frontdesk.groq.reply({ words: `Is it so with matter ${turn}?` });
    expect(saidIn((await say(frontdesk, turn, turn % 3 ? 'Yes' : 'No')).xml)).toBe(`Is it so with matter ${turn}?`);
  }
  expect(await callIn(frontdesk)).toMatchObject({ limited: null });
});

test('a message that does not come to its end is bounded, and what there is of it is kept', async () => {
  const frontdesk = await startWith({ turns: 5 });
  const acts = Array.from({ length: 40 }, (_, index) => ({
    say: `Well, let me think about matter ${index + 1} of mine.`,
  }));
  const report = await placeCall(
    { url: frontdesk.url, authToken: AUTH_TOKEN, from: CALLER, to: BUSINESS },
    sayInTurn(acts, 'hang up'),
  );
  expect([report.problems, report.endedBy]).toEqual([[], 'server']);
  expect(report.hops).toBeLessThanOrEqual(18);
  expect(wordsOf(report)).toMatch(/goodbye/i);
  expect(keptMessages(frontdesk.directory)).toHaveLength(1);
});

test('who only stays silent about a message is told goodbye, and a word of danger is heard first', async () => {
  const frontdesk = await startWith({ turns: 5 });
  await frontdesk.post('incoming');
  for (let turn = 1; turn <= 5; turn += 1) await say(frontdesk, turn, `What about matter number ${turn}?`);
  expect(saidIn((await say(frontdesk, 6, 'My father cannot breathe!')).xml)).toContain('9 1 1');
  expect(saidIn((await say(frontdesk, 7, 'Are you there at all today?')).xml)).toContain('Please leave a message');
  let last = '';
  for (let turn = 8; turn < 22 && !last.includes('<Hangup/>'); turn += 1)
    last = (await frontdesk.post(`process?turn=${turn}`)).xml;
  expect(last).toContain('<Hangup/>');
  expect(saidIn(last)).toMatch(/goodbye/i);
});

test('two people who talk are not cut off, and whoever asks for a person at a limit is put through', async () => {
  let now = Date.UTC(2026, 10, 20, 15);
  const profile = profileSchema.parse({
    businessName: 'Juniper Lane Opticians',
    transfer: { number: '+12025550177', outsideHours: true },
  });
  const frontdesk = await startWith({ callMinutes: 1 }, { overrides: { profile, clock: { now: () => now } } });
  await frontdesk.post('incoming');
  now += 90_000;
  const through = await say(frontdesk, 1, 'Can I speak to a person?');
  expect(through.xml).toContain('<Dial');
  const address = (xml: string, route: string) =>
    new RegExp(`[^"<>]*/api/voice/${route}\\?[^"<>]*`).exec(xml)?.[0].replaceAll('&amp;', '&') ?? '';
  const leg = `CA${'c'.repeat(32)}`;
  const screen = await frontdesk.post(address(through.xml, 'screen'), {}, leg);
  const taken = await frontdesk.post(address(screen.xml, 'screened'), { Digits: '1' }, leg);
  expect(taken.xml).not.toContain('Hangup');
  now += 2 * 3_600_000;
  expect(await callIn(frontdesk)).toMatchObject({ outcome: null, transfer: 'accepted' });
  const over = await frontdesk.post(address(through.xml, 'transferred'), { DialCallStatus: 'completed' });
  expect(saidIn(over.xml)).toBe('');
});
