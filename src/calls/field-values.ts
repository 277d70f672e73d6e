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

/** Where the caller said a value of a message; undefined when no one turn holds it. */
export function evidenceOf(
  { kind }: ProfileField,
  value: string,
  { turns, country }: { turns: readonly CallersTurn[]; country: string },
): { turn: number; quote: string } | undefined {
  const [main = value] = value.split(ADDITION);
  const found = [...turns].reverse().find(({ words }) => {
    if (kind === 'phone') return holdsNumber(words, value, country);
    return isQuoted(main, words) || isSpelledIn(main, words) || (words.includes(' ') && isQuoted(words, main));
  });
  return found && { turn: found.number, quote: found.words };
}

function holdsNumber(words: string, value: string, country: string): boolean {
  const said = digitsIn(words);
  return said.length >= TELLING_DIGITS && (callableNumber(said, country) === value || value.endsWith(said));
}
