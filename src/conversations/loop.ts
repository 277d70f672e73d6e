import type { Profile } from '../common/profile';
import type { CallFacts } from './call';
import { callableNumber } from './message/phone-number';

/**
 * Whether a call is our own coming back: from our own number, as a person's telephone forwards a call it did not
 * take, or forwarded by the telephone that calls are put through to. Carriers write numbers in more than one way.
 */
export function isLoop({ transfer, country }: Profile, { from, to, forwardedFrom }: CallFacts): boolean {
  if (to !== undefined && isSame(from, to, country)) return true;
  return transfer !== undefined && isSame(forwardedFrom, transfer.number, country);
}

function isSame(written: string | undefined, number: string, country: string): boolean {
  if (written === undefined) return false;
  if (written === number) return true;
  const wanted = callableNumber(number, country);
  return wanted !== undefined && readings(written).some((each) => callableNumber(each, country) === wanted);
}

/** A number as it may be meant: without what a SIP address has around it, and with the plus that was left out. */
function readings(written: string): string[] {
  const plain = written
    .replace(/^.*?\b(?:sips?|tel):/i, '')
    .replace(/[@;>].*$/s, '')
    .replace(/%2B/i, '+')
    .replace(/[^\d+]/g, '');
  return [plain, `+${plain.replace(/^(?:\+|00)/, '')}`];
}
