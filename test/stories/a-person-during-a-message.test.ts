import { profileSchema } from '../../src/common/profile';
import { addressIn, saidIn, startFrontdesk, type Running } from '../support/frontdesk';
import { keptMessages } from '../support/kept-messages';

const PERSON = '+12025550177';
const MESSAGE = { SpeechResult: "I'd like to leave a message" };
const REASON = { SpeechResult: 'my wheel is bent' };
const say = (SpeechResult: string) => ({ SpeechResult });

const profile = (transfer?: object) =>
  profileSchema.parse({ businessName: 'Juniper Lane Opticians', ...(transfer ? { transfer } : {}) });

/** A call up to the last of these. */
async function call(acts: readonly Record<string, string>[], transfer?: object) {
  const frontdesk = await startFrontdesk({ overrides: { profile: profile(transfer) } });
  let { xml } = await frontdesk.post('incoming');
  const replies: string[] = [];
  for (const act of acts) replies.push(saidIn((xml = (await frontdesk.post(addressIn(xml, 'process'), act)).xml)));
  return { frontdesk, xml, replies };
}

const address = (xml: string, route: string) =>
  new RegExp(`[^"<>]*/api/voice/${route}\\?[^"<>]*`).exec(xml)?.[0].replaceAll('&amp;', '&') ?? '';
const ended = (frontdesk: Running, dial: string, status: string) =>
  frontdesk.post(address(dial, 'transferred'), { DialCallStatus: status });
const messages = ({ directory }: Running) => keptMessages(directory);

test.each([
  ['words', say('let me speak to a person')],
  ['the key 0', { Digits: '0' }],
])('%s put the call through; when nobody takes it, the message goes on where it was', async (_, wish) => {
  const { frontdesk, xml } = await call([MESSAGE, REASON, wish], { number: PERSON });
  expect(xml).toContain('<Dial');
  const screen = await frontdesk.post(address(xml, 'screen'), { From: PERSON }, `CA${'c'.repeat(32)}`);
  expect(screen.xml).toContain('They said: my wheel is bent.');
  const back = await ended(frontdesk, xml, 'no-answer');
  expect(saidIn(back.xml)).toMatch(/nobody could take your call just now\..*May I have your name/);
  const named = await frontdesk.post(addressIn(back.xml, 'process'), say('Ada'));
  await frontdesk.post(addressIn(named.xml, 'process'), say('yes'));
  expect(messages(frontdesk)).toMatchObject([{ name: 'Ada', reason: 'my wheel is bent', partial: false }]);
});

test('who was put through from a message leaves none; who hangs up while it rings leaves a part', async () => {
  const accepted = await call([MESSAGE, REASON, { Digits: '0' }], { number: PERSON });
  const screen = await accepted.frontdesk.post(address(accepted.xml, 'screen'), {}, `CA${'c'.repeat(32)}`);
  await accepted.frontdesk.post(address(screen.xml, 'screened'), { Digits: '1' }, `CA${'c'.repeat(32)}`);
  await ended(accepted.frontdesk, accepted.xml, 'completed');
  await accepted.frontdesk.post('status', { CallStatus: 'completed', CallDuration: '60' });
  expect(messages(accepted.frontdesk)).toEqual([]);
  const ringing = await call([MESSAGE, REASON, { Digits: '0' }], { number: PERSON });
  await ringing.frontdesk.post('status', { CallStatus: 'completed', CallDuration: '20' });
  expect(messages(ringing.frontdesk)).toMatchObject([{ reason: 'my wheel is bent', partial: true }]);
});

test('when nobody can be rung that is said once, and the wish is no part of the message', async () => {
  const wish = say('let me speak to a person');
  const { frontdesk, replies } = await call([MESSAGE, wish, { Digits: '0' }, REASON, wish, say('Ada'), say('yes')]);
  const told = replies.map((reply) => reply.includes("I can't put you through"));
  expect(told).toEqual([false, true, false, false, false, false, false]);
  expect(replies[1]).toContain('What is your message about?');
  expect(replies[2]).toBe('What is your message about?');
  expect(replies[4]).toContain('May I have your name');
  expect(messages(frontdesk)).toMatchObject([{ name: 'Ada', reason: 'my wheel is bent' }]);
});

test('who was told when the message began is not told again', async () => {
  const { replies } = await call([say('a person please'), say('a person please')]);
  expect(replies.map((reply) => reply.includes("I can't put you through"))).toEqual([true, false]);
});

test('a 0 that is dictated is a digit of the number', async () => {
  const acts = [MESSAGE, REASON, say('Ada'), say('no'), { Digits: '202555010' }, { Digits: '0' }];
  const { xml, replies } = await call(acts, { number: PERSON });
  expect(xml).not.toContain('<Dial');
  expect(replies.at(-1)).toContain('2 0 2, 5 5 5, 0 1 0 0. Is that right?');
});
