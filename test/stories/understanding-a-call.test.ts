import { profileSchema } from '../../src/common/profile';
import { addressIn, saidIn, startFrontdesk, type Running } from '../support/frontdesk';
import { simulate } from '../support/simulate';

const CALL = 'CA' + '1'.repeat(32);
const TOKEN = 'an-admin-token-of-tests';
const signedIn = { ADMIN_TOKEN: TOKEN };

interface Told {
  name: string;
  state: string;
  value: string | null;
  quote: string | null;
  turn: number | null;
  source: string | null;
}
interface Record_ {
  understanding: { summary: string | null; reason: string | null; urgency: string | null } | null;
  fields: Told[];
  messages: { evidence: Told[] }[];
}

async function read({ url }: Running, sid = CALL): Promise<Record_> {
  const answer = await fetch(`${url}/api/calls/${sid}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return (await answer.json()) as Record_;
}

/** The record once it is complete. */
async function recordOf(frontdesk: Running, sid = CALL): Promise<Record_> {
  for (;;) {
    const record = await read(frontdesk, sid);
    if (record.understanding) return record;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** A call in which the caller says these things and hangs up. */
async function call(frontdesk: Running, words: readonly string[]): Promise<string[]> {
  const answers = [(await frontdesk.post('incoming')).xml];
  for (const SpeechResult of words) {
    const { xml } = await frontdesk.post(addressIn(answers.at(-1) ?? '', 'process'), { SpeechResult });
    answers.push(xml);
  }
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '40' });
  return answers;
}

const field = (record: Record_, name: string) => record.fields.find((each) => each.name === name);

test('what a model makes of a call is believed only with the words of the caller', async () => {
  const frontdesk = await startFrontdesk({ groq: true, env: signedIn });
  frontdesk.groq.record({
    summary: 'Ada has a bent wheel and wants a call back.',
    reason: { value: 'bent wheel', quote: 'my wheel is bent' },
    urgency: { value: 'high', quote: 'it is a matter of life and death' },
    fields: [
      { name: 'name', value: 'Ada', quote: 'this is Ada' },
      { name: 'callback number', value: '+1 202 555 0143', quote: 'call me on 202 555 0143' },
      { name: 'reason', value: 'a bent wheel', quote: 'My wheel is bent!' },
      { name: 'shoe size', value: '41', quote: 'this is Ada' },
    ],
  });
  await call(frontdesk, ['Hello, this is Ada, my wheel is bent', 'No, nothing else']);
  const record = await recordOf(frontdesk);
  expect(record.understanding).toMatchObject({ reason: 'bent wheel', urgency: null });
  expect(field(record, 'name')).toMatchObject({ state: 'said', value: 'Ada', quote: 'this is Ada', turn: 1 });
  expect(field(record, 'reason')).toMatchObject({ value: 'a bent wheel', turn: 1, source: 'summary' });
  expect(field(record, 'callback number')).toEqual({
    name: 'callback number',
    state: 'not asked',
    value: null,
    quote: null,
    turn: null,
    source: null,
  });
  expect(field(record, 'shoe size')).toBeUndefined();
});

test('words that were said, but do not hold the value, prove nothing', async () => {
  const fields = [
    { name: 'name', kind: 'text' },
    { name: 'phone', kind: 'phone' },
    { name: 'e-mail', kind: 'email' },
  ];
  const profile = profileSchema.parse({ businessName: 'Juniper Lane Opticians', fields });
  const frontdesk = await startFrontdesk({ groq: true, env: signedIn, overrides: { profile } });
  frontdesk.groq.record({
    summary: 'Ada called.',
    reason: { value: 'wants to buy a ship', quote: 'my' },
    urgency: null,
    fields: [
      { name: 'name', value: 'Robert', quote: 'hello' },
      { name: 'phone', value: '+1 202 555 0143', quote: 'five five five oh one four three' },
      { name: 'e-mail', value: 'mallory@example.com', quote: 'hello this is Ada' },
    ],
  });
  await call(frontdesk, ['hello this is Ada and my wheel is bent', 'five five five oh one four three']);
  const record = await recordOf(frontdesk);
  expect(record.understanding).toMatchObject({ summary: 'Ada called.', reason: null });
  expect(record.fields.map(({ state }) => state)).toEqual(['not asked', 'not asked', 'not asked']);
});

test('the model notes what is told, and is told what is still missing', async () => {
  const frontdesk = await startFrontdesk({ groq: true, env: signedIn });
  const noted = { name: 'note', args: { field: 'name', value: 'Ada Byron', quote: 'my name is Ada Byron' } };
  const invented = { name: 'note', args: { field: 'reason', value: 'wheels', quote: 'I sell wheels' } };
  frontdesk.groq.next({ words: 'Thank you, Ada. What is it about?', calls: [noted, invented] }, 'I see.');
  await call(frontdesk, ['Hi, my name is Ada Byron', 'Just looking around']);
  const [first, second] = frontdesk.groq.requests.map(({ body }) => String(body.messages[0]?.['content']));
  expect(first).toMatch(/Not told yet: name, callback number, reason\.$/);
  expect(second).toMatch(/Not told yet: callback number, reason\.$/);
  const record = await recordOf(frontdesk);
  expect(field(record, 'name')).toMatchObject({ value: 'Ada Byron', turn: 1, source: 'note' });
  expect(field(record, 'reason')?.state).toBe('not asked');
});

test('a number or an address that a model notes is read back, once, before anything ends', async () => {
  const fields = [
    { name: 'phone', kind: 'phone' },
    { name: 'e-mail', kind: 'email' },
  ];
  const profile = profileSchema.parse({ businessName: 'Juniper Lane Opticians', fields });
  const frontdesk = await startFrontdesk({ groq: true, env: signedIn, overrides: { profile } });
  const number = 'two oh two five double five oh one four three';
  const phone = { name: 'note', args: { field: 'phone', value: '+12025550143', quote: number } };
  const address = {
    name: 'note',
    args: { field: 'e-mail', value: 'ada@example.com', quote: 'ada at example dot com' },
  };
  const readBackItself = { words: 'So that is ada at example dot com?', calls: [address] };
  frontdesk.groq.next({ words: 'Thank you.', calls: [phone, { name: 'end_call', args: {} }] }, 'Good.', readBackItself);
  const answers = await call(frontdesk, [`call me at ${number}, bye`, 'yes', 'and write to ada at example dot com']);
  expect(saidIn(answers[1] ?? '')).toContain('Thank you. I have 2 0 2, 5 5 5, 0 1 4 3. Is that right?');
  expect(answers[1]).not.toContain('<Hangup');
  expect(saidIn(answers[3] ?? '')).not.toContain('I have');
  expect(field(await recordOf(frontdesk), 'phone')).toMatchObject({ value: '+12025550143', source: 'note' });
});

test('a model that only notes leaves no silence', async () => {
  const frontdesk = await startFrontdesk({ groq: true, env: signedIn });
  frontdesk.groq.next({
    words: [],
    calls: [{ name: 'note', args: { field: 'name', value: 'Ada', quote: 'I am Ada' } }],
  });
  const [, answer] = await call(frontdesk, ['Good morning, I am Ada']);
  expect(answer).toContain('Thank you. And may I ask for your callback number?');
});

test('without a model the record holds what the message holds, with its evidence', async () => {
  const frontdesk = await startFrontdesk({ env: signedIn });
  await call(frontdesk, [
    "I'd like to leave a message",
    'my wheel is bent',
    'My name is Ada',
    'no, another one',
    'two oh two five double five oh one four three',
    'yes',
  ]);
  const record = await recordOf(frontdesk);
  expect(record.understanding?.summary).toBeNull();
  expect(field(record, 'name')).toMatchObject({ value: 'Ada', turn: 3, quote: 'My name is Ada', source: 'message' });
  expect(field(record, 'reason')).toMatchObject({ turn: 2, quote: 'my wheel is bent' });
  expect(field(record, 'callback number')).toMatchObject({ value: '+12025550143', turn: 5 });
  expect(record.messages[0]?.evidence).toHaveLength(3);
});

test('what a caller would rather not say was asked all the same', async () => {
  const fields = ['name', 'reason', 'order number'].map((name) => ({ name, kind: 'text' }));
  const own = [...fields, { name: 'phone', kind: 'phone' }];
  const profile = profileSchema.parse({ businessName: 'Juniper Lane Opticians', fields: own });
  const frontdesk = await startFrontdesk({ env: signedIn, overrides: { profile } });
  const refusals = ["I'd rather not say", 'no', 'no number'];
  await call(frontdesk, ["I'd like to leave a message", 'my wheel is bent', ...refusals]);
  const { fields: told } = await recordOf(frontdesk);
  const states = Object.fromEntries(told.map(({ name, state }) => [name, state]));
  expect(states).toEqual({ name: 'not said', reason: 'said', 'order number': 'not asked', phone: 'not said' });
  const page = await fetch(`${frontdesk.url}/calls/${CALL}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(await page.text()).toContain('<em>not said</em>');
});

