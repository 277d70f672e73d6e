import { talk, type Turn } from './talk';

const began: Turn[] = ['a bent wheel', 'Ada', 'no'];
const typed = (digits: string) => ({ digits, finishedOnKey: true });

test('a number ended too early is continued', () => {
  const { said, state } = talk([...began, typed('202555'), typed('0143'), 'yes']);
  expect(said[4]).toBe('I have 2 0 2, 5 5 5. Please go on.');
  expect(said[5]).toBe('2 0 2, 5 5 5, 0 1 4 3. Is that right?');
  expect(state.number).toBe('+12025550143');
});

test('a number ended too early twice is asked for anew', () => {
  const { said, state } = talk([...began, typed('202'), typed('555'), typed('2025550143')]);
  expect(said[5]).toMatch(/only 2 0 2, 5 5 5.*whole number/);
  expect(state.number).toBe('+12025550143');
});

test('a number typed in full after a beginning counts alone', () => {
  expect(talk([...began, typed('202555'), typed('2025550143')]).state.number).toBe('+12025550143');
});

test.each<[string, Turn[]]>([
  ['said', ['555 0123', '202']],
  ['typed', [typed('5550123'), typed('202')]],
  ['said with the words around it', ['555 0123', 'the area code is 202']],
  ['said with the country', ['555 0123', 'one two oh two']],
  ['said with the whole number', ['555 0123', '202 555 0123']],
])('a missing area code is asked for, and put in front: %s', (_, turns) => {
  const { said, state } = talk([...began, ...turns]);
  expect(said[4]).toBe('I have 5 5 5, 0 1 2 3. What is the area code?');
  expect(state.number).toBe('+12025550123');
});
