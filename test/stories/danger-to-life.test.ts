import { profileSchema } from '../../src/common/profile';
import { addressIn, saidIn, startFrontdesk, type Setup } from '../support/frontdesk';
import { keptMessages } from '../support/kept-messages';

const WARNING = 'please hang up and call 9 1 1 now';

type Act = string | Record<string, string>;

/** A call in which the caller says each of these, and what is said after each. */
async function call(acts: readonly Act[], setup: Setup = {}, facts: Record<string, string> = {}) {
  const frontdesk = await startFrontdesk(setup);
  let { xml } = await frontdesk.post('incoming', facts);
  const replies: string[] = [];
  for (const act of acts) {
    const fields = { ...facts, ...(typeof act === 'string' ? { SpeechResult: act } : act) };
    xml = (await frontdesk.post(addressIn(xml, 'process'), fields)).xml;
    replies.push(saidIn(xml));
  }
  return { frontdesk, replies };
}

const MESSAGE = "I'd like to leave a message";

test.each<[string, Act[], RegExp]>([
  ['at the reason', [MESSAGE, 'my husband is unconscious and not breathing'], /What is your message about\?/],
  ['at the name', [MESSAGE, 'my wheel is bent', 'oh god he is having a heart attack'], /May I have your name/],
  ['at the number', [MESSAGE, 'my wheel is bent', 'Ada', 'no', 'he can’t breathe'], /What number/],
])('a message in hand stays in hand, and its question is asked again: %s', async (_, acts, question) => {
  const { replies } = await call(acts);
  expect(replies.at(-1)).toContain(WARNING);
  expect(replies.at(-1)).toMatch(question);
});

test("at one of the owner's own questions it is asked again", async () => {
  const profile = profileSchema.parse({ businessName: 'Juniper Lane', messages: { ask: ['Which bike is it?'] } });
  const { frontdesk, replies } = await call([MESSAGE, 'my wheel is bent', 'Ada', 'yes', 'call an ambulance please'], {
    overrides: { profile },
  });
  expect(replies.at(-1)).toMatch(new RegExp(`${WARNING}.*Which bike is it`));
  const [message] = keptMessages(frontdesk.directory);
  expect([message?.reason, message?.answers]).toEqual(['my wheel is bent', undefined]);
});

test('who hangs up to make that call leaves their words', async () => {
  const { frontdesk } = await call([MESSAGE, 'my husband collapsed']);
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '20' });
  expect(keptMessages(frontdesk.directory)).toMatchObject([{ partial: true, reason: 'my husband collapsed' }]);
});

test('what only sounded like danger is part of the message that follows', async () => {
  const had = 'my wife had a heart attack last month';
  const { frontdesk } = await call([MESSAGE, had, 'please cancel her appointment', 'Ada', 'yes']);
  const [message] = keptMessages(frontdesk.directory);
  expect(message).toMatchObject({ partial: false, name: 'Ada', reason: `${had}; please cancel her appointment` });
});

test.each<[string, Act]>([
  ['a recogniser that is guessing', { SpeechResult: 'he is not breathing', Confidence: '0.2' }],
  ['a curly apostrophe', 'I can’t breathe'],
  ['two words', 'not breathing'],
])('it is heard through %s', async (_, act) => {
  expect((await call([act])).replies[0]).toMatch(new RegExp(`${WARNING}. If not, tell me how I can help you`));
});

test('another danger is answered once more, the same words and a third are not', async () => {
  const first = 'my husband is having a stroke';
  const { replies } = await call([first, first, 'he is not breathing', 'now the house is on fire']);
  expect(replies.map((reply) => reply.includes(WARNING))).toEqual([true, false, true, false]);
});

test('a figure of speech is answered as the question it is', async () => {
  const { replies } = await call(['my boss will kill me if I am late, when are you open']);
  expect(replies[0]).toMatch(/open/);
  expect(replies[0]).not.toContain(WARNING);
});

test('on a trial line too, before the message it hurries to, and in its last words', async () => {
  const acts = Array.from({ length: 9 }, (_, index) =>
    [6, 9].includes(index + 1) ? `he is not breathing, ${index}` : 'when are you open',
  );
  const { replies } = await call(acts, { signed: false }, { FrontdeskTrial: 'true' });
  expect(replies[5]).toContain(WARNING);
  expect(replies[8]).toMatch(new RegExp(`${WARNING}.*on trial`));
});
