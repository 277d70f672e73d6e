import { profileSchema } from '../../src/common/profile';
import { addressIn, BUSINESS, saidIn, startFrontdesk, type Running, type Setup } from '../support/frontdesk';

const PERSON = '+12025550177';
const CHILD = `CA${'c'.repeat(32)}`;

const profile = (transfer: object = {}, more: object = {}) =>
  profileSchema.parse({
    businessName: 'Juniper Lane Opticians',
    transfer: { number: PERSON, keywords: ['broken glasses'], ...transfer },
    ...more,
  });

/** A call up to the caller's words. */
async function call(words: Record<string, string>, setup: Setup = {}) {
  const frontdesk = await startFrontdesk({ overrides: { profile: profile() }, ...setup });
  const greeting = await frontdesk.post('incoming');
  const answer = await frontdesk.post(addressIn(greeting.xml, 'process'), words);
  return { frontdesk, answer };
}

const address = (xml: string, route: string) =>
  new RegExp(`[^"<>]*/api/voice/${route}\\?[^"<>]*`).exec(xml)?.[0].replaceAll('&amp;', '&') ?? '';

/** The person's telephone is picked up and something is pressed, or nothing. */
async function pickedUp(frontdesk: Running, dial: string, digits?: string) {
  const screen = await frontdesk.post(address(dial, 'screen'), { From: BUSINESS, To: PERSON }, CHILD);
  if (digits === undefined) return { screen, taken: '' };
  const taken = await frontdesk.post(address(screen.xml, 'screened'), { Digits: digits }, CHILD);
  return { screen, taken: taken.xml };
}
const ended = (frontdesk: Running, dial: string, status: string) =>
  frontdesk.post(address(dial, 'transferred'), { DialCallStatus: status, DialCallDuration: '70' });
const record = async ({ url }: Running) => {
  const headers = { authorization: 'Bearer an-admin-token-of-tests' };
  const answer = await fetch(`${url}/api/calls/CA${'1'.repeat(32)}`, { headers });
  return (await answer.json()) as Record<string, unknown>;
};
const withToken = { env: { ADMIN_TOKEN: 'an-admin-token-of-tests' } };

test('who asks for a person is put through: our own number is shown, ringing is heard, 1 takes the call', async () => {
  const { frontdesk, answer } = await call({ SpeechResult: 'Can I speak to a person?' }, withToken);
  expect(answer.xml).toContain(`<Dial action="`);
  expect(answer.xml).toMatch(new RegExp(`answerOnBridge="true" callerId="\\${BUSINESS}" timeout="20"`));
  expect(answer.xml).toContain(`>${PERSON}</Number></Dial>`);
  const { screen, taken } = await pickedUp(frontdesk, answer.xml, '1');
  expect(screen.xml).toContain('A call for Juniper Lane Opticians, from 202 555 0101. Press 1 to take it.');
  expect(taken).not.toContain('Hangup');
  expect((await ended(frontdesk, answer.xml, 'completed')).xml).toContain('<Hangup/>');
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '90' });
  const leg = { what: 'Twilio, put through to a person', amount: 2, unit: 'minute', cost: 0.028 };
  expect(await record(frontdesk)).toMatchObject({
    ...{ outcome: 'transferred', transfer: 'accepted', transfer_seconds: 70 },
    cost: { missing: [], lines: expect.arrayContaining([expect.objectContaining(leg)]) as unknown },
  });
});

test.each([
  ['a mailbox that picks up', 'completed', undefined],
  ['a person who refuses', 'completed', '2'],
  ['busy', 'busy', 'nobody'],
  ['no answer', 'no-answer', 'nobody'],
  ['failed', 'failed', 'nobody'],
])('%s: back to the receptionist, who takes a message and does not try again', async (_, status, digits) => {
  const { frontdesk, answer } = await call({ SpeechResult: 'Can I speak to a person?' }, withToken);
  if (digits !== 'nobody') {
    const { screen, taken } = await pickedUp(frontdesk, answer.xml, digits);
    expect(`${screen.xml} ${taken}`).toContain('<Hangup/>');
  }
  const back = await ended(frontdesk, answer.xml, status);
  expect(saidIn(back.xml)).toMatch(/nobody could take your call just now.*message/);
  const again = await frontdesk.post(addressIn(back.xml, 'process'), { SpeechResult: 'I want a person' });
  expect(again.xml).not.toContain('<Dial');
  const { transfer, outcome } = await record(frontdesk);
  expect([transfer, outcome]).toEqual([status, null]);
});

test('0 pressed during a reply, a word of the owner, and the model lead to a person', async () => {
  expect((await call({ Digits: '0' })).answer.xml).toContain('<Dial');
  const word = await call({ SpeechResult: 'Hello, I have broken glasses and an exam tomorrow.' });
  expect(word.answer.xml).toContain('<Dial');
  const { screen } = await pickedUp(word.frontdesk, word.answer.xml);
  expect(screen.xml).toContain('They said: Hello, I have broken glasses and an exam tomorrow..');
  const frontdesk = await startFrontdesk({ groq: true, overrides: { profile: profile() } });
  frontdesk.groq.reply({ calls: [{ name: 'transfer', args: { reason: 'a lens fell out' } }] });
  const greeting = await frontdesk.post('incoming');
  const answer = await frontdesk.post(addressIn(greeting.xml, 'process'), { SpeechResult: 'My lens fell out' });
  expect(answer.xml).toContain('I will put you through');
  expect(answer.xml).toContain('<Dial');
});

