import type { Profile } from '../common/profile';

/** One message of a call's history. The first is always the system prompt. */
export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** What a reply may decide besides its words. Decisions take effect only through the core. */
export type Decision =
  | { kind: 'endCall' }
  | { kind: 'transfer'; reason?: string }
  | { kind: 'takeMessage'; name?: string; number?: string; reason?: string };

/** A reply arrives in pieces: words as they are made, decisions, what the caller told, and what it cost. */
export type ReplyPiece =
  Words | { kind: 'decision'; decision: Decision } | { kind: 'note'; note: Note } | { kind: 'usage'; tokens: Tokens };

/** What a model says next; `asOne` is cut nowhere: it was made audible so. */
export interface Words {
  kind: 'words';
  text: string;
  asOne?: true;
}

/** Something a caller told that the owner wants to know; `quote` are the caller's own words that say it. */
export interface Note {
  field: string;
  value: string;
  quote: string;
}

/** What a model counted: tokens it read, and tokens it made. */
export interface Tokens {
  prompt: number;
  completion: number;
}

/** What a reply may know of its call. `messages` begins with the system prompt and ends with the caller's words. */
export interface CallContext {
  callSid: string;
  from: string | undefined;
  profile: Profile;
  messages: readonly Message[];
  /** Whether the caller may be put through to a person now. */
  canTransfer?: boolean;
  /** What of the profile's fields the caller has not told yet. */
  missing?: readonly string[];
}

/** In English a token has about so many characters. */
const CHARACTERS_A_TOKEN = 4;

/** About how many tokens a model reads or makes for these messages. */
export const tokensIn = (messages: readonly Message[]): number =>
  Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / CHARACTERS_A_TOKEN);

/**
 * The mind. Yields the reply to the last message in pieces; ends normally only when the reply is finished.
 * Throws UpstreamError otherwise, also after words were yielded (a reply cut short is not an answer).
 * Aborting the signal ends it at once.
 */
export type Reply = (call: CallContext, signal: AbortSignal) => AsyncIterable<ReplyPiece>;

/** Telephone-ready audio that the audio route can serve under `name`. */
export interface Clip {
  name: string;
  durationMs: number;
}

/** A voice by the name its service gives it (`en-US-Neural2-F`), and its language (BCP 47). */
export interface Voice {
  name: string;
  language: string;
}

/** The mouth: text to a clip. Throws UpstreamError when there is none to be had. */
export type Speak = (text: string, voice: Voice, signal: AbortSignal) => Promise<Clip>;

/** A message as a caller left it. */
export interface TakenMessage {
  id: string;
  callSid: string;
  from: string | undefined;
  name: string | undefined;
  number: string | undefined;
  reason: string | undefined;
  takenAt: string;
  /** The caller hung up before the message was complete. */
  partial: boolean;
  /** What the caller answered to the owner's own questions. */
  answers?: readonly MessageAnswer[];
  /** Recorded by Twilio under this name, instead of words. */
  voicemail?: Voicemail;
  /** Left on a call from this machine, to try it. */
  test?: true;
}

/** A recording at Twilio: its sid, and its length in s. */
export interface Voicemail {
  sid: string;
  seconds: number;
}

/** One of the owner's own questions, and what the caller said to it. */
export interface MessageAnswer {
  question: string;
  answer: string;
}

/** Writes a message down. Resolves only once it would survive a crash. A repeated id replaces the earlier message. */
export type SaveMessage = (message: TakenMessage) => Promise<void>;
