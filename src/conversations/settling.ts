import { audiblePart } from './audible';
import type { Call } from './call';
import { withCaller, withMoreOfCaller, withReply, type History } from './history';

/** What the caller's words are heard against: our last reply, and what of it can have been heard before them. */
export interface LastReply {
  full: string;
  audible: string;
}

/** Our last reply as a caller knows it who says `words`, received at `now` (ms). Silence has heard it out. */
export function lastReplyOf({ handed }: Call, words: string, now: number): LastReply {
  const full = handed.map((utterance) => utterance.text).join(' ');
  return { full, audible: words ? audiblePart(handed, words, now) : full };
}

/** The history with what was audible of our reply, and then the caller's words. */
export function taking(call: Call, words: string, { audible }: LastReply): History {
  const interrupted = audible === '' && (call.turn ?? call.repliedTurn) !== undefined && !call.taking;
  return interrupted && words
    ? withMoreOfCaller(call.history, words)
    : withCaller(withReply(call.history, audible), words);
}
