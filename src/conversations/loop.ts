import type { Profile } from '../common/profile';
import type { CallFacts } from './call';

/**
 * Whether a call is our own coming back: from our own number, as a person's telephone forwards a call it did not
 * take, or forwarded by the telephone that calls are put through to.
 */
export function isLoop({ transfer }: Profile, { from, to, forwardedFrom }: CallFacts): boolean {
  if (to !== undefined && from === to) return true;
  return transfer !== undefined && forwardedFrom === transfer.number;
}
