import type { Clip, Speak } from './ports';
import type { Mouth } from './voicing';

/** Speech that is asked for while it is only likely that its sentence ends there. One sentence at a time. */
export interface HeadStart {
  begin(text: string): void;
  /** The mouth for what is said: what was begun for the same sentence goes on, and for any other it ends. */
  mouth(): Mouth;
  /** Nothing more is said. Gives how many characters were voiced for sentences that went on. */
  end(): number;
}

interface Begun {
  text: string;
  clip: Promise<Clip>;
  stop: AbortController;
  failed: boolean;
}

/** None begun yet. `hasRoom` tells whether nobody else waits for the voice; with the signal everything ends. */
export function createHeadStart(mouth: () => Mouth, hasRoom: () => boolean, signal: AbortSignal): HeadStart {
  let begun: Begun | undefined;
  let wasted = 0;
  const letGo = () => {
    if (begun && !begun.failed) wasted += begun.text.length;
    begun?.stop.abort(new Error('the sentence went on'));
    begun = undefined;
  };
  const take = (text: string): Begun | undefined => {
    const mine = begun?.text === text ? begun : undefined;
    if (mine) begun = undefined;
    else letGo();
    return mine;
  };
  const goingOn =
    (speak: Speak): Speak =>
    (text, voice, limit) => {
      const mine = take(text);
      if (!mine) return speak(text, voice, limit);
      limit.addEventListener('abort', () => mine.stop.abort(limit.reason), { once: true });
      return mine.clip;
    };
  signal.addEventListener('abort', letGo, { once: true });
  return {
    begin(text) {
      const { speak, voice } = mouth();
      if (!speak || signal.aborted || begun?.text === text || !hasRoom()) return;
      letGo();
      const stop = new AbortController();
      const mine = { text, clip: speak(text, voice, stop.signal), stop, failed: false };
      mine.clip.catch(() => (mine.failed = true)); // who says the sentence hears of it
      begun = mine;
    },
    mouth() {
      const { speak, ...rest } = mouth();
      return { ...rest, speak: speak && goingOn(speak) };
    },
    end() {
      letGo();
      return wasted;
    },
  };
}
