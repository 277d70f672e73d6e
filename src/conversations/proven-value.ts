import { messageFields } from '../common/message-fields';
import type { ProfileField } from '../common/profile';
import { isQuoted, isSpelledIn, isTelling } from './evidence';
import { emailIn } from './message/email';
import { checkNumber } from './message/phone-number';
import { digitRuns, digitsIn } from './message/spoken-digits';

const LONGEST_VALUE = 500;
/** As many digits of a number must be heard in the words that are to prove it. */
const TELLING_DIGITS = 7;

/**
 * A value as it is kept, where the caller's words hold it: numbers in E.164 form where they are possible ones, addresses
 * as they are written; both are read from the words, not from what a model made of them. Undefined otherwise.
 */
export function provenValue(
  field: ProfileField,
  { value, quote }: { value: string; quote: string },
  country: string,
): string | undefined {
  const text = value.trim().slice(0, LONGEST_VALUE);
  if (field.kind === 'phone') return numberIn(quote, text, country);
  if (field.kind === 'email') return emailIn(quote);
  const { name, reason } = messageFields([field]);
  if (text === '' || (name && !holdsName(quote, text)) || (reason && !isTelling(quote))) return undefined;
  return text;
}

/** Of several numbers the one that is meant; of one that is not whole, as much as was said. */
function numberIn(quote: string, value: string, country: string): string | undefined {
  const digits = digitsIn(value);
  const meant = checkNumber(digits, country);
  const said = [digitsIn(quote), ...digitRuns(quote)].map((each) => checkNumber(each, country));
  const whole = said.flatMap((check) => (check.kind === 'complete' ? check.number : []));
  if (whole.length > 0) return whole.find((number) => meant.kind === 'complete' && number === meant.number) ?? whole[0];
  return digits.length >= TELLING_DIGITS && digitsIn(quote).includes(digits) ? digits : undefined;
}

/** One word of a name is enough: the other may have been said elsewhere. */
const holdsName = (quote: string, name: string): boolean =>
  isSpelledIn(name, quote) || name.split(/\s+/).some((word) => isQuoted(word, quote) || isSpelledIn(word, quote));
