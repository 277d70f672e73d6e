import type { Profile } from '../common/profile';

/** Twilio takes 500 hints of 100 characters each (twilio.com/docs/voice/twiml/gather). */
const MAX_HINTS = 500;
const MAX_HINT_LENGTH = 100;
/** A document may have 64 kB in all; the hints stay far below it, in bytes. */
const MAX_BYTES = 16_000;

const cache = new WeakMap<Profile, readonly string[]>();

/** Words the speech recognition should expect from callers of this business. */
export function hintsOf(profile: Profile): readonly string[] {
  const known = cache.get(profile);
  if (known) return known;
  const hints = [profile.businessName, ...profile.hints]
    .map((hint) => hint.replace(/[,\s]+/g, ' ').trim())
    .filter((hint) => hint !== '' && hint.length <= MAX_HINT_LENGTH);
  let bytes = 0;
  const fitting = [...new Set(hints)]
    .slice(0, MAX_HINTS)
    .filter((hint) => (bytes += Buffer.byteLength(hint) + 1) <= MAX_BYTES);
  cache.set(profile, fitting);
  return fitting;
}
