import type { Profile } from '../common/profile';
import type { Clip, Speak, Voice } from '../conversations/ports';
import type { Clips } from './clips';
import type { Synthesize } from './google';
import { isNobodysOwn } from './nobodys-own';

/** What it takes to speak. The profile tells which sentences are nobody's own. */
interface SpeakOptions {
  synthesize: Synthesize;
  clips: Clips;
  profile: () => Profile;
}

/**
 * Words to a clip: from memory if the same voice said them before, otherwise made, once for all who ask meanwhile.
 * Resolves as soon as the clip can be served. Rejects with UpstreamError when the voice fails, and with the signal's
 * reason when it is aborted; a clip that has been asked for is then still made, for those who ask next.
 */
export function createSpeak({ synthesize, clips, profile }: SpeakOptions): Speak {
  const making = new Map<string, Making>();

  function make(name: string, text: string, voice: Voice): Making {
    const deserted = new AbortController();
    const clip = synthesize(text, voice, deserted.signal)
      .then((wav) => clips.put(name, 'reply', wav))
      .finally(() => making.delete(name));
    const made = { clip, waiting: 0, deserted };
    making.set(name, made);
    return made;
  }

  const noteRepetition = (name: string, text: string) => {
    if (isNobodysOwn(text, profile())) clips.saidAgain(name);
  };

  return async (text, voice, signal) => {
    signal.throwIfAborted();
    const name = clips.nameOf({ kind: 'reply', voice, text });
    const held = clips.held(name);
    if (held) {
      setImmediate(noteRepetition, name, text); // the answer goes first
      return held;
    }
    return waitFor(making.get(name) ?? make(name, text, voice), signal);
  };
}

/** A clip in the making, and how many wait for it; where nobody does, its request is not begun any more. */
interface Making {
  clip: Promise<Clip>;
  waiting: number;
  deserted: AbortController;
}

async function waitFor(making: Making, signal: AbortSignal): Promise<Clip> {
  making.waiting += 1;
  try {
    return await untilAborted(making.clip, signal);
  } finally {
    making.waiting -= 1;
    if (making.waiting === 0) making.deserted.abort(new Error('nobody waits for it any more'));
  }
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
