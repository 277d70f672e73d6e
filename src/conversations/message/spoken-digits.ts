const UNITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const TEENS = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const REPEATS: Record<string, number> = { double: 2, triple: 3, treble: 3, quadruple: 4 };
const SCALES: Record<string, string> = { hundred: '00', thousand: '000' };
/** What speech recognition writes for a digit; a digit only between digits. */
const SOUNDALIKES: Record<string, string> = { to: '2', too: '2', for: '4', fore: '4', ate: '8', won: '1', tree: '3' };
/** What people say between digits without ending the number. */
const BETWEEN = new Set(['uh', 'um', 'er', 'and', 'then', 'dash', 'hyphen', 'dot', 'space']);

const DIGITS = new Map<string, string>([
  ...UNITS.map((word, digit): [string, string] => [word, String(digit)]),
  ...TEENS.map((word, index): [string, string] => [word, String(10 + index)]),
  ...TENS.map((word, index): [string, string] => [word, String(20 + 10 * index)]),
  ...['o', 'oh', 'nought', 'naught', 'nil'].map((word): [string, string] => [word, '0']),
  ['niner', '9'],
  ['fourty', '40'],
]);

/** The words that are digits wherever they stand: "o" is one only among others. */
export const DIGIT_WORDS: readonly string[] = [...DIGITS.keys()].filter((word) => word !== 'o');

interface Heard {
  digits: string;
  length: number;
}

/**
 * The digit runs in what a caller said, in order: "area code 202, then double five" gives ["202", "55"].
 * Number words, "oh", "double", "hundred" and numerals are understood; a leading + (or "plus") is kept.
 */
export function digitRuns(speech: string): string[] {
  const words =
    speech
      .toLowerCase()
      .replace(/\+/g, ' plus ')
      .match(/[a-z]+|\d+/g) ?? [];
  const runs: string[] = [];
  let run = '';
  let plus = false;
  for (let at = 0; at < words.length;) {
    const heard = heardAt(words, at, run !== '');
    if (heard) run += (plus && run === '' ? '+' : '') + heard.digits;
    if (!heard && run !== '' && !BETWEEN.has(words[at] ?? '')) {
      runs.push(run);
      run = '';
    }
    plus = words[at] === 'plus';
    at += heard?.length ?? 1;
  }
  return run === '' ? runs : [...runs, run];
}

/** All digits in what a caller said, as one number. */
export function digitsIn(speech: string): string {
  const [first = '', ...rest] = digitRuns(speech);
  return first + rest.join('').replaceAll('+', '');
}

function heardAt(words: readonly string[], at: number, inside: boolean): Heard | undefined {
  const word = words[at] ?? '';
  const times = REPEATS[word];
  if (times !== undefined) return repeated(words[at + 1] ?? '', times);
  const scale = SCALES[word];
  if (scale !== undefined) return inside ? { digits: scale, length: 1 } : undefined;
  const digits = numeral(word);
  if (digits !== undefined) return withUnit(digits, words, at);
  const soundalike = SOUNDALIKES[word];
  if (soundalike === undefined || !inside || numeral(words[at + 1] ?? '') === undefined) return undefined;
  return { digits: soundalike, length: 1 };
}

/** "double five" is 55; "double 55" is left as it stands. */
function repeated(word: string, times: number): Heard | undefined {
  const digit = numeral(word);
  return digit?.length === 1 ? { digits: digit.repeat(times), length: 2 } : undefined;
}

/** "twenty two" is 22, "twenty oh" is 200, "two hundred and five" is 205. */
function withUnit(digits: string, words: readonly string[], at: number): Heard {
  const next = numeral(words[at + 1] ?? '');
  const isTens = TENS.includes(words[at] ?? '') || words[at] === 'fourty';
  if (isTens && next?.length === 1 && next !== '0' && !/\d/.test(words[at + 1] ?? '')) {
    return { digits: `${digits.charAt(0)}${next}`, length: 2 };
  }
  if (words[at + 1] !== 'hundred' || words[at + 2] !== 'and') return { digits, length: 1 };
  const rest = withUnit(numeral(words[at + 3] ?? '') ?? '', words, at + 3);
  if (rest.digits === '' || rest.digits.length > 2) return { digits, length: 1 };
  return { digits: digits + rest.digits.padStart(2, '0'), length: 3 + rest.length };
}

function numeral(word: string): string | undefined {
  return /^\d+$/.test(word) ? word : DIGITS.get(word);
}
