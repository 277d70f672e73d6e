import { callableNumber } from './message/phone-number';

/** What Twilio writes for callers who show no number: the letters of ANONYMOUS and the like as digits. */
const WITHHELD = ['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253'];

/**
 * A caller's number in E.164 form, however the carrier wrote it (`12025550143`, `sip:+12025550143@…`); undefined where
 * it is withheld or no number.
 */
export function callersNumber(written: string | undefined, country: string): string | undefined {
  if (written === undefined) return undefined;
  const [number] = readings(written).flatMap((each) => callableNumber(each, country) ?? []);
  return number !== undefined && WITHHELD.includes(number) ? undefined : number;
}

/** A caller as the book writes them down: by their number in E.164 form, or by whatever stands in its place. */
export const inFull = (written: string | undefined, country: string): string | undefined =>
  callersNumber(written, country) ?? written;

/** Whether a number as a carrier wrote it is this one. */
export function isSameNumber(written: string | undefined, number: string, country: string): boolean {
  if (written === undefined) return false;
  if (written === number) return true;
  const wanted = callableNumber(number, country);
  return wanted !== undefined && readings(written).some((each) => callableNumber(each, country) === wanted);
}

/** Whether one of these numbers in E.164 form is the caller's, in any way it can be read. */
export function isAmong(numbers: readonly string[], written: string | undefined, country: string): boolean {
  if (written === undefined || numbers.length === 0) return false;
  const meant = readings(written).flatMap((each) => [each, callableNumber(each, country) ?? each]);
  return meant.some((each) => numbers.includes(each));
}

/**
 * A number as it may be meant: without what a SIP address has around it, and with the plus that was left out. A name
 * with digits in it is none.
 */
function readings(written: string): string[] {
  const bare = written
    .replace(/^.*?\b(?:sips?|tel):/i, '')
    .replace(/[@;>].*$/s, '')
    .replace(/%2B/i, '+');
  if (/[a-z]/i.test(bare)) return [];
  const plain = bare.replace(/[^\d+]/g, '');
  return [plain, `+${plain.replace(/^(?:\+|00)/, '')}`];
}
