import { paceOf, type Draft } from './draft';
import { BRIEF, createSentenceCutter } from './sentences';

/** A second of speech, in characters. */
const CLAUSE_LENGTH = 18;
/** A clause of this length goes ahead however fast the words come: its sentence is a long one. */
const LONG_CLAUSE = 90;
/** What follows a first clause in its sentence, in characters. */
const REST_LENGTH = 60;
/** How long the rest of a sentence may take, in ms, before its first clause is worth a clip of its own. */
const CLAUSE_PATIENCE_MS = 80;

/** What comes at once is taken in bites of so many characters: past the end of a full reply nothing is read. */
const BITE = 400;

/** What of a draft a pump needs. */
type Filled = Pick<Draft, 'progress' | 'say' | 'foresee'> & { readonly waiting: readonly unknown[] };

/** Takes a model's words as they come and puts sentences into the draft. */
export interface WordPump {
  /** False when the draft is full. */
  push(words: string): boolean;
  /** The same for words that are a part of their own, with nothing before them. */
  pushAsOne(words: string): boolean;
  /** Whether it put anything into the draft. */
  said(): boolean;
  /** Puts in what is left, or drops it when only whole sentences are wanted and there was one. */
  end(options?: { wholeSentencesOnly: boolean }): void;
  stop(): void;
}

/** A pump into `draft`. The first clause goes ahead of its sentence when the words come slowly, or stop coming. */
export function createWordPump(draft: Filled): WordPump {
  const cutter = createSentenceCutter(BRIEF);
  let timer: NodeJS.Timeout | undefined;
  let said = false;
  let full = false;
  const say = (words: string) => {
    if (full) return false;
    const before = draft.waiting.length;
    const room = draft.say(words);
    said ||= draft.waiting.length > before;
    full = !room;
    return room;
  };
  const stop = () => clearTimeout(timer);
  const begin = (minLength: number) => {
    const clause = cutter.takeClause(minLength);
    const words = clause ? undefined : cutter.foreseen(minLength);
    if (clause) say(clause);
    if (words) draft.foresee(words);
  };
  const whenTheyStop = () => {
    timer = undefined;
    const words = cutter.foreseen(CLAUSE_LENGTH) ? cutter.rest() : cutter.takeClause(CLAUSE_LENGTH);
    if (words) say(words);
  };
  return {
    push(words) {
      draft.progress.characters += words.length;
      for (let at = 0; at < words.length && !full; at += BITE) cutter.push(words.slice(at, at + BITE)).every(say);
      if (!said) begin(REST_LENGTH / paceOf(draft.progress) > CLAUSE_PATIENCE_MS ? CLAUSE_LENGTH : LONG_CLAUSE);
      if (said) stop();
      else timer = timer?.refresh() ?? setTimeout(whenTheyStop, CLAUSE_PATIENCE_MS);
      return !full;
    },
    pushAsOne(words) {
      draft.progress.characters += words.length;
      return say([...cutter.push(words), cutter.rest()].join(' '));
    },
    said: () => said,
    end({ wholeSentencesOnly } = { wholeSentencesOnly: false }) {
      stop();
      const rest = cutter.rest();
      if (rest && !(wholeSentencesOnly && said)) say(rest);
    },
    stop,
  };
}
