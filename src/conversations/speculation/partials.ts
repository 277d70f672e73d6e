import { folded } from './same-words';

/** Words as they were recognised so far. Twilio numbers the partial results of one Gather. */
export interface PartialWords {
  sequence: number;
  words: string;
}

/** How many pauses there were, and how long the longest was: a turn may have any number of them. */
export interface Pauses {
  count: number;
  longestMs: number;
}

/** The partial words of one turn, in the order they were spoken, whatever the order in which they came. */
export interface Partials {
  /** Takes what came at `at` (ms). True when it changes the words; late and repeated ones are dropped. */
  take(partial: PartialWords, at: number): boolean;
  /** The newest words, and since when they stand (ms); undefined before the first. */
  latest(): { words: string; since: number } | undefined;
  /** The pauses between changes so far. */
  pauses(): Pauses;
}

/** No words yet. */
export function createPartials(): Partials {
  let pauses: Pauses = { count: 0, longestMs: 0 };
  let last = -1;
  let latest: { words: string; since: number } | undefined;
  let key = '';
  return {
    pauses: () => pauses,
    latest: () => latest,
    take({ sequence, words }, at) {
      if (sequence <= last) return false;
      last = sequence;
      const next = folded(words);
      if (next === key) return noteMarks(words);
      if (latest) pauses = { count: pauses.count + 1, longestMs: Math.max(pauses.longestMs, at - latest.since) };
      key = next;
      latest = { words, since: at };
      return true;
    },
  };

  /** The same words, perhaps with the mark that ends their sentence. */
  function noteMarks(words: string): boolean {
    const marked = latest !== undefined && latest.words !== words;
    if (latest) latest.words = words;
    return marked;
  }
}
