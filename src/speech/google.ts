import type { TextToSpeechClient } from '@google-cloud/text-to-speech';
import type { Clock } from '../common/clock';
import { UpstreamError } from '../common/errors';
import type { Gate } from '../common/gate';
import type { Log } from '../common/log';
import { createRest } from '../common/rest';
import type { Voice } from '../conversations/ports';
import type { GoogleAccess } from './google-client';
import { connect, openConnection } from './google-client';
import { SERVICE, requestFailure } from './google-failure';
import { within } from './within';
import { createVoiceList } from './google-voices';
import { TELEPHONE_RATE, readWav } from './wav';

/**
 * Text to a WAV file a telephone can play. Throws UpstreamError, and the reason of a signal that fires before the
 * request has begun.
 */
export type Synthesize = (text: string, voice: Voice, signal?: AbortSignal) => Promise<Buffer>;

/** How to reach Google, and how long to wait for one sentence (`timeoutMs`). */
export interface GoogleVoiceOptions extends GoogleAccess {
  timeoutMs: number;
  /** What every request for speech goes through. */
  gate?: Gate;
  log: Log;
  clock: Clock;
}

/** Google's voice. `warm` loads the client, its credentials and the connection ahead of the first call and never throws. */
export interface GoogleVoice {
  synthesize: Synthesize;
  /** Names of the voices Google has for a language (BCP 47). Throws UpstreamError. */
  voices(language: string): Promise<string[]>;
  warm(): Promise<void>;
  close(): Promise<void>;
}

/** Google refuses more in one request (cloud.google.com/text-to-speech/quotas). */
const MOST_BYTES = 5000;

/**
 * A voice by Google Text-to-Speech over gRPC: mu-law, 8 kHz, mono. One `tts` log event per request, never the words.
 * While Google rests after failures, requests fail at once with the failure that began the rest.
 */
export function createGoogleVoice(options: GoogleVoiceOptions): GoogleVoice {
  const { log, clock } = options;
  const rest = createRest(clock);
  let connecting: Promise<TextToSpeechClient> | undefined;
  let closed = false;

  async function client(): Promise<TextToSpeechClient> {
    if (closed) throw new UpstreamError(SERVICE, 'unreachable', { message: `${SERVICE}: closed` });
    connecting ??= connect(options);
    try {
      return await connecting;
    } catch (error) {
      connecting = undefined; // a key file mended while we run is found at the next try
      throw error;
    }
  }

  async function synthesize(text: string, voice: Voice, signal?: AbortSignal): Promise<Buffer> {
    refuseUnspeakable(text);
    const resting = rest.resting();
    if (resting) throw resting;
    const leave = await options.gate?.enter(signal);
    const startedAt = clock.now();
    const data = { voice: voice.name, chars: text.length };
    try {
      const wav = await within(
        options.timeoutMs,
        client().then((google) => ask(google, { text, voice, timeout: options.timeoutMs })),
      );
      rest.succeeded();
      log.info('tts', { data: { ...data, bytes: wav.length }, durationMs: clock.now() - startedAt });
      return wav;
    } catch (error) {
      const failure = requestFailure(error);
      rest.failed(failure);
      const { reason, message } = failure;
      log.warn('tts', { data: { ...data, reason, message }, durationMs: clock.now() - startedAt });
      throw failure;
    } finally {
      leave?.();
    }
  }

  return {
    synthesize,
    voices: createVoiceList(client),
    async warm() {
      try {
        await openConnection(await client(), options.timeoutMs);
      } catch (error) {
        log.warn('tts', { step: 'warm', data: { message: requestFailure(error).message } });
      }
    },
    async close() {
      closed = true;
      await connecting?.then((google) => google.close()).catch(() => undefined);
    },
  };
}

function refuseUnspeakable(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (text.trim() !== '' && bytes <= MOST_BYTES) return;
  const message = `${SERVICE}: text of ${bytes} bytes; Google takes 1 to ${MOST_BYTES}`;
  throw new UpstreamError(SERVICE, 'bad-request', { message });
}

interface Request {
  text: string;
  voice: Voice;
  timeout: number;
}

async function ask(google: TextToSpeechClient, { text, voice, timeout }: Request): Promise<Buffer> {
  const [answer] = await google.synthesizeSpeech(
    {
      input: { text },
      voice: { name: voice.name, languageCode: voice.language },
      audioConfig: { audioEncoding: 'MULAW', sampleRateHertz: TELEPHONE_RATE },
    },
    { timeout, retry: null }, // by default the client tries again for up to 600 s
  );
  return telephoneReady(answer.audioContent);
}

/** Google puts a WAV header before MULAW; what a telephone cannot play would be noise in the caller's ear. */
function telephoneReady(audio: Uint8Array | string | null | undefined): Buffer {
  if (!audio || audio.length === 0) throw new UpstreamError(SERVICE, 'empty');
  const wav = Buffer.from(audio as Uint8Array);
  const info = readWav(wav);
  const playable = info && info.format !== 'alaw' && info.sampleRate === TELEPHONE_RATE && info.channels === 1;
  if (playable) return wav;
  throw new UpstreamError(SERVICE, 'garbage');
}
