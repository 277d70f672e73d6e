import { join } from 'node:path';
import { UpstreamError } from '../common/errors';
import type { Settings } from '../settings/settings';
import { keepRecording } from '../speech/uploaded-greeting';
import type { Mouth } from './speech';
import type { Surroundings } from './surroundings';

const clipAddress = (name: string) => `/api/voice/audio/${name}`;

/** The profile, the recorded greeting and the voices, for the console. */
export function createReceptionistDesk({ config, log }: Surroundings, settings: Settings, mouth: Mouth) {
  const { profile, saveProfile, undoProfile, canUndoProfile, exportProfile } = settings;
  const uploads = { directory: join(config.DATA_DIR, 'greetings'), ffmpegPath: config.FFMPEG_PATH, clips: mouth.clips };
  return {
    profile,
    saveProfile,
    undoProfile,
    canUndoProfile,
    exportProfile,
    greeting: {
      async save(path: string) {
        const kept = await keepRecording(path, uploads);
        if (!kept.ok) return kept;
        await saveProfile({ ...profile(), greetingAudio: kept.path });
        await mouth.warmUp(); // the clip is there, so the next caller hears it
        return { ok: true as const, durationMs: kept.clip.durationMs };
      },
      async remove() {
        const { greetingAudio, ...rest } = profile();
        if (greetingAudio !== undefined) await saveProfile(rest);
      },
      current() {
        const clip = mouth.recordedGreeting();
        return clip && { url: clipAddress(clip.name), durationMs: clip.durationMs };
      },
    },
    sample: (voice: string, text: string) => sample(mouth, voice, text),
    async voices(language: string) {
      try {
        return (await mouth.google()?.voices(language)) ?? [];
      } catch (error) {
        log.warn('voices', { data: { reason: error instanceof UpstreamError ? error.reason : 'unknown' } });
        return [];
      }
    },
  };
}

type Sample = { ok: true; url: string } | { ok: false; error: string; remedy: string };

/** A sample is paid for by the character. */
const LONGEST_SAMPLE = 300;
const NAMED = /^[a-z]{2,3}-[A-Z]{2}-\S+$/;

async function sample(mouth: Mouth, voice: string, text: string): Promise<Sample> {
  const speak = mouth.speak();
  if (!speak) {
    return {
      ok: false,
      error: 'There are no Google credentials, so there is nothing to hear here.',
      remedy: "Callers hear Twilio's own voices. Enter a Google key on the credentials page for Google's.",
    };
  }
  if (!NAMED.test(voice)) {
    return { ok: false, error: 'Name a voice first.', remedy: 'Google names them like en-US-Neural2-F.' };
  }
  try {
    const language = voice.split('-').slice(0, 2).join('-');
    const clip = await speak(text.slice(0, LONGEST_SAMPLE), { name: voice, language }, new AbortController().signal);
    return { ok: true, url: clipAddress(clip.name) };
  } catch (error) {
    return failedSample(voice, error);
  }
}

function failedSample(voice: string, error: unknown): Sample {
  const reason = error instanceof UpstreamError ? error.reason : 'unknown';
  if (reason === 'model-gone' || reason === 'bad-request') {
    return { ok: false, error: `Google has no voice ${voice}.`, remedy: 'Choose one of the list, or leave it empty.' };
  }
  return { ok: false, error: `Google did not speak (${reason}).`, remedy: 'Try again; the doctor examines the key.' };
}
