import type { Speak, Voice } from './ports';
import type { Utterance } from './step';

/** What is needed to make a reply audible. Without `speak` every sentence goes to the telephone's own voice. */
export interface Mouth {
  speak: Speak | undefined;
  voice: Voice;
  /** Told of every sentence that could not be had as a clip. */
  missed: (error: unknown) => void;
}

/** Resolves or rejects as `work` does, but rejects as late as after `ms`; its signal is aborted with the turn's, too. */
async function within<T>(ms: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  const timer = setTimeout(() => controller.abort(new Error(`no speech within ${ms} ms`)), ms);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work(controller.signal), rejectedBy(controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

const rejectedBy = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/** The text as a clip, or without one when that takes longer than `patienceMs` or fails. Never rejects. */
export async function voiced(
  mouth: Mouth,
  text: string,
  { patienceMs, signal }: { patienceMs: number; signal: AbortSignal },
): Promise<Utterance> {
  const { speak, voice, missed } = mouth;
  const isOver = () => signal.aborted;
  if (!speak || isOver()) return { text };
  try {
    return { text, clip: await within(patienceMs, signal, (limit) => speak(text, voice, limit)) };
  } catch (error) {
    if (!isOver()) missed(error);
    return { text };
  }
}
