import type { Profile } from '../common/profile';
import type { Voice } from '../conversations/ports';
import type { Config } from '../config';

/** A voice that speaks well and answers fast; see the latency figures of Google's voices. */
const DEFAULT_VOICE = 'en-US-Neural2-F';

/** Google's voice: the owner's choice, else the environment's, else one for the language. */
export function voiceOf(profile: Profile, config: Pick<Config, 'TTS_VOICE'>): Voice {
  const named = profile.voice ?? config.TTS_VOICE;
  if (named) return { name: named, language: named.split('-').slice(0, 2).join('-') };
  if (profile.language === 'en-US') return { name: DEFAULT_VOICE, language: 'en-US' };
  return { name: `${profile.language}-Standard-A`, language: profile.language };
}

/** The voice of `<Say>`, as Twilio names it: by default Google's same voice, so that the person does not change. */
export const sayVoiceOf = (profile: Profile, config: Pick<Config, 'TTS_VOICE' | 'SAY_VOICE'>): Voice => ({
  name: profile.sayVoice ?? config.SAY_VOICE ?? `Google.${voiceOf(profile, config).name}`,
  language: profile.language,
});
