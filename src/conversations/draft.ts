import { createBell, type Bell } from '../common/bell';
import { toSpeakable } from './speakable';
import type { ListeningMode, Utterance } from './step';

/** A reply is cut off after this many characters: over a minute of speech helps nobody on a telephone. */
const MAX_REPLY = 1_200;

/** How a reply ends: by listening again, by hanging up, or by putting the call through. */
export type Ending =
  | { kind: 'listen'; mode: ListeningMode }
  | { kind: 'hangUp' }
  | { kind: 'transfer'; number: string }
  | { kind: 'record' };

/** One sentence of a reply; `utterance` is there once it can be played, since `readyAt`. Times in ms since 1970. */
export interface Part {
  text: string;
  saidAt: number;
  utterance?: Utterance;
  readyAt?: number;
}

/** A reply in the making: the ladder fills it, delivery hands it out, each hears of the other by the bell. */
export interface Draft {
  readonly bell: Bell;
  /** Whether any words have come from a model yet. */
  begun: boolean;
  /** How many characters have come, and since when (ms): how fast the model speaks. */
  progress: { characters: number; since: number };
  /** When the first sentence could be heard, by the clock that never jumps. */
  readonly firstReadyTick: number | undefined;
  /** Whether the model has decided on something that takes the place of its words: none of them go out before the end. */
  decided: boolean;
  /** Set when everything to be said is in. */
  ending: Ending | undefined;
  /** Sentences not handed out yet, in order. */
  readonly waiting: readonly Part[];
  /** How many sentences were handed out. */
  readonly handedOut: number;
  /** Adds a sentence, made speakable. False when the reply is full. */
  say(words: string): boolean;
  /** Has a sentence voiced that will be said if it ends where it seems to. */
  foresee(words: string): void;
  /** Forgets what was not handed out. */
  discard(): void;
  /** Takes the first `count` sentences out, which are ready. */
  handOut(count: number): Utterance[];
  finish(ending: Ending): void;
}

/** How fast a model speaks, in characters a ms. */
export const paceOf = ({ characters, since }: Draft['progress']): number =>
  characters / Math.max(1, performance.now() - since);

/** An empty draft. `voiced` makes a sentence audible and never fails, `foreseen` begins to; `now` is in ms. */
export function createDraft(
  voiced: (text: string) => Promise<Utterance>,
  now: () => number,
  foreseen: (text: string) => void = () => undefined,
): Draft {
  const bell = createBell();
  const parts: Part[] = [];
  let length = 0;
  const draft = {
    bell,
    begun: false,
    decided: false,
    progress: { characters: 0, since: 0 },
    firstReadyTick: undefined as number | undefined,
    ending: undefined as Ending | undefined,
    handedOut: 0,
    waiting: parts,
    say(words: string) {
      const text = toSpeakable(words);
      if (!text) return true;
      if (length > 0 && length + text.length > MAX_REPLY) return false;
      length += text.length;
      const part: Part = { text, saidAt: now() };
      parts.push(part);
      void voiced(text).then((utterance) => {
        part.utterance = utterance;
        part.readyAt = now();
        draft.firstReadyTick ??= performance.now();
        bell.ring();
      });
      bell.ring();
      return true;
    },
    foresee(words: string) {
      const text = toSpeakable(words);
      if (text && !draft.decided) foreseen(text);
    },
    discard() {
      parts.length = 0;
      length = 0;
      draft.decided = false;
      if (draft.handedOut === 0) draft.firstReadyTick = undefined;
    },
    handOut(count: number) {
      draft.handedOut += count;
      const said = parts.splice(0, count).flatMap((part) => part.utterance ?? []);
      return [...said]; // it is kept as long as the call is open; a list that grew has room for sixteen more
    },
    finish(ending: Ending) {
      draft.ending = ending;
      bell.ring();
    },
  };
  return draft;
}
