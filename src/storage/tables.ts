import type { Generated, GeneratedAlways } from 'kysely';

/** The rows of the database. Times are in ms since 1970. */
export interface Tables {
  /** Sealed values; see settings/vault.ts. */
  secrets: { name: string; sealed: Buffer; saved_at: number };
  /** Every profile that was saved, as JSON; the newest is in use. */
  profiles: { id: Generated<number>; body: string; saved_at: number };
  /** Small values as JSON. */
  settings: { name: string; value: string; saved_at: number };
  sessions: { id_hash: string; csrf: string; created_at: number; seen_at: number };
  tokens: { id: Generated<number>; name: string; hash: string; created_at: number; used_at: number | null };
  /** A call; `outcome` and `ended_at` are empty while it goes on, `conversation` is what a restart goes on with. */
  calls: CallRow;
  /** A turn: the caller's part and ours. `number` 0 is the greeting. */
  turns: TurnRow;
  /** Status callbacks as they came, each once. */
  call_statuses: { call_sid: string; status: string; sequence: number; at: number; seconds: number | null };
  /** What a call used of paid services, added up; see common/usage.ts. */
  call_usage: { call_sid: string; kind: string; name: string; amount: number };
  messages: MessageRow;
  /** What the owner wants to know of a call, with the caller's own words for it; see calls/fields.ts. */
  fields: FieldRow;
  /** Voicemails; see calls/voicemails.ts. `state`: waiting, fetched, kept, failed, gone, test. */
  recordings: RecordingRow;
  /** Calls we asked Twilio for, each written down before it was asked. `state`: asked, placed, refused, unknown. */
  placed_calls: PlacedCallRow;
  /** Recordings that are still to be removed: their files here, and `elsewhere` if that is 1. */
  removals: { sid: string; elsewhere: number; tries: Generated<number>; due_at: number };
  /** Calls of callers who were forgotten: nothing that is told of them later is written down. */
  forgotten_calls: { sid: string; at: number };
  /** How partial words compared with final ones in the latest turns; see calls/word-pairs.ts. */
  word_pairs: { id: Generated<number>; at: number; matched: number; lead_ms: number };
  /** What is to be told to whom, each once; see outbox/. */
  deliveries: DeliveryRow;
}

interface DeliveryRow {
  id: string;
  event: string;
  /** What may change while it waits: a message's id. */
  about: string | null;
  call_sid: GeneratedAlways<string | null>;
  channel: string;
  target: string;
  body: string;
  state: Generated<string>;
  tries: Generated<number>;
  due_at: number;
  created_at: number;
  delivered_at: number | null;
  problem: string | null;
}

interface CallRow {
  sid: string;
  direction: string;
  from_number: string | null;
  to_number: string | null;
  test: number;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  duration_s: number | null;
  seen_at: number;
  status: string;
  outcome: string | null;
  conversation: string | null;
  /** How putting it through ended: 'accepted', or Twilio's word for why not. */
  transfer: string | null;
  transferred_at: number | null;
  /** How long the person's telephone was connected, in s. */
  transfer_s: number | null;
  /** Until when two people may talk without a webhook of ours; see calls/reaper.ts. */
  bridged_until: number | null;
  /** Why it was met with the busy tone: 'loop' or 'blocked'. */
  refused: string | null;
  /** The limit it reached, by its name in the rules. */
  limited: string | null;
  /** Who took a call of ours: 'person' or 'machine'. */
  answered_by: string | null;
  prompt_tokens: Generated<number>;
  completion_tokens: Generated<number>;
  spoken_characters: Generated<number>;
  /** What a model made of the call once it was over; `understood_at` is set when there will be no more of it. */
  summary: string | null;
  reason: string | null;
  reason_quote: string | null;
  urgency: string | null;
  urgency_quote: string | null;
  understood_at: number | null;
  understand_due_at: Generated<number>;
  understand_tries: Generated<number>;
  /** Since when its words, and its numbers, are no longer kept; see calls/retention.ts. */
  words_gone_at: number | null;
  numbers_gone_at: number | null;
}

interface RecordingRow {
  sid: string;
  call_sid: string;
  seconds: number;
  made_at: number;
  state: string;
  tries: Generated<number>;
  due_at: number;
  /** When it was removed at Twilio. */
  removed_at: number | null;
}

interface PlacedCallRow {
  id: string;
  to_number: string;
  reason: string;
  placed_at: number;
  call_sid: string | null;
  state: string;
}

interface FieldRow {
  call_sid: string;
  name: string;
  value: string;
  quote: string | null;
  turn: number | null;
  /** 'message' (agreed to by the caller), 'note' (during the call) or 'summary' (after it). */
  source: string;
}

interface TurnRow {
  id: Generated<number>;
  call_sid: string;
  number: number;
  at: number;
  words: string | null;
  confidence: number | null;
  digits: string | null;
  reply: Generated<string>;
  heard: string | null;
  clips: Generated<string>;
  rung: string | null;
  voice: string | null;
  first_words_ms: number | null;
  first_clip_ms: number | null;
  first_audio_ms: number | null;
  whole_reply_ms: number | null;
  split: Generated<number>;
  unanswered: Generated<number>;
  /** How long before the caller's last word its reply was begun, where it was. */
  lead_ms: number | null;
  /** Whether its call is a test, once it has been replied to: figures need not look at the call. */
  test: Generated<number>;
  /** Whether its words are in the index; see calls/search-index.ts. */
  searchable: Generated<number>;
}

interface MessageRow {
  id: string;
  call_sid: string;
  from_number: string | null;
  name: string | null;
  number: string | null;
  reason: string | null;
  answers: Generated<string>;
  partial: number;
  test: number;
  taken_at: number;
  state: Generated<string>;
  done_at: number | null;
  /** The sid of its voicemail. */
  recording: string | null;
  numbers_gone_at: number | null;
}
