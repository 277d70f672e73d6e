import type { Pauses } from './partials';

/** Nobody stops here for good: an article, a conjunction, a preposition, a subject without its verb. */
const OPEN_END =
  /(?:^| )(?:an?|the|and|or|but|so|because|if|when|that|to|of|for|with|at|in|on|from|by|about|than|like|my|your|our|his|their|is|are|was|were|do|does|did|can|could|would|will|should|i|we|they|he|she|i'm|i'd|i'll|we're|it's|u[hm]+|very|please)$/;
const FINISHED = /[.?!。？！]["”]?\s*$/;

/** How long words have to stay the same, in ms: longer than the pauses that were in this utterance so far. */
const LEAST_MS = 100;
const AT_FIRST_MS = 180;
const ENOUGH_PAUSES = 3;
const MOST_MS = 250;
const BEYOND_THE_LONGEST = 1.15;
/** An utterance without an end waits so long. */
const OPEN_END_MS = 400;

/** How long `words` must stay unchanged to look complete, in ms; `pauses` are those before them. */
export function quietFor(words: string, { count, longestMs }: Pauses): number {
  if (FINISHED.test(words)) return 0;
  if (OPEN_END.test(words.toLowerCase().trim())) return OPEN_END_MS;
  const least = count < ENOUGH_PAUSES ? AT_FIRST_MS : LEAST_MS;
  return Math.min(MOST_MS, Math.max(least, BEYOND_THE_LONGEST * longestMs));
}
