import fc from 'fast-check';
import { readBack } from '../../../src/conversations/message/read-back';
import { digitRuns, digitsIn } from '../../../src/conversations/message/spoken-digits';

const UNITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const word = (digit: string) => UNITS[Number(digit)] ?? '';

type Style = (digits: string) => { said: string; took: number } | undefined;

/** The ways people say the next digits. Each says how many it took, or that it does not fit here. */
const styles: Style[] = [
  ([first = '']) => ({ said: word(first), took: 1 }),
  ([first = '']) => ({ said: first, took: 1 }),
  ([first]) => (first === '0' ? { said: 'oh', took: 1 } : undefined),
  ([first = '', second]) => (first === second ? { said: `double ${word(first)}`, took: 2 } : undefined),
  ([first = '', second, third]) =>
    first === second && second === third ? { said: `triple ${word(first)}`, took: 3 } : undefined,
  ([first = '', second = '']) =>
    Number(first) > 1 && second !== '' && second !== '0'
      ? { said: `${TENS[Number(first)] ?? ''} ${word(second)}`, took: 2 }
      : undefined,
  ([first, second = '']) =>
    first === '1' && second !== '' ? { said: TEENS[Number(second)] ?? '', took: 2 } : undefined,
  ([first = '', second, third]) =>
    second === '0' && third === '0' && first !== '0' ? { said: `${word(first)} hundred`, took: 3 } : undefined,
  (digits) => (digits.length > 3 ? { said: `${digits.slice(0, 3)}-`, took: 3 } : undefined),
];

function say(digits: string, choices: number[]): string {
  const said: string[] = [];
  for (let at = 0, turn = 0; at < digits.length; turn++) {
    const fitting = styles.flatMap((style) => style(digits.slice(at)) ?? []);
    const chosen = fitting[(choices[turn % choices.length] ?? 0) % fitting.length];
    if (!chosen) throw new Error('one digit at a time always fits');
    said.push(chosen.said);
    at += chosen.took;
  }
  return said.join(' ');
}

const number = fc.stringMatching(/^\d{1,15}$/);
const choices = fc.array(fc.nat(60), { minLength: 1, maxLength: 15 });

test('a number is recovered however its digits are spoken', () => {
  fc.assert(
    fc.property(number, choices, (digits, chosen) => {
      expect(digitsIn(`my number is ${say(digits, chosen)} thanks`)).toBe(digits);
    }),
    { numRuns: 1000 },
  );
});

test('what is read back holds each digit, in order, apart from its neighbours', () => {
  fc.assert(
    fc.property(number, (digits) => {
      const spoken = readBack(digits);
      expect(spoken.replace(/\D/g, '')).toBe(digits);
      expect(spoken).not.toMatch(/\d\d/);
    }),
  );
});

test('a number read back and heard again is the same number', () => {
  fc.assert(fc.property(number, (digits) => expect(digitsIn(readBack(digits))).toBe(digits)));
});

test.each([
  ['twenty two oh five', '2205'],
  ['twenty oh five', '2005'],
  ['eight hundred five five five', '800555'],
  ['two hundred and five', '205'],
  ['five five five uh double oh seven', '555007'],
  ['plus forty four twenty', '+4420'],
  ['(202) 555-0101.', '2025550101'],
  ['it is 2 0 2 then 5 5 5', '202555'],
  ['five to five', '525'],
  ['call me for help', ''],
  ['I want to, too', ''],
])('%j is heard as %j', (speech, digits) => {
  expect(digitsIn(speech)).toBe(digits);
});

test('numbers of different things stay apart', () => {
  expect(digitRuns('I have 2 bikes and my number is 202 555 0101')).toEqual(['2', '2025550101']);
});
