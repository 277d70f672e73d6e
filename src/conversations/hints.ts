import type { Profile } from '../common/profile';

/** Twilio takes 500 hints of 100 characters each (twilio.com/docs/voice/twiml/gather). */
const MAX_HINTS = 500;
const MAX_HINT_LENGTH = 100;

const cache = new WeakMap<Profile, readonly string[]>();

/** Words the speech recognition should expect from callers of this business. */
export function hintsOf(profile: Profile): readonly string[] {
  const known = cache.get(profile);
  if (known) return known;
  const hints = [profile.businessName, ...profile.hints]
    .map((hint) => hint.replace(/[,\s]+/g, ' ').trim())
    .filter((hint) => hint !== '' && hint.length <= MAX_HINT_LENGTH);
  const unique = [...new Set(hints)].slice(0, MAX_HINTS);
  cache.set(profile, unique);
  return unique;
}
