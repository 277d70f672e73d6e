/** Digits as they stand in a telephone number, perhaps with single marks between them; never part of a longer word. */
const DIGITS = /(?<![\w./+-])(?:\+|%2B)?\(?\d(?:[ ().\u00a0\u2010-\u2015-]{0,3}\d){6,18}(?!\w|[.-]\w)/gi;
/** The same in E.164, wherever it stands. */
const PLUS_DIGITS = /(?:\+|%2B)\d{7,15}/gi;
/** Groups of digits with commas or spaces between them: "2 0 2, 5 5 5, 0 1 0 1", or a mere list. */
const GROUPS = /(?<![\w./+-])(?:\+|plus )?\d{1,5}(?:(?:, ?| )\d{1,5}){1,40}(?!\w|[.-]\w)/gi;
/** Digits said one by one, as they are read back. */
const ONE_BY_ONE = /(?<!\d)\d \d(?!\d)/;
const MIN_ONE_BY_ONE = 7;
/** 202, 555, 0101; 020, 7946, 0101; +44, 20, 7946, 0101. */
const NUMBERS_GROUPS = /^(?:(?:1 )?\d{3} \d{3} \d{4}|(?:\+|plus )\d[\d ]{6,19}|0\d{1,4}(?: \d{2,5}){2,5})$/i;
const DIGIT_WORD = '(?:(?:double|triple) )?(?:zero|oh?|nought|one|two|three|four|five|six|seven|eight|nine)';
/** A number in words: seven of these or more. */
const WORDS = new RegExp(`\\b${DIGIT_WORD}(?:[ ,.-]{1,2}${DIGIT_WORD}){6,18}\\b`, 'gi');
const DATE = /^\d{4}-\d{2}-\d{2}(?: \d{2})?$/;
const IP_OR_DECIMAL = /^\d{1,3}(?:\.\d{1,3}){3}$|^\d+\.\d+$/;
const MIN_PLAIN_DIGITS = 10;

const hidden = (number: string) => `…${number.replace(/\D/g, '').slice(-2)}`;

/** A number without a single mark may be any count; one of ten digits may also be a caller's. */
const isPhone = (digits: string) =>
  !DATE.test(digits) && !IP_OR_DECIMAL.test(digits) && (/^0|\D/.test(digits) || digits.length >= MIN_PLAIN_DIGITS);

const isReadOut = (groups: string) =>
  ONE_BY_ONE.test(groups)
    ? groups.replace(/\D/g, '').length >= MIN_ONE_BY_ONE
    : NUMBERS_GROUPS.test(groups.replace(/[, ]+/g, ' '));

/** A text with every telephone number in it masked: all but its last two digits, or all of it where it is in words. */
export const maskPhones = (text: string): string =>
  text
    .replace(PLUS_DIGITS, hidden)
    .replace(GROUPS, (groups) => (isReadOut(groups) ? hidden(groups) : groups))
    .replace(DIGITS, (digits) => (isPhone(digits) ? hidden(digits) : digits))
    .replace(WORDS, '…');

/** A telephone number with all but its last two digits hidden; other caller IDs ("anonymous", clients) stay. */
export const maskPhone = (number: string): string =>
  /^[+\d\s().-]{5,}$/.test(number) && number.replace(/\D/g, '').length >= 5 ? hidden(number) : maskPhones(number);

/** Replaces every occurrence of any of `secrets` in a text; of one within another, the longer first. */
export const maskSecrets = (text: string, secrets: readonly string[]): string =>
  [...secrets]
    .sort((one, other) => other.length - one.length)
    .reduce((masked, secret) => (secret ? masked.replaceAll(secret, '[secret]') : masked), text);
