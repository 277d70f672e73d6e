import { messageOf, worthKeeping } from '../../../src/conversations/message/dialogue';
import { talk, type Turn } from './talk';

const OWN = '+12025550101';
const refusedOwn: Turn[] = ['a bent wheel', 'Ada', 'no'];
const hash = { digits: '', finishedOnKey: true };
const dialled: Turn[] = ['202 555 0199', 'no'];

test.each<[string, Turn[]]>([
  ['falls silent', [null, null, null]],
  ['presses only the hash key', [hash, hash, hash]],
  ['says goodbye', ['bye']],
  ['refuses each number read back', [...dialled, ...dialled, ...dialled]],
  ['mumbles', ['mrr frr', 'mrr frr', 'mrr frr']],
])('a caller who refuses their own number and then %s is not called back on it', (_, turns) => {
  const { outcome, state } = talk([...refusedOwn, ...turns]);
  expect(outcome).toBe('complete');
  expect(messageOf(state).number).toBeUndefined();
});

test('nor is a caller who hangs up before they have given another', () => {
  const { state } = talk([...refusedOwn, '202 555']);
  expect(worthKeeping(state)).toBe(true);
  expect(messageOf(state)).toEqual({
    name: 'Ada',
    number: undefined,
    reason: 'a bent wheel; number heard in part: 202 555',
  });
});

test('what was heard of a number is kept in the message when the rest never comes', () => {
  const { state } = talk([...refusedOwn, '202 555 01', null, null, null]);
  expect(messageOf(state).reason).toBe('a bent wheel; number heard in part: 202 555 01');
});

test('a caller who begins to give another number does not get their own confirmed', () => {
  const { state } = talk(['a bent wheel', 'Ada', '202 555', null, null, null]);
  expect(messageOf(state).number).toBeUndefined();
});

test('a caller whose number was never offered is offered it when the other one fails three times', () => {
  const { say, mode } = talk(['no', 'no', 'no'].flatMap((no): Turn[] => [no, '202 555 0199']).slice(0, -1), {
    seed: { reason: 'a bent wheel', name: 'Ada', number: '202 555 0188' },
  });
  expect(say).toMatch(/number ending in 1 0 1/);
  expect(mode).toBe('yesNo');
});

test('a caller may come back to their own number', () => {
  const { outcome, state } = talk([...refusedOwn, 'sorry, use the number I am calling from']);
  expect(outcome).toBe('complete');
  expect(messageOf(state).number).toBe(OWN);
});
