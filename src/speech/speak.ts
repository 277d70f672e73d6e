import type { Clip, Speak, Voice } from '../conversations/ports';
import type { Clips } from './clips';
import type { Synthesize } from './google';

/**
 * Words to a clip: from memory if the same voice said them before, otherwise made, once for all who ask meanwhile.
 * Resolves as soon as the clip can be served. Rejects with UpstreamError when the voice fails, and with the signal's
 * reason when it is aborted; the clip is then still made, for those who ask next.
 */
export function createSpeak({ synthesize, clips }: { synthesize: Synthesize; clips: Clips }): Speak {
  const making = new Map<string, Promise<Clip>>();

  function make(name: string, text: string, voice: Voice): Promise<Clip> {
    const clip = synthesize(text, voice)
      .then((wav) => clips.put(name, 'reply', wav))
      .finally(() => making.delete(name));
    making.set(name, clip);
    return clip;
  }

  return async (text, voice, signal) => {
    signal.throwIfAborted();
    const name = clips.nameOf({ kind: 'reply', voice, text });
    const held = clips.held(name);
    if (held) return held;
    return untilAborted(making.get(name) ?? make(name, text, voice), signal);
  };
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
