import type { Gate } from '../common/gate';
import type { Profile } from '../common/profile';
import type { Rules } from '../common/rules';
import { fixedPhrasesOf, greetingOf } from '../conversations/greeting';
import type { Clip, Speak } from '../conversations/ports';
import type { Settings } from '../settings/settings';
import { createClips, type ClipLimits, type Clips } from '../speech/clips';
import { createGoogleVoice, type GoogleVoice } from '../speech/google';
import { createPhrases, type Phrases } from '../speech/phrases';
import { prepareRecordedGreeting } from '../speech/recorded-greeting';
import { createSpeak } from '../speech/speak';
import { googleAccess } from './google-access';
import { clipKey } from './own-keys';
import type { Surroundings } from './surroundings';
import { voiceOf } from './voices';

const GREETING_LEAD_IN_MS = 300;
/** A request for speech is given up after this many ms; the core has stopped waiting by then. */
const SPEECH_TIMEOUT_MS = 4_000;

/** The mouth as it is now: it changes with the credentials and the profile, its clips stay. */
export interface Mouth {
  clips: Clips;
  speak: () => Speak | undefined;
  google: () => GoogleVoice | undefined;
  phraseClip: (text: string) => Clip | undefined;
  greetingClip: (profile: Profile) => Clip | undefined;
  /** The greeting in the owner's own voice, if the profile names one that can be used. */
  recordedGreeting: () => Clip | undefined;
  /** Makes what callers hear most. Resolves when it is made or has failed; never rejects. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

interface GoogleMouth {
  google: GoogleVoice;
  speak: Speak;
  phrases: () => Phrases;
  /** Begins anew, in the voice of the profile as it is now. Who speaks on a call goes on. */
  renewPhrases(): void;
}

/** A voice by Google where there are credentials, and the clips of everything said. */
export function createMouth(
  surroundings: Surroundings,
  { settings, clipLimits, gate }: { settings: Settings; clipLimits: Partial<ClipLimits>; gate: Gate },
): Mouth {
  const { config, clock, log } = surroundings;
  const nameKey = Buffer.from(clipKey(surroundings), 'hex');
  const limits = { maxAgeMs: () => soundKeptMs(settings.rules().privacy), ...clipLimits };
  const clips = createClips({ directory: config.AUDIO_DIR, nameKey, limits, clock, log });
  const recorded = new Map<string, Clip>();
  let warm = false;
  const open = () => openMouth(surroundings, { settings, clips, gate });
  let mouth = open();

  const prepare = async () => {
    const profile = settings.profile();
    await Promise.all([prepareRecording(profile.greetingAudio), preparePhrases(mouth, profile)]);
  };
  const prepareRecording = async (file: string | undefined) => {
    if (file === undefined) return;
    const clip = await prepareRecordedGreeting({ file, ffmpegPath: config.FFMPEG_PATH, clips, log });
    if (clip) recorded.set(file, clip);
  };
  settings.onChange((changed) => {
    if (changed === 'google') {
      void close(mouth);
      mouth = open();
    } else if (changed === 'profile') mouth?.renewPhrases();
    else return;
    if (warm) void prepare();
  });
  return {
    clips,
    speak: () => mouth?.speak,
    google: () => mouth?.google,
    phraseClip: (text) => mouth?.phrases().clipFor(text),
    greetingClip: (profile) =>
      recorded.get(profile.greetingAudio ?? '') ?? mouth?.phrases().clipFor(greetingOf(profile)),
    recordedGreeting: () => recorded.get(settings.profile().greetingAudio ?? ''),
    warmUp: () => {
      warm = true;
      return prepare();
    },
    async close() {
      await Promise.all([close(mouth), clips.close()]);
    },
  };
}

/** The sound of a reply holds its words and the numbers in them, and is kept no longer than these. */
function soundKeptMs({ audioDays, transcriptDays, numberDays }: Rules['privacy']): number {
  const days = [audioDays, transcriptDays, numberDays].map((each) => each ?? Infinity);
  return Math.min(...days) * 24 * 3_600_000;
}

async function preparePhrases(mouth: GoogleMouth | undefined, profile: Profile): Promise<void> {
  await mouth?.google.warm();
  const greeting = { text: greetingOf(profile), leadInMs: GREETING_LEAD_IN_MS };
  await mouth?.phrases().prepare([greeting, ...fixedPhrasesOf(profile).map((text) => ({ text }))]);
}

async function close(mouth: GoogleMouth | undefined): Promise<void> {
  mouth?.phrases().close();
  await mouth?.google.close();
}

interface MouthParts {
  settings: Settings;
  clips: Clips;
  gate: Gate;
}

function openMouth(
  { config, clock, log }: Surroundings,
  { settings, clips, gate }: MouthParts,
): GoogleMouth | undefined {
  const access = googleAccess(settings, config.GOOGLE_TTS_ENDPOINT);
  if (!access) return undefined;
  const google = createGoogleVoice({ ...access, timeoutMs: SPEECH_TIMEOUT_MS, gate, clock, log });
  const { synthesize } = google;
  const open = () => createPhrases({ synthesize, clips, voice: voiceOf(settings.profile(), config), log });
  let phrases = open();
  return {
    google,
    speak: createSpeak({ synthesize, clips, profile: settings.profile }),
    phrases: () => phrases,
    renewPhrases() {
      phrases.close();
      phrases = open();
    },
  };
}
