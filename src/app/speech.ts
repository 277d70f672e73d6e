import { join } from 'node:path';
import type { Profile } from '../common/profile';
import { secretFile } from '../common/secret-file';
import { fixedPhrasesOf, greetingOf } from '../conversations/greeting';
import type { Clip, Speak, Voice } from '../conversations/ports';
import type { Settings } from '../settings/settings';
import { createClips, type ClipLimits, type Clips } from '../speech/clips';
import { createGoogleVoice, type GoogleVoice } from '../speech/google';
import type { GoogleAccess } from '../speech/google-client';
import { createPhrases, type Phrases } from '../speech/phrases';
import { prepareRecordedGreeting } from '../speech/recorded-greeting';
import { createSpeak } from '../speech/speak';
import type { Surroundings } from './surroundings';

const GREETING_LEAD_IN_MS = 300;
/** A request for speech is given up after this many ms; the core has stopped waiting by then. */
const SPEECH_TIMEOUT_MS = 4_000;

/** The mouth as it is now: it changes with the credentials, its clips stay. */
export interface Mouth {
  clips: Clips;
  speak: () => Speak | undefined;
  phraseClip: (text: string) => Clip | undefined;
  greetingClip: () => Clip | undefined;
  /** Makes what callers hear most. Resolves when it is made or has failed; never rejects. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

interface GoogleMouth {
  google: GoogleVoice;
  speak: Speak;
  phrases: Phrases;
}

interface MouthOptions {
  settings: Settings;
  profile: Profile;
  voice: Voice;
  clipLimits: Partial<ClipLimits>;
}

/** A voice by Google where there are credentials, and the clips of everything said. */
export function createMouth(surroundings: Surroundings, options: MouthOptions): Mouth {
  const { config, clock, log } = surroundings;
  const { settings, profile, voice, clipLimits } = options;
  const nameKey = Buffer.from(keyIn(surroundings, 'clip-names.key'), 'hex');
  const clips = createClips({ directory: config.AUDIO_DIR, nameKey, limits: clipLimits, clock, log });
  let recorded: Clip | undefined;
  let warm = false;
  let mouth = googleMouth(surroundings, { settings, voice, clips });

  const prepare = async () => {
    await mouth?.google.warm();
    const greeting = { text: greetingOf(profile), leadInMs: GREETING_LEAD_IN_MS };
    await mouth?.phrases.prepare([greeting, ...fixedPhrasesOf(profile).map((text) => ({ text }))]);
  };
  settings.onChange((changed) => {
    if (changed !== 'google') return;
    void close(mouth);
    mouth = googleMouth(surroundings, { settings, voice, clips });
    if (warm) void prepare();
  });
  return {
    clips,
    speak: () => mouth?.speak,
    phraseClip: (text) => mouth?.phrases.clipFor(text),
    greetingClip: () => recorded ?? mouth?.phrases.clipFor(greetingOf(profile)),
    async warmUp() {
      warm = true;
      const file = profile.greetingAudio;
      const prepared = file && prepareRecordedGreeting({ file, ffmpegPath: config.FFMPEG_PATH, clips, log });
      if (prepared) void prepared.then((clip) => (recorded = clip));
      await prepare();
      await prepared;
    },
    async close() {
      await Promise.all([close(mouth), clips.close()]);
    },
  };
}

async function close(mouth: GoogleMouth | undefined): Promise<void> {
  mouth?.phrases.close();
  await mouth?.google.close();
}

function googleMouth(
  { config, clock, log }: Surroundings,
  { settings, voice, clips }: { settings: Settings; voice: Voice; clips: Clips },
): GoogleMouth | undefined {
  const access = googleAccess(settings, config.GOOGLE_TTS_ENDPOINT);
  if (!access) return undefined;
  const google = createGoogleVoice({ ...access, timeoutMs: SPEECH_TIMEOUT_MS, clock, log });
  const { synthesize } = google;
  return {
    google,
    speak: createSpeak({ synthesize, clips }),
    phrases: createPhrases({ synthesize, clips, voice, log }),
  };
}

/** How Google is reached with what is set now; undefined where nothing is. */
export function googleAccess(
  settings: Pick<Settings, 'google'>,
  endpoint: string | undefined,
): GoogleAccess | undefined {
  if (endpoint) return { endpoint };
  const google = settings.google();
  if (!google) return undefined;
  if (!('serviceAccount' in google)) return google;
  const { client_email, private_key, project_id } = google.serviceAccount;
  return { credentials: { client_email, private_key }, projectId: project_id };
}

/** A secret of this installation, kept under DATA_DIR. */
export const keyIn = ({ config, log }: Surroundings, name: string) =>
  secretFile(join(config.DATA_DIR, name), (error) =>
    log.warn('data_dir', { data: { file: name, error: String(error) } }),
  );
