import { toSpeakable } from '../speakable';
import { createWordPump } from '../word-pump';

/** Finds the first part of a reply, as a turn would cut it, while its words come. */
export interface FirstPart {
  push(words: string): void;
  /** The words have ended. */
  end(): void;
  /** Nothing is found any more. */
  stop(): void;
  /** The part as the model said it, once it is found. */
  readonly words: string | undefined;
}

/** Tells `found` the first part, once, as it will be spoken. */
export function createFirstPart(found: (text: string) => void): FirstPart {
  const parts: string[] = [];
  const draft = {
    progress: { characters: 0, since: 0 },
    waiting: parts,
    foresee: () => undefined, // there is time enough
    say(words: string) {
      const text = toSpeakable(words);
      if (!text || parts.length > 0) return parts.length === 0;
      parts.push(words);
      found(text);
      return false;
    },
  };
  const pump = createWordPump(draft);
  let stopped = false;
  const isOver = () => stopped || parts.length > 0;
  return {
    get words() {
      return parts[0];
    },
    push(words) {
      const begins = draft.progress.since === 0;
      if (isOver() || (begins && words.trim() === '')) return;
      if (begins) draft.progress.since = performance.now();
      pump.push(words);
    },
    end: () => (isOver() ? undefined : pump.end()),
    stop() {
      stopped = true;
      pump.stop();
    },
  };
}
