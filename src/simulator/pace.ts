import { setTimeout as sleep } from 'node:timers/promises';

/** Lets this many ms pass, or pretends to. */
export type Wait = (ms: number) => Promise<void>;

/** How time passes on a call. */
export interface Pace {
  wait: Wait;
  /** How many ms were only pretended: they belong to the call's length all the same. */
  pretendedMs(): number;
}

/** A pace by its name, or one that hands every wait to a function. A real wait ends with an error when aborted. */
export function paceOf(kind: 'instant' | 'real' | Wait, signal: AbortSignal): Pace {
  if (kind === 'real') {
    return { wait: (ms) => sleep(ms, undefined, { signal }), pretendedMs: () => 0 };
  }
  let pretended = 0;
  return {
    wait: async (ms) => {
      pretended += ms;
      if (kind !== 'instant') await kind(ms);
    },
    pretendedMs: () => pretended,
  };
}

/** How long a voice takes over a text, in ms: about 15 characters a second. */
export function sayMs(text: string): number {
  return text.length * 65;
}

/** How long a caller takes to say words, in ms, without the pause that ends them. */
export function speakMs(words: string): number {
  return words.trim().split(/\s+/).length * 350;
}
