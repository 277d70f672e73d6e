import { beginMessage, continueMessage, messageOf } from '../../../src/conversations/message/dialogue';
import { reasonBesideWish, wishWorthKeeping, wordsBeside } from '../../../src/conversations/message/reason';
import { nameInAnswer, nameInPassing } from '../../../src/conversations/message/spoken-name';
import { talk } from './talk';

test.each([
  "can you tell Ada I'm late",
  'can I leave a message for Mira that my wheel is ready',
  'could you have Ada call me about the invoice from last week, it is urgent',
  'I would also like to leave another message for Mira about my wheel',
  'Hi this is Peter, please call me back at 202 555 0143 about my broken spoke',
  "this is Dr. Maria Garcia-Lopez from the clinic, I'd like Ada to call me back, it's about the invoice",
])('a wish with a matter in it is kept word for word: %s', (speech) => expect(reasonBesideWish(speech)).toBe(speech));

test.each([
  'can I leave a message',
  "I'd like to leave a message for Mira please",
  'can I speak to a real person',
  "it's urgent",
  'could you have somebody call me back at 202 555 0143',
  'Hi, this is Peter, I want to talk to Ada',
])('a wish alone holds no matter: %s', (speech) => expect(reasonBesideWish(speech)).toBeUndefined());

test.each<[string, string | undefined]>([
  ["I'd like to leave a message for Mira please", "I'd like to leave a message for Mira please"],
  ["it's urgent", "it's urgent"],
  ['can I leave a message', undefined],
  ['a person please', undefined],
])('whom %j is for, or how soon, is not lost', (speech, kept) => expect(wishWorthKeeping(speech)).toBe(kept));

test('whom the message is for stands before what it is about', () => {
  const begun = beginMessage({ words: 'can I leave a message for Mira' }, { from: undefined, country: 'US' });
  expect(begun.say).toMatch(/What is your message about/);
  const { state } = continueMessage(begun.state, { speech: 'my wheel is ready' });
  expect(messageOf(state).reason).toBe('can I leave a message for Mira; my wheel is ready');
});

test.each([
  ['yes but only after five', 'yes but only after five'],
  ['yes but not before noon', 'yes but not before noon'],
])('%j agrees to the number, and the rest joins the message', (answer, words) => {
  const { outcome, state } = talk(['a bent wheel', 'Ada', answer]);
  expect(outcome).toBe('complete');
  expect(messageOf(state)).toEqual({ name: 'Ada', number: '+12025550101', reason: `a bent wheel; ${words}` });
});

test.each(['yes please', 'yeah that works', "yes that's right", 'sure go ahead', 'no problem'])(
  'nothing is added to the message by %j',
  (answer) => expect(messageOf(talk(['a bent wheel', 'Ada', answer]).state).reason).toBe('a bent wheel'),
);

test('what is said with a name joins the message', () => {
  const { state } = talk(['a bent wheel', "I'm Jonas and I was there last week"]);
  expect(messageOf(state)).toMatchObject({
    name: 'Jonas',
    reason: "a bent wheel; I'm Jonas and I was there last week",
  });
});

test.each([
  ['Dr. Maria Garcia-Lopez', 'Dr. Maria Garcia-Lopez'],
  ['my name is Mrs. Lane, thank you', 'Mrs. Lane'],
  ['this is Prof. Ada Lane from the college', 'Prof. Ada Lane'],
  ['Mr Jonas', 'Mr Jonas'],
  ['Will', 'Will'],
])('a title belongs to the name in %j', (speech, name) => expect(nameInAnswer(speech)).toBe(name));

test('a title in passing is no name yet', () => {
  expect(nameInPassing('this is Dr. Maria Garcia-Lopez from the clinic')).toBe('Dr. Maria Garcia-Lopez');
  expect(nameInPassing('this is Dr.')).toBeUndefined();
});

test.each([
  'am I talking to a machine',
  'are you a robot',
  'is this a recording',
  'do you need that',
  'who is asking',
  "you're not a human are you",
  'what for',
  'when do you open',
  'can I ask you something',
])('%j is nobody’s name', (speech) => expect(nameInAnswer(speech)).toBeUndefined());

test('"what?" hears the question again, and is no part of the message', () => {
  const { say, state } = talk(['a bent wheel', 'what?']);
  expect(say).toBe('May I have your name, please?');
  expect(state.reason).toBe('a bent wheel');
});

test('a caller without a telephone need not give a number', () => {
  const { outcome, state } = talk(['a bent wheel', 'Ada', "I don't have a phone", 'no']);
  expect(outcome).toBe('complete');
  expect(messageOf(state).number).toBeUndefined();
});

test.each([
  'no, another one',
  'no, another number please',
  "no, I'll give you a different one",
  'please use another phone',
])('to want another number is no part of the message: %s', (speech) => expect(wordsBeside(speech)).toBeUndefined());
