import type { Address, AddressBook } from './address';
import type { Journal } from './call-report';
import type { CallerScript } from './caller';
import type { Pace } from './pace';
import type { Limits, PhoneLine } from './phone-line';
import type { Element } from './twiml/parse';

/** A call in progress: everything its verbs need. */
export interface Call {
  readonly line: PhoneLine;
  readonly callSid: string;
  readonly caller: CallerScript;
  readonly addresses: AddressBook;
  readonly journal: Journal;
  readonly pace: Pace;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Fails when the call is given up by the signal; never fulfilled. */
  readonly givenUp: Promise<never>;
  /** The current turn: its number, and when its webhook was sent (ms of performance.now). */
  turn: { number: number; startedAt: number };
  /** How much of `journal.report.heard` the caller had heard when they last did something. */
  heardUntil: number;
}

/** A webhook to be sent next. `fields` come on top of the usual ones. */
export interface WebhookRequest {
  address: Address;
  method: 'GET' | 'POST';
  fields: Readonly<Record<string, string>>;
  /** Whether the caller did something, so that a new turn begins. */
  beginsTurn: boolean;
}

/** What a verb leads to. Nothing: the next verb. */
export type Next =
  { fetch: WebhookRequest } | { end: 'server' | 'caller'; rejected?: 'busy' | 'no-answer' } | undefined;

/** A verb at work on a call, and the document it stands in. */
export interface VerbAtWork {
  call: Call;
  verb: Element;
  document: TwimlDocument;
}

/** TwiML as it was fetched, and where from. */
export interface TwimlDocument {
  address: Address;
  verbs: readonly Element[];
}
