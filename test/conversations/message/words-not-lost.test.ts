import { correctMessage, messageOf } from '../../../src/conversations/message/dialogue';
import { nameInAnswer } from '../../../src/conversations/message/spoken-name';
import { talk } from './talk';

const OWN = '+12025550101';

test.each([
  '202 555 0143 extension 12',
  '202-555-0143, ext. 12',
  'two oh two five five five oh one four three extension one two',
  '202 555 0143 and my extension is 12',
])('an extension is no digit of the number, and stands in the message: %s', (speech) => {
  for (const before of [[], ['no']]) {
    const { say, state } = talk(['a bent wheel', 'Ada', ...before, speech]);
    expect(say).toBe('2 0 2, 5 5 5, 0 1 4 3. Is that right?');
    expect(messageOf(state).reason).toBe('a bent wheel; extension 12');
  }
});

test('an extension may follow when the number is read back, or come with the name', () => {
  const late = talk(['a bent wheel', 'Ada', '202 555 0143', 'extension 12', 'yes']);
  expect(late.said[4]).toBe('Thank you. 2 0 2, 5 5 5, 0 1 4 3. Is that right?');
  expect(messageOf(late.state)).toEqual({ name: 'Ada', number: '+12025550143', reason: 'a bent wheel; extension 12' });
  const early = talk(['a bent wheel', 'Ada, 202 555 0143 extension 12', 'yes']);
  expect(messageOf(early.state)).toEqual(messageOf(late.state));
});

test('an extension is no reason to begin the number again', () => {
  const { say } = talk(['a bent wheel', 'Ada', 'no', '202 555', 'ext 5']);
  expect(say).toBe('Thank you. I have 2 0 2, 5 5 5. Please go on.');
  expect(talk(['a bent wheel', 'Ada', 'I am at extension 12']).say).toMatch(/^Thank you\. Shall we call you back/);
});

test('an extension said twice is written down once', () => {
  const again = '202 555 0144 extension 12';
  const { state } = talk(['a bent wheel', 'Ada', '202 555 0143 extension 12', again, 'yes']);
  expect(messageOf(state)).toMatchObject({ number: '+12025550144', reason: 'a bent wheel; extension 12' });
});

test.each([
  ["Kowalczyk, that's K O W A L C Z Y K", 'Kowalczyk'],
  ["Kovalchik, that's K-O-W-A-L-C-Z-Y-K", 'Kowalczyk'],
  ['Ada, L A N E', 'Ada Lane'],
  ['J as in John, O, E', 'Joe'],
  ['J for John, O, E as in Echo', 'Joe'],
  ['it is me, Bob from next door', 'Bob'],
  ["it's me Bob", 'Bob'],
  ['Ada Lane, A D A', 'Ada Lane'],
])('%j is the name of %s', (speech, name) => expect(nameInAnswer(speech)).toBe(name));

test('what a caller says with a name is kept beside it', () => {
  expect(messageOf(talk(['a bent wheel', 'it is me, Bob from next door', 'yes']).state)).toEqual({
    name: 'Bob',
    number: OWN,
    reason: 'a bent wheel; it is me, Bob from next door',
  });
});

test.each(['it is Bob, B for Boy O B', "Robb, that's B O B", 'Bop, that is B O B'])(
  'how a name is spelled is no part of the message: %s',
  (speech) => expect(messageOf(talk(['a bent wheel', speech]).state).reason).toBe('a bent wheel'),
);

test('a caller who wants no call, and says so instead of a name, is still asked for it', () => {
  const { said, outcome, state } = talk(['a bent wheel', "don't call me", 'Ada']);
  expect(said[2]).toBe('May I have your name, please?');
  expect(outcome).toBe('complete');
  expect(messageOf(state)).toEqual({ name: 'Ada', number: undefined, reason: "a bent wheel; don't call me" });
});

test.each([[[]], [['Ada']]])('who will call back themselves is promised no call: after %j', (before) => {
  const speech = "I'll call back later";
  const { outcome, goodbye, state } = talk(['a bent wheel', ...before, speech]);
  expect([outcome, goodbye]).toEqual(['complete', true]);
  expect(messageOf(state)).toMatchObject({ number: undefined, reason: `a bent wheel; ${speech}` });
  expect(talk([speech]).outcome).toBe('abandoned');
});

test('a name that is not understood stands in the message as it was heard', () => {
  const odd = 'the one with the red door who came by on Monday';
  const { state } = talk(['a bent wheel', odd, odd, odd, 'yes']);
  expect(messageOf(state)).toEqual({ name: undefined, number: OWN, reason: `a bent wheel; name heard as: ${odd}` });
});

const taken = () => talk(['a bent wheel', 'Ada', '202 555 0199', 'yes']).state;

