import { profileSchema } from '../../../src/common/profile';
import { createAnswerer } from '../../../src/reply/answerer/answerer';
import { loadProfile } from '../../../src/settings/profile-file';
import { replyTo } from './ask';
import { bakery } from './profiles';

const answerer = createAnswerer({ clock: { now: () => Date.parse('2026-11-18T15:15:00Z') } });
const workshop = loadProfile(undefined);
const ask = (said: string | string[], profile = workshop) => replyTo(answerer, profile, said);
const UNKNOWN = "I'm sorry, I don't know that. Shall I take a message, so that somebody can call you back?";
const VAGUE = 'What would you like to know about that? I can also take a message.';

test.each([
  ['do you rent electric bikes', 'can I buy an electric bike'],
  ['do you fix cars', 'do you rent cars'],
  ['do you rent red cargo trailers for weddings', 'do you sell red cargo trailers for weddings'],
  ['do you paint bike frames', 'do you weld bike frames'],
])('after "%s", "%s" is a new question', async (first, second) => {
  const { words, decisions } = await ask([first, UNKNOWN, second]);
  expect([decisions, /really/.test(words)]).toEqual([[], false]);
});

test.each([
  ['do you paint bike frames', 'I said do you paint bike frames'],
  ['do you fix cars', 'can you repair my car'],
])('after "%s", "%s" is the same again, and the message begins after a word of regret', async (first, second) => {
  const { words, decisions } = await ask([first, UNKNOWN, second]);
  expect(words).toBe("I'm sorry, I really don't know that, but somebody here will.");
  expect(decisions).toEqual([{ kind: 'takeMessage', reason: second }]);
});

test.each([
  ['is my bike ready', workshop],
  ['is my bike ready yet', workshop],
  ['can you check if my bike is ready', workshop],
  ['hi I was wondering whether my bike is done', workshop],
  ["what's the status of my repair", workshop],
  ['have you finished my bike', workshop],
  ['I dropped off my bike on Tuesday is it ready', workshop],
  ['will my bike be ready by Friday', workshop],
  ['how is my bike coming along', workshop],
  ['are they done', workshop],
  ['is my birthday cake ready', bakery],
])('"%s" is nothing the receptionist can know, and it says so', async (said, profile) => {
  expect(await ask(said, profile)).toEqual({ words: UNKNOWN, decisions: [] });
});

test('a business that has an answer to "is my order ready" gives it', async () => {
  const tailor = profileSchema.parse({
    businessName: 'Needle and Thread',
    facts: ['We alter suits.'],
    questions: [{ question: 'Is my suit ready?', answer: 'We send you a text message when it is ready.' }],
  });
  expect((await ask('is my suit ready yet', tailor)).words).toBe('We send you a text message when it is ready.');
});

test('whether a thing can be repaired is still answered', async () => {
  expect((await ask('can you tell me if my bike can be fixed')).words).toMatch(/all brands/);
});

test('how long a repair takes is still answered', async () => {
  expect((await ask('when will my bike be ready')).words).toMatch(/two to three working days/);
});

test('"yes" to "I can also take a message" begins one, "no" does not', async () => {
  expect((await ask(['bikes', VAGUE, 'yes'])).decisions).toEqual([{ kind: 'takeMessage', reason: 'bikes' }]);
  expect(await ask(['bikes', VAGUE, 'no'])).toEqual({
    words: 'Alright. Is there anything else I can help you with?',
    decisions: [],
  });
});

test.each([
  [['are you open today', 'Yes, today we are open.', 'till when'], /^Today.*6 PM\.$/],
  [['are you open on Saturday', 'On Saturday we are open from 10 AM.', 'and until when'], /^On Saturday.*4 PM\.$/],
  [['what are your hours', 'We are open Tuesday to Friday from 9 AM.', 'until what time'], /^Today.*6 PM\.$/],
])('who asks, hears and asks %j wants the closing time', async (said, closing) => {
  expect((await ask(said)).words).toMatch(closing);
});
