import type { Mouth } from './voicing';

/** Speech that is asked for while it is only likely that its sentence ends there. */
export interface HeadStart {
  begin(text: string): void;
  /** A sentence is said: what was begun for it was not in vain. */
  said(text: string): void;
  /** How many characters were voiced for sentences that went on. */
  wasted(): number;
}

/** None begun yet. A failure is nobody's trouble: the sentence is asked for again when it is said. */
export function createHeadStart(mouth: () => Pick<Mouth, 'speak' | 'voice'>, signal: AbortSignal): HeadStart {
  const begun = new Set<string>();
  return {
    begin(text) {
      const { speak, voice } = mouth();
      if (!speak || signal.aborted || begun.has(text)) return;
      begun.add(text);
      speak(text, voice, signal).catch(() => undefined);
    },
    said: (text) => void begun.delete(text),
    wasted: () => [...begun].reduce((sum, { length }) => sum + length, 0),
  };
}
