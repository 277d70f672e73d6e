import {
  beginMessage,
  confirmation,
  continueMessage,
  correctMessage,
  messageOf,
  worthKeeping,
} from '../../../src/conversations/message/dialogue';
import { talk } from './talk';

const OWN = '+12025550101';
const withheld = { from: 'anonymous' };

test('a caller leaves a message with three short answers', () => {
  const { said, outcome, state } = talk(['my bike makes a noise', "it's Ada", 'yes']);
  expect(said[0]).toBe('I will gladly take a message. What is your message about?');
  expect(said[1]).toBe('Thank you. May I have your name, please?');
  expect(said[2]).toBe('Thank you, Ada. Shall we call you back on the number ending in 1 0 1?');
  expect(outcome).toBe('complete');
  expect(messageOf(state)).toEqual({ name: 'Ada', number: OWN, reason: 'my bike makes a noise' });
  expect(confirmation(messageOf(state), 'US')).toBe(
    'Thank you, Ada. Your message is noted, and somebody will call you back on 2 0 2, 5 5 5, 0 1 0 1.',
  );
});

test('what is already known is not asked again, but a number is read back', () => {
  const first = talk([], { seed: { reason: 'a bent wheel', name: 'Ada', number: '202 555 0188' } });
  expect(first.said).toEqual(['I will gladly take a message. 2 0 2, 5 5 5, 0 1 8 8. Is that right?']);
  expect(first.mode).toBe('yesNo');
});

test('a name or number that a model made up is asked for', () => {
  const { said } = talk([], { seed: { reason: 'a bent wheel', name: 'unknown', number: 'not provided' } });
  expect(said[0]).toMatch(/May I have your name/);
});

test.each([
  ['Ada', 'Ada'],
  ['my name is Ada', 'Ada'],
  ['uh this is Ada calling', 'Ada'],
  ["it's Ada.", 'Ada'],
  ['A D A', 'Ada'],
  ['yes, Ada Lane, A D A', 'Ada Lane'],
  ["I'm Jonas and I was there last week", 'Jonas'],
])('the answer %j gives the name %s', (answer, name) => {
  expect(talk(['a bent wheel', answer]).state.name).toBe(name);
});

test('a caller who will not give a name is not pressed', () => {
  expect(talk(['a bent wheel', "I'd rather not say"]).said[2]).toMatch(/That is alright\. Shall we call you back/);
});

test('a number given with the name is kept and read back', () => {
  const { said } = talk(['a bent wheel', 'Jonas, my number is 202 555 0155'], withheld);
  expect(said[2]).toBe('Thank you, Jonas. 2 0 2, 5 5 5, 0 1 5 5. Is that right?');
});

test.each(['anonymous', '+266696687', '', undefined])('with the caller ID %j no number is offered', (from) => {
  const first = beginMessage({ reason: 'a bent wheel', name: 'Ada' }, { from, country: 'US' });
  expect(first.say).toMatch(/What number can we reach you on/);
  expect(first.mode).toBe('dictating');
});

test('a number dictated in parts is continued, not answered', () => {
  const { said, mode } = talk(['a bent wheel', 'Ada', 'no', '2 0 2 555', 'oh one double nine']);
  expect(said[4]).toBe('I have 2 0 2, 5 5 5. Please go on.');
  expect(said[5]).toBe('2 0 2, 5 5 5, 0 1 9 9. Is that right?');
  expect(mode).toBe('yesNo');
});

test('a number can be typed, in parts and with the key that ends it', () => {
  const { outcome, state } = talk([
    'a bent wheel',
    'Ada',
    { digits: '2' },
    { digits: '202555' },
    { digits: '0199', finishedOnKey: true },
    { digits: '1' },
  ]);
  expect(outcome).toBe('complete');
  expect(state.number).toBe('+12025550199');
});

test('a number too long is asked for again from the beginning', () => {
  const { said, state } = talk(['a bent wheel', 'Ada', 'no', '2 0 2 5 5 5 0 1 9 9 9 9']);
  expect(said[4]).toMatch(/too long.*Let us begin again/);
  expect(state.digits).toBe('');
});

test.each([
  ["no, it's 202 555 0188", '+12025550188'],
  ['no it ends in 0188', '+12025550188'],
  ['the last four digits are 0188', '+12025550188'],
  ['no the area code is 303', '+13035550199'],
])('%j corrects a number read back, which is read back again', (correction, number) => {
  const { state, mode } = talk(['a bent wheel', 'Ada', '202 555 0199', correction]);
  expect(state.number).toBe(number);
  expect(mode).toBe('yesNo');
});

