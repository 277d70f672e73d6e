import type { ProfileField } from '../common/profile';
import { isQuoted, isSpelledIn } from '../conversations/evidence';
import { emailIn } from '../conversations/message/email';
import { callableNumber, checkNumber } from '../conversations/message/phone-number';
import { digitsIn } from '../conversations/message/spoken-digits';

/** A turn's number and what the caller said in it. */
export interface CallersTurn {
  number: number;
  words: string;
}

const LONGEST_VALUE = 500;
/** As many digits of a number must be heard in the words that are to prove it. */
const TELLING_DIGITS = 7;

/** The turn in which the caller said a quote; undefined when nobody said it. */
export const turnOf = (quote: string, turns: readonly CallersTurn[]): number | undefined =>
  turns.find(({ words }) => isQuoted(quote, words))?.number;

/**
 * A value as it is kept: numbers in E.164 form where they are possible ones, addresses as they are written.
 * Undefined when the quote cannot mean it.
 */
export function fieldValue(
  { kind }: ProfileField,
  { value, quote }: { value: string; quote: string },
  country: string,
): string | undefined {
  const text = value.trim().slice(0, LONGEST_VALUE);
  if (kind === 'phone') return phoneValue(text, quote, country);
  if (kind === 'email') return emailIn(text) ?? emailIn(quote);
  return text === '' ? undefined : text;
}

function phoneValue(text: string, quote: string, country: string): string | undefined {
  const digits = digitsIn(text);
  const said = digitsIn(quote);
  if (digits === '' || !said.includes(digits.replace(/^\+/, '').slice(-TELLING_DIGITS))) return undefined;
  const check = checkNumber(digits, country);
  return check.kind === 'complete' ? check.number : digits;
}

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
