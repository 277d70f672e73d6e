import { continueMessage, correctMessage, messageOf, worthKeeping } from '../../../src/conversations/message/dialogue';
import { talk } from './talk';

const OWN = '+12025550101';

test.each([
  { turns: ['a bent wheel', 'okay bye'] },
  { turns: ['a bent wheel, bye'] },
  { turns: ['a bent wheel', 'Ada', 'have a nice day, goodbye'] },
  { turns: ['a bent wheel', 'Ada', 'yes, bye'] },
])('a caller who leaves has left their message: $turns', ({ turns }) => {
  const { outcome, goodbye, state } = talk(turns);
  expect([outcome, goodbye]).toEqual(['complete', true]);
  expect(messageOf(state).reason).toMatch(/^a bent wheel/);
});

test('"no, bye" refuses the number, and is a goodbye all the same', () => {
  const { outcome, goodbye, state } = talk(['a bent wheel', 'Ada', 'no, bye']);
  expect([outcome, goodbye]).toEqual(['complete', true]);
  expect(messageOf(state).number).toBeUndefined();
});

test('a caller who leaves at once leaves no message', () => {
  expect(talk(['bye'])).toMatchObject({ outcome: 'abandoned', goodbye: true });
});

test('"that\'s it" after digits, or to a number read back, is no goodbye', () => {
  expect(talk(['a bent wheel', 'Ada', 'no', '202 555', "that's it"]).outcome).toBeUndefined();
  const agreed = talk(['a bent wheel', 'Ada', '202 555 0199', "yes that's it"]);
  expect([agreed.outcome, agreed.goodbye]).toEqual(['complete', undefined]);
});

const taken = () => talk(['a bent wheel', 'Ada', 'yes']).state;
const correcting = (...turns: string[]) => {
  const [first = '', ...rest] = turns;
  const begun = correctMessage(taken(), { speech: first });
  if (!begun) throw new Error(`"${first}" is no correction`);
  return rest.reduce((step, speech) => continueMessage(step.state, { speech }), begun);
};

test.each([
  ['never mind', undefined],
  ['okay bye', true],
])('a correction given up by %j leaves the message as it was', (words, goodbye) => {
  const step = correcting('actually that is the wrong number', words);
  expect([step.outcome, step.goodbye]).toEqual(['unchanged', goodbye]);
  expect(step.say).toMatch(/stays as it is/);
  expect(messageOf(step.state)).toEqual({ name: 'Ada', number: OWN, reason: 'a bent wheel' });
  expect(worthKeeping(step.state)).toBe(false);
});

test('a new number that nobody agreed to is told, but does not replace the one that was saved', () => {
  const step = correcting('change my number to 202 555 0177', 'bye');
  expect(step.outcome).toBe('unchanged');
  expect(worthKeeping(step.state)).toBe(true);
  expect(messageOf(step.state)).toEqual({
    name: 'Ada',
    number: OWN,
    reason: 'a bent wheel; new number, not confirmed: 202 555 0177',
  });
});

test.each(['the number should end in 77', 'sorry, the last two digits are 77', 'actually it ends in 77'])(
  'two digits correct the end of the number: %s',
  (speech) => expect(correcting(speech).say).toBe('2 0 2, 5 5 5, 0 1 7 7. Is that right?'),
);

test('a second message is no correction of the first', () => {
  expect(correctMessage(taken(), { speech: 'I want to leave another message, my name is Mira' })).toBeUndefined();
});

test('a question that can be answered is answered, and the open question asked again', () => {
  const { state } = talk(['a bent wheel']);
  const answerTo = (question: string) => (question === 'how much is a tune up?' ? 'It is 75 dollars.' : undefined);
  const answered = continueMessage(state, { speech: 'how much is a tune up?' }, answerTo);
  expect(answered.say).toBe('It is 75 dollars. May I have your name, please?');
  expect(answered.state.reason).toBe('a bent wheel');
  const passedOn = continueMessage(state, { speech: 'do you fix cars?' }, answerTo);
  expect(passedOn.say).toMatch(/pass that question on/);
  expect(passedOn.state.reason).toBe('a bent wheel; do you fix cars?');
});
