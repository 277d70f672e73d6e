import type { Profile } from '../common/profile';
import type { CallFacts } from './call';
import { isSameNumber } from './callers-number';

/**
 * Whether a call is our own coming back: from our own number, as a person's telephone forwards a call it did not
 * take, or forwarded by the telephone that calls are put through to. Carriers write numbers in more than one way.
 */
export function isLoop({ transfer, country }: Profile, { from, to, forwardedFrom }: CallFacts): boolean {
  if (to !== undefined && isSameNumber(from, to, country)) return true;
  return transfer !== undefined && isSameNumber(forwardedFrom, transfer.number, country);
}
