import { profileSchema } from '../../src/common/profile';
import { hintsOf } from '../../src/conversations/hints';
import {
  newest,
  windowOf,
  withCaller,
  withMoreOfCaller,
  withReply,
  type History,
} from '../../src/conversations/history';

const SYSTEM = { role: 'system', content: 'You answer the telephone.' };
const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
const read = (history: History, limit = 10) => windowOf(history, SYSTEM.content, limit);

/** A conversation of so many questions and answers. */
function conversationOf(count: number): History {
  let history: History = [];
  for (let n = 1; n <= count; n += 1) history = withReply(withCaller(history, `question ${n}`), `answer ${n}`);
  return history;
}

test('the model gets the system prompt and who said what, in order', () => {
  expect(read([])).toEqual([SYSTEM]);
  const history = withCaller(withReply(withCaller([], 'Hi'), 'Hello!'), 'Are you open?');
  expect(read(history)).toEqual([SYSTEM, user('Hi'), assistant('Hello!'), user('Are you open?')]);
});

test('silence leaves no message', () => {
  expect(withReply(withCaller([], ''), '')).toEqual([]);
});

test('it gets the newest messages only, beginning with a caller’s', () => {
  const history = conversationOf(3);
  expect(read(history, 4).slice(1)).toEqual([
    user('question 2'),
    assistant('answer 2'),
    user('question 3'),
    assistant('answer 3'),
  ]);
  expect(read(history, 3).slice(1)).toEqual([user('question 3'), assistant('answer 3')]);
  expect(read(history, 1)).toEqual([SYSTEM]);
});

test('older messages than are kept are forgotten', () => {
  expect(newest(conversationOf(5), 3)).toEqual([assistant('answer 4'), user('question 5'), assistant('answer 5')]);
});

test('a caller who goes on before they heard anything has said one thing', () => {
  const one = withMoreOfCaller(withCaller([], 'Are you open'), 'on Sundays?');
  expect(one).toEqual([user('Are you open on Sundays?')]);
  expect(withMoreOfCaller(withReply(one, 'No.'), 'Really?').slice(1)).toEqual([assistant('No.'), user('Really?')]);
});

test('what the model was given does not change under its hands', () => {
  const history = withCaller([], 'Are you open');
  const given = read(history);
  withMoreOfCaller(history, 'on Sundays?');
  expect(given).toEqual([SYSTEM, user('Are you open')]);
});

test('the recogniser expects the business’s name and its words, each once and as Twilio takes them', () => {
  const hints = ['puncture', ' puncture ', 'Ana,\nthe  owner', '', ',', 'x'.repeat(100), 'x'.repeat(101)];
  const profile = profileSchema.parse({ businessName: 'Harbour, Bikes', hints: hints.filter((hint) => hint !== '') });
  expect(hintsOf(profile)).toEqual(['Harbour Bikes', 'puncture', 'Ana the owner', 'x'.repeat(100)]);
  expect(hintsOf(profile)).toBe(hintsOf(profile));
});

test('it expects five hundred at most, the business’s name among them', () => {
  const hints = Array.from({ length: 600 }, (_, n) => `part ${n}`);
  const expected = hintsOf(profileSchema.parse({ businessName: 'Harbour Bikes', hints }));
  expect([expected.length, expected[0], expected.at(-1)]).toEqual([500, 'Harbour Bikes', 'part 498']);
});
