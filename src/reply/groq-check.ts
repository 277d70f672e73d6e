import Groq from 'groq-sdk';
import { systemClock } from '../common/clock';
import type { UpstreamReason } from '../common/errors';
import { toUpstreamError } from './groq/failure';

/** What came of trying a key. */
export interface KeyVerdict {
  ok: boolean;
  message: string;
  remedy?: string;
}

const CHECK_MS = 6_000;
const SHOWN_MODELS = 5;

const SAID: Partial<Record<UpstreamReason, KeyVerdict>> = {
  unauthorised: { ok: false, message: 'Groq refuses this key.', remedy: 'Make a new one at console.groq.com/keys.' },
  'rate-limited': { ok: false, message: 'The key works, but its quota is used up.', remedy: 'Try again in a minute.' },
  timeout: { ok: false, message: 'Groq did not answer in time.', remedy: 'Try again in a minute.' },
  unreachable: { ok: false, message: 'Groq cannot be reached.', remedy: "Look at this machine's network." },
};
const ELSE: KeyVerdict = { ok: false, message: 'Groq could not check this key.', remedy: 'Try again in a minute.' };

/** Asks Groq which models a key may use. Never rejects. */
export async function checkGroqKey({
  apiKey,
  baseURL,
  model,
}: {
  apiKey: string;
  baseURL: string | undefined;
  model: string;
}): Promise<KeyVerdict> {
  const groq = new Groq({ apiKey, maxRetries: 0, timeout: CHECK_MS, logLevel: 'off', ...(baseURL ? { baseURL } : {}) });
  try {
    const { data } = await groq.models.list();
    const ids = data.map(({ id }) => id);
    if (ids.includes(model)) return { ok: true, message: `The key works, and ${model} answers to it.` };
    const some = ids.slice(0, SHOWN_MODELS).join(', ') || 'none';
    return {
      ok: false,
      message: `The key works, but Groq has no model ${model} for it.`,
      remedy: `Set GROQ_MODEL to one of: ${some}.`,
    };
  } catch (error) {
    return SAID[toUpstreamError(error, systemClock).reason] ?? ELSE;
  }
}