test('an address that was said is kept without a model too, unless the caller said that it is wrong', async () => {
  const fields = [{ name: 'e-mail', kind: 'email' }];
  const profile = profileSchema.parse({ businessName: 'Juniper Lane Opticians', fields });
  const frontdesk = await startFrontdesk({ env: signedIn, overrides: { profile } });
  await call(frontdesk, ['write to ada at example dot com please', 'eda at example dot com', 'no, that is wrong']);
  const told = field(await recordOf(frontdesk), 'e-mail');
  expect(told).toMatchObject({ value: 'ada@example.com', turn: 1, source: 'said' });
});

test('the fields may be called as owners call them', async () => {
  const fields = [
    { name: 'Your name', kind: 'text' },
    { name: 'Phone', kind: 'phone' },
    { name: 'Reason for your call', kind: 'text' },
  ];
  const profile = profileSchema.parse({ businessName: 'Juniper Lane Opticians', fields });
  const frontdesk = await startFrontdesk({ env: signedIn, overrides: { profile } });
  await call(frontdesk, ["I'd like to leave a message", 'my wheel is bent', 'My name is Ada', 'yes']);
  const record = await recordOf(frontdesk);
  expect(field(record, 'Your name')).toMatchObject({ value: 'Ada', quote: 'My name is Ada' });
  expect(field(record, 'Reason for your call')).toMatchObject({ quote: 'my wheel is bent' });
  expect(field(record, 'Phone')?.value).toBe('+12025550101');
});

