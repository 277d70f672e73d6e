import { UpstreamError, type UpstreamReason } from '../common/errors';
import type { Voice } from '../conversations/ports';
import { createGoogleVoice, type GoogleVoiceOptions } from './google';

const CHECK_MS = 6_000;

type Said = { ok: boolean; message: string; remedy?: string };

const SAID: Partial<Record<UpstreamReason, Said>> = {
  unauthorised: {
    ok: false,
    message: 'Google refuses these credentials.',
    remedy: 'Check that the Text-to-Speech API is enabled for the project and that the key may use it.',
  },
  'model-gone': {
    ok: false,
    message: 'Google does not have the voice that is set.',
    remedy: 'Set TTS_VOICE to one of its voices.',
  },
  'rate-limited': { ok: false, message: "The project's quota is used up.", remedy: 'Try again in a minute.' },
  timeout: { ok: false, message: 'Google did not answer in time.', remedy: 'Try again in a minute.' },
  unreachable: { ok: false, message: 'Google cannot be reached.', remedy: "Look at this machine's network." },
};
const ELSE: Said = {
  ok: false,
  message: 'Google could not speak with these credentials.',
  remedy: 'Try again in a minute.',
};

/** Has Google say one word with these credentials. Never rejects. */
export async function checkGoogleVoice(options: Omit<GoogleVoiceOptions, 'timeoutMs'>, voice: Voice): Promise<Said> {
  const google = createGoogleVoice({ ...options, timeoutMs: CHECK_MS });
  try {
    await google.synthesize('Hello.', voice);
    return { ok: true, message: `Google speaks, with the voice ${voice.name}.` };
  } catch (error) {
    return (error instanceof UpstreamError && SAID[error.reason]) || ELSE;
  } finally {
    await google.close();
  }
}