test.each<[string, Setup, Record<string, string>]>([
  ['out of hours', { overrides: { profile: profile({}, { hours: {} }) } }, {}],
  ['a withheld own number', {}, { To: 'anonymous' }],
  ['the person themselves', {}, { From: PERSON }],
  ['no person', { overrides: { profile: profileSchema.parse({ businessName: 'Juniper Lane' }) } }, {}],
])('nobody is rung: %s', async (_, setup, facts) => {
  const frontdesk = await startFrontdesk({ overrides: { profile: profile() }, ...setup });
  const greeting = await frontdesk.post('incoming', facts);
  const answer = await frontdesk.post(addressIn(greeting.xml, 'process'), {
    SpeechResult: 'a person please',
    ...facts,
  });
  expect(answer.xml).not.toContain('<Dial');
  expect(saidIn(answer.xml)).toMatch(/message/);
});

test('outside opening hours the person is rung where the owner says so; a withheld caller is announced as that', async () => {
  const always = profile({ outsideHours: true }, { hours: {} });
  const frontdesk = await startFrontdesk({ overrides: { profile: always } });
  const facts = { From: 'anonymous' };
  const greeting = await frontdesk.post('incoming', facts);
  const answer = await frontdesk.post(addressIn(greeting.xml, 'process'), {
    SpeechResult: 'a person please',
    ...facts,
  });
  expect(answer.xml).toContain('<Dial');
  expect((await pickedUp(frontdesk, answer.xml)).screen.xml).toContain('from a withheld number');
});

test('our own call coming back is met with the busy tone', async () => {
  const frontdesk = await startFrontdesk({ overrides: { profile: profile() } });
  const back = await frontdesk.post('incoming', { From: BUSINESS }, CHILD);
  const forwarded = await frontdesk.post('incoming', { ForwardedFrom: PERSON }, CHILD.replace('c', 'd'));
  for (const { xml } of [back, forwarded]) expect(xml).toContain('<Reject reason="busy"/>');
});

test('a screen without a call hangs up, and a key pressed too late takes nothing', async () => {
  const { frontdesk, answer } = await call({ SpeechResult: 'a person please' });
  await ended(frontdesk, answer.xml, 'no-answer');
  const { screen } = await pickedUp(frontdesk, answer.xml);
  expect(screen.xml).not.toContain('Gather');
  const late = await frontdesk.post('/api/voice/screened?call_sid=CAnobody', { Digits: '1' }, CHILD);
  expect(late.xml).toContain('<Hangup/>');
});

test('a call that is being put through goes on over a restart of ours', async () => {
  const { frontdesk, answer } = await call({ SpeechResult: 'a person please' });
  await pickedUp(frontdesk, answer.xml, '1');
  frontdesk.app.stopSoon();
  expect((await ended(frontdesk, answer.xml, 'completed')).xml).toContain('<Hangup/>');
});

test('on danger to life the emergency number comes first, once', async () => {
  const { frontdesk, answer } = await call({ SpeechResult: 'my husband is having a stroke, get me a person' });
  expect(saidIn(answer.xml)).toContain('call 9 1 1 now');
  const next = await frontdesk.post(addressIn(answer.xml, 'process'), { SpeechResult: 'speak to a person' });
  expect(next.xml).toContain('<Dial');
});

test.each([
  ['+19005550123', 'a premium number'],
  ['+1202', 'too short'],
])('%s is refused as the person to ring: %s', async (number) => {
  const frontdesk = await startFrontdesk({ signed: false });
  const answer = await fetch(`${frontdesk.url}/api/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ businessName: 'Juniper Lane', transfer: { number } }),
  });
  expect([answer.status, await answer.json()]).toMatchObject([400, { field: 'transfer.number' }]);
});

test.each(['before', 'together'])(
  'Twilio tells of the end %s the transfer: it stays accepted, and nothing opens again',
  async (when) => {
    const { frontdesk, answer } = await call({ SpeechResult: 'Can I speak to a person?' }, withToken);
    await pickedUp(frontdesk, answer.xml, '1');
    const over = () => frontdesk.post('status', { CallStatus: 'completed', CallDuration: '90' });
    const last = () => ended(frontdesk, answer.xml, 'completed');
    const [, after] = when === 'before' ? [await over(), await last()] : await Promise.all([over(), last()]);
    expect(after.xml).toContain('<Hangup/>');
    expect(await record(frontdesk)).toMatchObject({ outcome: 'transferred', transfer: 'accepted' });
    const late = await frontdesk.post('process', { SpeechResult: 'hello?' });
    expect(late.xml).toContain('<Hangup/>');
    expect((await (await fetch(`${frontdesk.url}/health`)).json()) as object).toMatchObject({ active_calls: 0 });
  },
);

test.each(['broken glasses \u0007 now', `broken glasses ${'x'.repeat(184)}\u{1F600}\u{1F600}`])(
  'a person hears the screen whatever the caller said: %j',
  async (words) => {
    const { frontdesk, answer } = await call({ SpeechResult: words });
    const { screen } = await pickedUp(frontdesk, answer.xml);
    expect([screen.status, screen.xml.includes('Press 1 to take it.')]).toEqual([200, true]);
  },
);
