import { profileSchema } from '../../src/common/profile';
import { hintsOf } from '../../src/conversations/hints';
import { createHistory } from '../../src/conversations/history';

const SYSTEM = { role: 'system', content: 'You answer the telephone.' };
const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
const newHistory = (keep = 100) => createHistory(() => SYSTEM.content, keep);

test('the model gets the system prompt and who said what, in order', () => {
  const history = newHistory();
  expect(history.window(10)).toEqual([SYSTEM]);
  history.heardFrom('Hi');
  history.said('Hello!');
  history.heardFrom('Are you open?');
  expect(history.window(10)).toEqual([SYSTEM, user('Hi'), assistant('Hello!'), user('Are you open?')]);
});

test('silence leaves no message', () => {
  const history = newHistory();
  history.heardFrom('');
  history.said('');
  expect(history.window(10)).toEqual([SYSTEM]);
});

test('it gets the newest messages only, beginning with a caller’s', () => {
  const history = newHistory();
  for (const n of [1, 2, 3]) {
    history.heardFrom(`question ${n}`);
    history.said(`answer ${n}`);
  }
  expect(history.window(4).slice(1)).toEqual([
    user('question 2'),
    assistant('answer 2'),
    user('question 3'),
    assistant('answer 3'),
  ]);
  expect(history.window(3).slice(1)).toEqual([user('question 3'), assistant('answer 3')]);
  expect(history.window(1)).toEqual([SYSTEM]);
});

test('older messages than it keeps are forgotten', () => {
  const history = newHistory(3);
  for (const n of [1, 2, 3, 4, 5]) history.heardFrom(`question ${n}`);
  expect(history.window(50)).toEqual([SYSTEM, user('question 3'), user('question 4'), user('question 5')]);
});

test('a caller who goes on before they heard anything has said one thing', () => {
  const history = newHistory();
  history.heardFrom('Are you open');
  history.continueCaller('on Sundays?');
  expect(history.window(10)).toEqual([SYSTEM, user('Are you open on Sundays?')]);
  history.said('No.');
  history.continueCaller('Really?');
  expect(history.window(10).slice(2)).toEqual([assistant('No.'), user('Really?')]);
});

test('what the model was given does not change under its hands', () => {
  const history = newHistory();
  history.heardFrom('Are you open');
  const given = history.window(10);
  history.continueCaller('on Sundays?');
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