test('"no" to a number read back asks for it again', () => {
  expect(talk(['a bent wheel', 'Ada', '202 555 0199', 'no']).mode).toBe('dictating');
});

test('"the number I am calling from" is understood where a number is asked for', () => {
  const { outcome, state } = talk(['a bent wheel', 'Ada', 'no', "actually the number I'm calling from"]);
  expect(outcome).toBe('complete');
  expect(state.number).toBe(OWN);
});

test('silence is asked after twice, and then what is there is kept', () => {
  const { said, outcome, state } = talk(['a bent wheel', null, null, null]);
  expect(said.slice(2, 4)).toEqual([expect.stringMatching(/still there/), expect.stringMatching(/Take your time/)]);
  expect(outcome).toBe('complete');
  expect(messageOf(state)).toEqual({ name: undefined, number: OWN, reason: 'a bent wheel' });
});

test('silence from the beginning leaves no message', () => {
  const { outcome, say, state } = talk([null, null, null]);
  expect(outcome).toBe('abandoned');
  expect(say).not.toBe('');
  expect(worthKeeping(state)).toBe(false);
});

test.each(['cancel that', 'never mind', 'oh forget it', "no I don't want to leave a message"])(
  '"%s" takes no message and says so',
  (words) => {
    const { outcome, say } = talk(['a bent wheel', words]);
    expect(outcome).toBe('abandoned');
    expect(say).toMatch(/won't take a message/);
  },
);

test('a wish to cancel something else is what the message is about', () => {
  expect(talk(['I want to cancel my appointment']).state.reason).toBe('I want to cancel my appointment');
});

test('a question in the middle is passed on, and the dialogue goes on', () => {
  const { said, state } = talk(['a bent wheel', 'wait, when are you open?']);
  expect(said[2]).toBe('I will pass that question on. May I have your name, please?');
  expect(state.reason).toBe('a bent wheel; wait, when are you open?');
});

test('a caller who asks which number is offered hears it in full', () => {
  expect(talk(['a bent wheel', 'Ada', 'what number is that?']).say).toMatch(/2 0 2, 5 5 5, 0 1 0 1.*Shall we call/);
});

test('a British caller dictates and hears a British number', () => {
  const { said, state } = talk(['the boiler', 'Mira', 'no', '020 7946 0018', 'yes'], {
    from: '+442079460000',
    country: 'GB',
  });
  expect(said[4]).toBe('0 2 0, 7 9 4 6, 0 0 1 8. Is that right?');
  expect(state.number).toBe('+442079460018');
});

test('a finished message stays finished', () => {
  const { state } = talk(['a bent wheel', 'Ada', 'yes']);
  expect(continueMessage(state, { speech: 'hello' })).toMatchObject({ outcome: 'complete', say: '' });
});

test('a number changed afterwards is read back, with the rest kept', () => {
  const { state } = talk(['a bent wheel', 'Ada', 'yes']);
  const step = correctMessage(state, { speech: 'actually change my number to 202 555 0111' });
  expect(step?.say).toBe('2 0 2, 5 5 5, 0 1 1 1. Is that right?');
  const done = step && continueMessage(step.state, { speech: 'yes' });
  expect(done?.outcome).toBe('complete');
  expect(done && messageOf(done.state)).toEqual({ name: 'Ada', number: '+12025550111', reason: 'a bent wheel' });
});

test('a wish to change the number asks for the new one', () => {
  const { state } = talk(['a bent wheel', 'Ada', 'yes']);
  expect(correctMessage(state, { speech: 'sorry can I change my number' })?.mode).toBe('dictating');
});

test('a name changed afterwards is changed at once', () => {
  const { state } = talk(['a bent wheel', 'Ada', 'yes']);
  const step = correctMessage(state, { speech: 'actually my name is Mira' });
  expect(step).toMatchObject({ outcome: 'complete', state: { name: 'Mira', number: OWN } });
});

test.each(['actually when do you close', 'thank you', 'what is your number', 'sorry I have to go'])(
  '"%s" is no correction',
  (speech) => {
    expect(correctMessage(talk(['a bent wheel', 'Ada', 'yes']).state, { speech })).toBeUndefined();
  },
);