test.each([
  'and tell them I need it by Friday',
  'actually the message should say my front tire',
  'also please let Mira know it is the blue one',
  'oh and I forgot to say it is the blue one',
  'can you add that it is the blue one',
  "oh and please don't call before noon",
])('what a caller adds to the message just taken joins it: %s', (speech) => {
  const step = correctMessage(taken(), { speech });
  expect(step?.outcome).toBe('complete');
  expect(step && messageOf(step.state)).toEqual({
    name: 'Ada',
    number: '+12025550199',
    reason: `a bent wheel; ${speech}`,
  });
});

test.each([
  'and can you tell me when you open',
  'also I would like to leave another message for Mira',
  'tell me about your prices',
  'can you email me your price list',
  'can you add me to your mailing list',
  'could you also tell us where you are',
])('another matter is no addition to it: %s', (speech) => {
  expect(correctMessage(taken(), { speech })).toBeUndefined();
});

test('who wants no call after all is taken at their word', () => {
  const step = correctMessage(taken(), { speech: 'actually no need to call me back' });
  expect(step?.outcome).toBe('complete');
  expect(step && messageOf(step.state)).toMatchObject({
    number: undefined,
    reason: 'a bent wheel; actually no need to call me back',
  });
});

test('a number added later is read back before it counts', () => {
  const step = correctMessage(taken(), { speech: 'and tell them my cell is 202 555 0177' });
  expect(step?.say).toBe('2 0 2, 5 5 5, 0 1 7 7. Is that right?');
});

describe('a number that a model heard', () => {
  const seeded = (number: string, turns: string[] = []) =>
    talk(turns, { seed: { name: 'Ada', reason: 'a bent wheel', number } });

  test('is read back without its extension, which stands in the message', () => {
    const { said, state } = seeded('+1 202 555 0188 ext 5', ['yes']);
    expect(said[0]).toMatch(/2 0 2, 5 5 5, 0 1 8 8\. Is that right\?$/);
    expect(messageOf(state)).toEqual({ name: 'Ada', number: '+12025550188', reason: 'a bent wheel; extension 5' });
  });

  test('does not take the place of what the message is about', () => {
    const { said, state } = talk(['a bent wheel', 'Ada', 'yes'], { seed: { number: '202-555-0188 x5' } });
    expect(said[0]).toMatch(/What is your message about\?$/);
    expect(messageOf(state)).toEqual({ name: 'Ada', number: '+12025550188', reason: 'extension 5; a bent wheel' });
  });

  test('is gone on with when it is only a part', () => {
    const { said, mode, state } = seeded('555 01', ['88', '202', 'yes']);
    expect(said[0]).toBe('I will gladly take a message. I have 5 5 5, 0 1. Please go on.');
    expect(said[1]).toBe('I have 5 5 5, 0 1 8 8. What is the area code?');
    expect(messageOf(state)).toMatchObject({ number: '+12025550188' });
    expect(mode).toBe('open');
  });

  test('is not lost when it is only a part and the caller leaves', () => {
    const { state } = seeded('555 01', ['bye']);
    expect(messageOf(state)).toMatchObject({
      number: undefined,
      reason: 'a bent wheel; number heard in part: 555 01',
    });
  });
});

test.each([
  'no need to call me back',
  "don't call me",
  'please email me at ada22 at example dot com',
  'just email me',
  'can you email me instead',
  "I don't have a phone",
])('a caller who wants no call need give no number: %s', (speech) => {
  for (const before of [[], ['no'], ['202 555 0143']]) {
    const { outcome, state } = talk(['a bent wheel', 'Ada', ...before, speech]);
    expect(outcome).toBe('complete');
    expect(messageOf(state)).toEqual({ name: 'Ada', number: undefined, reason: `a bent wheel; ${speech}` });
  }
});

test.each(["don't call me on this number", "no, don't call me at this one"])(
  'a caller who wants another number is asked for it: %s',
  (speech) => expect(talk(['a bent wheel', 'Ada', speech]).say).toMatch(/What number can we reach you on/),
);

test('"yes, but email me too" agrees to the call', () => {
  const speech = 'yes but please email me too';
  expect(messageOf(talk(['a bent wheel', 'Ada', speech]).state)).toEqual({
    name: 'Ada',
    number: OWN,
    reason: `a bent wheel; ${speech}`,
  });
});

test.each([
  'uh-huh',
  "yeah that's right",
  'mm-hmm',
  'yes you can',
  'yes please do call me back, thank you',
  'sounds good',
  'affirmative',
  'yep I think so',
])('an answer that is understood is no part of the message: %s', (answer) => {
  const { outcome, state } = talk(['a bent wheel', 'Ada', answer]);
  expect(outcome).toBe('complete');
  expect(messageOf(state).reason).toBe('a bent wheel');
});

test.each([
  'two oh two, double five five, oh one four three',
  'it is two zero two dash triple five dash oh one forty three',
  'area code two oh two then five fifty five zero one four three',
])('nor is a number said in words: %s', (speech) => {
  const { say, state } = talk(['a bent wheel', 'Ada', 'no', speech]);
  expect(say).toBe('2 0 2, 5 5 5, 0 1 4 3. Is that right?');
  expect(messageOf(state).reason).toBe('a bent wheel');
});
