import type { CountryCode } from 'libphonenumber-js/max';
import { phoneLibrary } from '../../common/phone-library';
import { readBack, spaced } from './read-back';

/** How far the digits heard so far are a telephone number of a country. `number` is E.164. */
export type NumberCheck = { kind: 'complete'; number: string } | { kind: 'incomplete' } | { kind: 'tooLong' };

const LONGEST_DIALLED = 18;
/** No area code begins with 1: said first, it is the long-distance prefix. */
const TRUNK_ONE = /^1/;

/** Judges digits (or +digits) by length only: ten digits in North America, what is usual elsewhere. */
export function checkNumber(digits: string, country: string): NumberCheck {
  const dialled = isNorthAmerican(country) ? digits.replace(TRUNK_ONE, '') : digits;
  const { parsePhoneNumberFromString, validatePhoneNumberLength } = phoneLibrary();
  const parsed = parsePhoneNumberFromString(dialled, countryCode(country));
  if (parsed?.isPossible() === true) return { kind: 'complete', number: parsed.number };
  const tooLong = validatePhoneNumberLength(dialled, countryCode(country)) === 'TOO_LONG';
  return tooLong || dialled.length > LONGEST_DIALLED ? { kind: 'tooLong' } : { kind: 'incomplete' };
}

/** The E.164 number if the text is one that could be called: caller IDs may be words or codes for "withheld". */
export function callableNumber(text: string | undefined, country: string): string | undefined {
  if (text === undefined || !/^\+?[\d\s().-]+$/.test(text.trim())) return undefined;
  const check = checkNumber(text.trim().replace(/[^\d+]/g, ''), country);
  return check.kind === 'complete' ? check.number : undefined;
}

/**
 * An E.164 number as it is read aloud, grouped the way its country writes it: "2 0 2, 5 5 5, 0 1 0 1".
 * Outside `country` (by default, never) its international form: "plus 4 4, 2 0, …".
 */
export function spokenNumber(number: string, country?: string): string {
  const parsed = phoneLibrary().parsePhoneNumberFromString(number);
  const abroad = country !== undefined && parsed?.countryCallingCode !== callingCode(country);
  const written = abroad ? parsed?.formatInternational() : parsed?.formatNational();
  const groups = (written ?? number).split(/\D+/).filter((group) => group !== '');
  const longGroup = groups.some((group) => group.length > 5);
  const spoken = longGroup ? readBack(groups.join('')) : groups.map(spaced).join(', ');
  return abroad ? `plus ${spoken}` : spoken;
}

/** Whether numbers are of the North American plan: three digits of area code and seven more. */
export function isNorthAmerican(country: string): boolean {
  return callingCode(country) === '1';
}

/** Whether digits are a whole North American number but for its area code. An exchange begins with 2 to 9. */
export function lacksAreaCode(digits: string, country: string): boolean {
  return isNorthAmerican(country) && /^[2-9]\d{6}$/.test(digits);
}

/** Further digits joined to those heard before: at the end, or in front if they are the area code asked for. */
export function joinDigits(before: string, more: string, country: string): string {
  const areaCode = lacksAreaCode(before, country) ? /^1?([2-9]\d{2})$/.exec(more)?.[1] : undefined;
  return areaCode === undefined ? before + more : areaCode + before;
}

function callingCode(country: string): string {
  return phoneLibrary().getCountryCallingCode(countryCode(country));
}

/** A country the library does not know is dialled as the United States, the default of a profile. */
function countryCode(country: string): CountryCode {
  return phoneLibrary().isSupportedCountry(country) ? country : 'US';
}