test('of two messages of a call neither shows the evidence of the other', async () => {
  const frontdesk = await startFrontdesk({ env: signedIn });
  const second = 'I want to leave another message that my brakes squeak';
  await call(frontdesk, ["I'd like to leave a message", 'my wheel is bent', 'Ada', 'yes', second, 'yes']);
  const { messages } = await recordOf(frontdesk);
  const reasons = messages.map(({ evidence }) => evidence.find(({ name }) => name === 'reason')?.quote);
  expect(messages).toHaveLength(2);
  expect(reasons).toEqual([undefined, expect.stringContaining('my brakes squeak')]);
});

test('the number a call came from is its own evidence', async () => {
  const frontdesk = await startFrontdesk({ env: signedIn });
  await call(frontdesk, ["I'd like to leave a message", 'my wheel is bent', 'Ada', 'yes']);
  const told = field(await recordOf(frontdesk), 'callback number');
  expect(told).toMatchObject({ value: '+12025550101', source: 'caller id', quote: null });
});

test('a model that fails is asked again, and at last the record stands without it', async () => {
  let now = Date.UTC(2026, 10, 20, 9);
  const frontdesk = await startFrontdesk({ groq: true, env: signedIn, overrides: { clock: { now: () => now } } });
  const fault = { fault: { kind: 'status' as const, status: 500 } };
  frontdesk.groq.record(fault, fault, { summary: 'Somebody said hello.', reason: null, urgency: null, fields: [] });
  await call(frontdesk, ['Hello there']);
  while (!frontdesk.events.some(({ step }) => step === 'not understood'))
    await new Promise((resolve) => setTimeout(resolve, 20));
  now += 6_000;
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '40' });
  expect((await recordOf(frontdesk)).understanding?.summary).toBe('Somebody said hello.');
});

test('a test call is understood too, and costs nothing without a model', async () => {
  const frontdesk = await startFrontdesk({ signed: false, env: signedIn });
  const { callSid } = await simulate(frontdesk, ['When are you open?', 'Thanks, bye']);
  expect((await recordOf(frontdesk, callSid)).understanding).toMatchObject({ summary: null });
});
