import type { ProfileField } from '../common/profile';
import { isQuoted, isSpelledIn } from '../conversations/evidence';
import { callableNumber } from '../conversations/message/phone-number';
import { digitsIn } from '../conversations/message/spoken-digits';

/** A turn's number and what the caller said in it. */
export interface CallersTurn {
  number: number;
  words: string;
}

/** As many digits of a number must be heard in the words that are to prove it. */
const TELLING_DIGITS = 7;

/** The turn in which the caller said a quote; undefined when nobody said it. */
export const turnOf = (quote: string, turns: readonly CallersTurn[]): number | undefined =>
  turns.find(({ words }) => isQuoted(quote, words))?.number;

/** What was added to a message stands behind this; the first part is what it was about. */
const ADDITION = '; ';

/** Where the caller said a value of a message; undefined when it is not in what was said. */
export function evidenceOf(
  { kind }: ProfileField,
  value: string,
  { turns, country }: { turns: readonly CallersTurn[]; country: string },
): { turn: number; quote: string } | undefined {
  if (kind === 'phone') return evidenceOfNumber(value, turns, country);
  const [main = value] = value.split(ADDITION);
  const found =
    turns.find(({ words }) => isQuoted(main, words) || (words.includes(' ') && isQuoted(words, main))) ??
    turns.find(({ words }) => isSpelledIn(main, words));
  return found && { turn: found.number, quote: found.words };
}

/** A number is said at once, or in up to so many turns. */
const MOST_PARTS = 4;

/** The latest turns that hold a number, as few as do; else the latest with its end. */
function evidenceOfNumber(value: string, turns: readonly CallersTurn[], country: string) {
  const latest = [...turns].reverse();
  for (let parts = 1; parts <= MOST_PARTS; parts += 1) {
    const runs = latest.map((_, at) => latest.slice(at, at + parts).reverse());
    const found = runs.find(
      (run) => callableNumber(digitsIn(run.map(({ words }) => words).join(' ')), country) === value,
    );
    if (found?.[0]) return { turn: found[0].number, quote: found.map(({ words }) => words).join(' … ') };
  }
  const end = latest.find(({ words }) => endsLike(value, digitsIn(words)));
  return end && { turn: end.number, quote: end.words };
}

const endsLike = (number: string, said: string) => said.length >= TELLING_DIGITS && number.endsWith(said);
