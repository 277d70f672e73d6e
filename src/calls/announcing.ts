import type { Transaction } from 'kysely';
import type { KeptMessage, WrittenCall } from '../common/call-record';
import type { CallEvent } from '../common/events';
import type { ProfileField } from '../common/profile';
import { toldFields, type ToldField } from '../common/told-fields';
import type { Tables } from '../storage/tables';
import { readCall } from './one-call';

/** Has an event told to others, in the transaction that made it true. */
export type Announce = (db: Transaction<Tables>, event: CallEvent) => Promise<unknown>;

/** What others see of a business besides its calls. */
export interface About {
  business: string;
  /** Where the console is, without a slash at its end. */
  address: string | undefined;
  /** What it wants to know of every call. */
  fields: readonly ProfileField[];
}

/** Tells that a call is over and its record complete. Test calls tell nobody. */
export async function announceEnd(
  db: Transaction<Tables>,
  sid: string,
  { announce, about, now }: { announce: Announce; about: () => About; now: number },
): Promise<void> {
  const call = await readCall(db, sid);
  if (!call || call.test) return;
  await announce(db, { type: 'call.ended', at: now, data: callData(call, about()) });
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
  summary: call.understanding?.summary ?? null,
  reason: call.understanding?.reason ?? null,
  urgency: call.understanding?.urgency ?? null,
  fields: toldFields(call, about.fields).map(fieldData),
  transcript: call.turns.map(({ words, reply, heard }) => ({ caller: words ?? null, reply: heard ?? reply })),
  messages: call.messages.map((message) => messageData(message, about)),
  link: linkTo(about, `/calls/${call.sid}`),
});

const fieldData = ({ name, state, field }: ToldField) => ({
  name,
  state,
  value: field?.value ?? null,
  quote: field?.quote ?? null,
  turn: field?.turn ?? null,
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
  voicemail: message.voicemail ? { seconds: message.voicemail.seconds } : null,
  taken_at: time(message.takenAt),
  link: linkTo(about, `/calls/${message.callSid}`),
});
