import { evidenceOf, type CallersTurn } from '../../src/calls/field-values';
import type { ProfileField } from '../../src/common/profile';

const name: ProfileField = { kind: 'text', name: 'name' };
const phone: ProfileField = { kind: 'phone', name: 'callback number' };
const told = (...words: string[]): CallersTurn[] => words.map((each, index) => ({ number: index + 1, words: each }));

/** The turn that is shown beside a value. */
const turnFor = (field: ProfileField, value: string, turns: CallersTurn[]) =>
  evidenceOf(field, value, { turns, country: 'US' })?.turn;

test('a number that was said in parts is proven by all of them', () => {
  const turns = told('my wheel is bent', 'two oh two', 'double five five', 'oh one four three', 'yes');
  expect(evidenceOf(phone, '+12025550143', { turns, country: 'US' })).toEqual({
    turn: 2,
    quote: 'two oh two … double five five … oh one four three',
  });
});

test('of several numbers the one that was meant is shown, where it was said last', () => {
  const turns = told('202 555 0143', 'no', '202 555 0144', 'it is 202 555 0144', 'yes');
  expect(turnFor(phone, '+12025550144', turns)).toBe(4);
  expect(turnFor(phone, '+12025550143', turns)).toBe(1);
  expect(turnFor(phone, '+12025550155', turns)).toBeUndefined();
  expect(turnFor(phone, '+12025550143', told('five five five oh one four three'))).toBe(1);
});

test('a name is shown where it was told, not where its letters happen to be', () => {
  expect(turnFor(name, 'Ada', told('my wheel is bent', 'Ada', 'yes', 'ada at example dot com'))).toBe(2);
  expect(turnFor(name, 'Ada', told('my wheel is bent', 'it is A D A'))).toBe(2);
  expect(turnFor(name, 'Ada Byron', told('Ada B Y R O N'))).toBe(1);
  expect(turnFor(name, 'Ed', told('the wheel is bent badly'))).toBeUndefined();
  expect(turnFor(name, 'Al', told('I called also'))).toBeUndefined();
});
