import type { Transaction } from 'kysely';
import type { KeptMessage, WrittenCall } from '../common/call-record';
import type { CallEvent } from '../common/events';
import type { Tables } from '../storage/tables';
import { readCall } from './one-call';
import { settleOutcome } from './outcome';

/** Has an event told to others, in the transaction that made it true. */
export type Announce = (db: Transaction<Tables>, event: CallEvent) => Promise<unknown>;

/** Ends a call in the book, and tells of it the first time. */
export type Settle = (db: Transaction<Tables>, sid: string, endedAt: number) => Promise<void>;

/** What others see of a business besides its calls. */
export interface About {
  business: string;
  /** Where the console is, without a slash at its end. */
  address: string | undefined;
}

/** A way to end calls that tells of each end once. Test calls tell nobody. */
export function createSettle(announce: Announce, about: () => About): Settle {
  return async (db, sid, endedAt) => {
    if (!(await settleOutcome(db, sid, endedAt))) return;
    const call = await readCall(db, sid);
    if (!call || call.test) return;
    await announce(db, { type: 'call.ended', at: endedAt, data: callData(call, about()) });
  };
}

const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
const linkTo = ({ address }: About, path: string) => (address === undefined ? null : address + path);

const callData = (call: WrittenCall, about: About) => ({
  business: about.business,
  call_sid: call.sid,
  from: call.from ?? null,
  to: call.to ?? null,
  outcome: call.outcome ?? null,
  started_at: time(call.startedAt),
  ended_at: time(call.endedAt),
  duration_seconds: call.durationS ?? null,
  transcript: call.turns.map(({ words, reply, heard }) => ({ caller: words ?? null, reply: heard ?? reply })),
  messages: call.messages.map((message) => messageData(message, about)),
  link: linkTo(about, `/calls/${call.sid}`),
});

/** A message as others are told of it. */
export const messageData = (message: KeptMessage, about: About) => ({
  business: about.business,
  message_id: message.id,
  call_sid: message.callSid,
  name: message.name ?? null,
  number: message.number ?? null,
  reason: message.reason ?? null,
  answers: message.answers,
  partial: message.partial,
  taken_at: time(message.takenAt),
  link: linkTo(about, `/calls/${message.callSid}`),
});
