import { BRIEF, createSentenceCutter } from '../sentences';
import { toSpeakable } from '../speakable';

/** Finds the first sentence of a reply, as it will be spoken, while its words come. */
export interface FirstSentence {
  push(words: string): void;
  /** The words have ended. */
  end(): void;
}

/** Tells `found` the first sentence, once, as soon as it is sure. It is cut as the reply itself will be cut. */
export function createFirstSentence(found: (text: string) => void): FirstSentence {
  const cutter = createSentenceCutter(BRIEF);
  let done = false;
  const look = (sentences: readonly string[]) => {
    const first = sentences.map(toSpeakable).find(Boolean);
    if (done || first === undefined) return;
    done = true;
    found(first);
  };
  return {
    push: (words) => (done ? undefined : look(cutter.push(words))),
    end: () => look([cutter.rest()]),
  };
}
