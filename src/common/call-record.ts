import type { Limit } from './rules';
import type { Usage } from './usage';

/** How a call ended, in one word. */
export const OUTCOMES = ['answered', 'message', 'transferred', 'abandoned', 'failed', 'missed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a call was met with the busy tone: our own coming back, or a caller the owner has blocked. */
export type RefusalReason = 'loop' | 'blocked';

/** Who took a call of ours, as far as Twilio could tell. */
export type AnsweredBy = 'person' | 'machine';

/** Something of a reply that was said: by a clip, or by the telephone's own voice. */
export interface SaidPart {
  text: string;
  clip?: string;
}

/** One turn of a call. Times of day in ms since 1970, durations in ms. */
export interface WrittenTurn {
  number: number;
  at: number;
  words: string | undefined;
  confidence: number | undefined;
  digits: string | undefined;
  reply: string;
  /** What of the reply can have been heard, where the caller broke in. */
  heard: string | undefined;
  said: readonly SaidPart[];
  rung: string | undefined;
  voice: string | undefined;
  firstWordsMs: number | undefined;
  firstClipMs: number | undefined;
  firstAudioMs: number | undefined;
  /** Absent, too, where the caller did not wait for the whole reply. */
  wholeReplyMs: number | undefined;
  split: boolean;
  unanswered: boolean;
  /** How long before the caller had finished the reply was begun; undefined where it was begun afterwards. */
  leadMs: number | undefined;
}

/** Something told of what the owner wants to know. Without a turn it was agreed to, but stands in no one turn. */
export interface CallField {
  name: string;
  value: string;
  /** The caller's own words that say it, and the turn they stand in. */
  quote: string | undefined;
  turn: number | undefined;
  source: string;
}

/** What a call was about. `quote`s are the caller's own words. */
export interface CallUnderstanding {
  summary: string | undefined;
  reason: string | undefined;
  reasonQuote: string | undefined;
  urgency: string | undefined;
  urgencyQuote: string | undefined;
}

/** A message as the owner sees it. Times in ms since 1970. */
export interface KeptMessage {
  id: string;
  callSid: string;
  from: string | undefined;
  name: string | undefined;
  number: string | undefined;
  reason: string | undefined;
  /** The owner's own questions, and what the caller said to them. */
  answers: readonly { question: string; answer: string }[];
  partial: boolean;
  test: boolean;
  takenAt: number;
  state: 'new' | 'done';
  doneAt: number | undefined;
  /** What is known of its call, with the evidence. */
  fields: readonly CallField[];
  voicemail: KeptVoicemail | undefined;
}

/** A recording of a caller's message; `here` once its file can be heard. */
export interface KeptVoicemail {
  sid: string;
  seconds: number;
  here: boolean;
  givenUp: boolean;
  /** It was kept long enough. */
  gone: boolean;
}

/** Which messages are wanted; the newest come first, from `before` on (a place in the list). */
export interface MessageFilter {
  state?: 'new' | 'done' | undefined;
  before?: { takenAt: number; id: string } | undefined;
  limit: number;
}

/** Everything the book has of a call. */
export interface WrittenCall {
  sid: string;
  direction: string;
  from: string | undefined;
  to: string | undefined;
  test: boolean;
  startedAt: number;
  answeredAt: number | undefined;
  endedAt: number | undefined;
  durationS: number | undefined;
  status: string;
  outcome: Outcome | undefined;
  /** Why it was met with the busy tone. */
  refused: RefusalReason | undefined;
  /** The limit it reached, if it did. */
  limited: Limit | undefined;
  /** How putting it through ended: 'accepted', or Twilio's word for why not. */
  transfer: string | undefined;
  /** How long the person's telephone was connected, in s, as far as it is known. */
  transferS: number | undefined;
  answeredBy: AnsweredBy | undefined;
  usage: readonly Usage[];
  tokens: { prompt: number; completion: number };
  spokenCharacters: number;
  turns: readonly WrittenTurn[];
  /** What was said was kept long enough, and is removed. */
  wordsGone: boolean;
  messages: readonly KeptMessage[];
  statuses: readonly { status: string; at: number }[];
  fields: readonly CallField[];
  /** Undefined until the call is over and its record complete. */
  understanding: CallUnderstanding | undefined;
}

/** A call in a list. Times in ms since 1970. */
export interface ListedCall {
  sid: string;
  direction: string;
  from: string | undefined;
  to: string | undefined;
  test: boolean;
  startedAt: number;
  endedAt: number | undefined;
  durationS: number | undefined;
  status: string;
  /** Undefined while the call goes on. */
  outcome: Outcome | undefined;
  /** The limit it reached, if it did. */
  limited: Limit | undefined;
  answeredBy: AnsweredBy | undefined;
  turns: number;
  /** The caller's first words. */
  opening: string | undefined;
}

/** Which calls are wanted; the newest come first, from `before` on (a place in the list). */
export interface CallFilter {
  /** Words that stand in the transcript, each of them. */
  words?: string | undefined;
  outcome?: Outcome | 'going on' | undefined;
  /** The number of whoever called, or was called by us. */
  caller?: string | undefined;
  since?: number | undefined;
  until?: number | undefined;
  tests?: boolean | undefined;
  before?: { startedAt: number; sid: string } | undefined;
  limit: number;
}

/** A question nobody could answer, as often as it was asked; the newest asking is named. Times in ms since 1970. */
export interface OpenQuestion {
  /** Its newest turn. */
  id: number;
  callSid: string;
  words: string;
  times: number;
  at: number;
  /** Asked in test calls alone. */
  test: boolean;
}

/** How much the book has of one caller. */
export interface CallersTraces {
  calls: number;
  turns: number;
  fields: number;
  messages: number;
  recordings: number;
  /** What was told, or is to be told, to others. */
  deliveries: number;
  /** Calls that we placed to them. */
  placedCalls: number;
}

/** What became of a wish to forget a caller; `recordingsLeft` could not be removed yet, and are tried again. */
export type Forgotten =
  | { ok: true; removed: CallersTraces; recordingsLeft: number }
  | { ok: false; status: number; field: string; code: string; error: string; remedy: string };
