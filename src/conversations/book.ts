import type { AnsweredBy, RefusalReason } from '../common/call-record';
import type { Limit } from '../common/rules';
import type { WordPair } from '../common/speculation';
import type { Note, Tokens } from './ports';
import type { SavedConversation } from './saved';
import type { Utterance } from './step';

/** A call that has begun. Times here are in ms since 1970. */
export interface OpenedCall {
  callSid: string;
  from: string | undefined;
  to: string | undefined;
  test: boolean;
  /** What we call about, where we have placed the call; then `from` is whom we called. */
  calling?: string | undefined;
  at: number;
}

/** A call met with the busy tone on purpose: our own coming back, or one of a caller the owner has blocked. */
export interface RefusedCall extends OpenedCall {
  why: RefusalReason;
}

/** The caller's part of a turn. All of it absent is silence. */
export interface CallersPart {
  callSid: string;
  turn: number;
  at: number;
  words: string | undefined;
  confidence: number | undefined;
  digits: string | undefined;
}

/** Something handed to the caller in a turn; turn 0 is the greeting. A turn's reply may come in several parts. */
export interface OurPart {
  callSid: string;
  turn: number;
  at: number;
  utterances: readonly Utterance[];
  /** The voice of its clips. */
  voice?: string;
}

/** How the reply of a turn came about. Times are ms after the caller's words came. */
export interface MadeReply {
  callSid: string;
  turn: number;
  rung: string;
  voice: string;
  firstWordsMs: number;
  firstClipMs: number;
  firstAudioMs: number;
  /** Absent where the caller hung up or went on before its end. */
  wholeReplyMs: number | undefined;
  split: boolean;
  tokens: Tokens | undefined;
  /** Nothing in the profile answered it. */
  unanswered: boolean;
  /** How long before the caller's words it was begun; undefined where it was begun with them. */
  leadMs?: number | undefined;
}

/** A reply that nobody heard, begun too soon or overtaken by another: what it cost. */
export interface GuessInVain {
  callSid: string;
  at: number;
  model: string;
  tokens: Tokens;
  voice: string;
  /** How many characters were voiced for it. */
  characters: number;
}

/** How putting a call through ended. */
export interface EndedTransfer {
  callSid: string;
  at: number;
  accepted: boolean;
  status: string;
  /** How long the person's telephone was connected, in s, if Twilio said so. */
  seconds?: number | undefined;
}

/**
 * Where a call is written down while it happens. Nothing here keeps a caller waiting, and nothing throws: what could
 * not be written is the book's own trouble. What is told is written down within some hundredths of a second.
 */
export interface CallBook {
  opened(call: OpenedCall): void;
  /** The call was met with the busy tone, and nothing of it needs anybody's attention. */
  refused(call: RefusedCall): void;
  /** The call has reached a limit: from here on it is about a message. */
  limited(reached: { callSid: string; limit: Limit; at: number }): void;
  /** Twilio has found out who took a call of ours, which may be over by then. */
  answeredBy(found: { callSid: string; by: AnsweredBy; at: number }): void;
  heard(part: CallersPart): void;
  said(part: OurPart): void;
  replied(reply: MadeReply): void;
  guessedInVain(guess: GuessInVain): void;
  /** How a real turn's last partial words compared with the final ones. */
  paired(pair: WordPair & { callSid: string; at: number }): void;
  /** What the caller told of the profile's fields, in this turn or before. */
  noted(notes: { callSid: string; notes: readonly Note[] }): void;
  /** What of a turn's reply can have been heard, where the caller broke in. */
  brokeIn(turn: { callSid: string; turn: number; heard: string }): void;
  /** The call was put through to a person, who took it or not; `status` is Twilio's word for it. */
  transferred(transfer: EndedTransfer): void;
  /** The conversation as it stands, so that a restart can go on with it. */
  keep(callSid: string, conversation: SavedConversation): void;
  /** Resolves once all that was told would survive the end of the process, or could not be written. */
  written(): Promise<void>;
  /** The conversation of a call that went on before this process began; 'over' when Twilio has told of its end. */
  reopen(callSid: string): Promise<SavedConversation | 'over' | undefined>;
  /** No webhook will come any more, as far as the core can tell. */
  ended(callSid: string): void;
}
