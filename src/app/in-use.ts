import { isDeepStrictEqual } from 'node:util';
import type { Profile } from '../common/profile';
import type { Config, InUse } from '../config';
import type { Settings } from '../settings/settings';
import type { Mouth } from './speech';

/** What is in use now, from the environment or from the pages. `seed` is the profile of PROFILE_FILE, or the example. */
export function inUseOf(settings: Settings, mouth: Mouth, { config, seed }: { config: Config; seed: Profile }): InUse {
  const fromFile = config.PROFILE_FILE !== undefined;
  const changed = !isDeepStrictEqual(settings.profile(), seed);
  return {
    twilio: settings.authTokens().length > 0,
    groq: settings.groqKey() !== undefined,
    google_tts: mouth.speak() !== undefined,
    profile: fromFile || changed,
    profileFileIsBehind: fromFile && changed,
    publicBaseUrl: settings.publicBaseUrl()?.value,
    language: settings.profile().language,
  };
}
