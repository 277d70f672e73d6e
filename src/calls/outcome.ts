import type { Outcome } from '../common/call-record';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Tables } from '../storage/tables';
import { makeSearchable } from './search-index';

/** Ends a call in the book. */
export type Settle = (db: Transaction<Tables>, sid: string, endedAt: number) => Promise<unknown>;

/** What an outcome follows from. */
export interface OutcomeFacts {
  status: string;
  /** Whether it was met with the busy tone on purpose. */
  refused: boolean;
  /** Whether a person took the call. */
  transferred: boolean;
  messages: number;
  /** Turns in which the caller said or pressed something. */
  spoken: number;
  /** Whether the receptionist ever spoke. */
  greeted: boolean;
  /** Whether a machine took a call of ours, and so has its message. */
  machine: boolean;
}

/** The outcome of a call that is over. */
export function outcomeOf(facts: OutcomeFacts): Outcome {
  const { status, refused, transferred, messages, spoken, greeted, machine } = facts;
  if (refused) return 'failed';
  if (transferred) return 'transferred';
  if (messages > 0) return 'message';
  if (!greeted) return status === 'failed' || status === 'busy' ? 'failed' : 'missed';
  return spoken > 0 || machine ? 'answered' : 'abandoned';
}

/**
 * Writes down how a call ended, from everything that is known of it by now; it may be told more later and asked
 * again. `endedAt` (ms) is used where Twilio has not said when.
 */
export async function settleOutcome(
  db: Kysely<Tables> | Transaction<Tables>,
  sid: string,
  endedAt: number,
): Promise<void> {
  const call = await db
    .selectFrom('calls')
    .select(['status', 'ended_at', 'transfer', 'refused', 'words_gone_at', 'answered_by'])
    .where('sid', '=', sid)
    .executeTakeFirst();
  if (!call || call.words_gone_at !== null) return; // without its words it would be told as another
  const count = (rows: { n: number } | undefined) => rows?.n ?? 0;
  const [messages, spoken, replies] = await Promise.all([
    db
      .selectFrom('messages')
      .select((row) => row.fn.countAll<number>().as('n'))
      .where('call_sid', '=', sid)
      .executeTakeFirst(),
    db
      .selectFrom('turns')
      .select((row) => row.fn.countAll<number>().as('n'))
      .where('call_sid', '=', sid)
      .where((row) => row.or([row('words', 'is not', null), row('digits', 'is not', null)]))
      .executeTakeFirst(),
    db
      .selectFrom('turns')
      .select((row) => row.fn.countAll<number>().as('n'))
      .where('call_sid', '=', sid)
      .where('reply', '!=', '')
      .executeTakeFirst(),
  ]);
  const machine = call.answered_by === 'machine';
  const facts = { machine, messages: count(messages), spoken: count(spoken), greeted: count(replies) > 0 };
  const { status, transfer, refused } = call;
  const outcome = outcomeOf({ status, refused: refused !== null, transferred: transfer === 'accepted', ...facts });
  await db
    .updateTable('calls')
    .set({ outcome, ended_at: call.ended_at ?? endedAt })
    .where('sid', '=', sid)
    .execute();
  await makeSearchable(db, sid);
}

/** What comes after a call's end may tell of another outcome. `at` is in ms. */
export async function settleAgain(
  db: Transaction<Tables>,
  { sid, at }: { sid: string; at: number },
  settle: Settle,
): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM calls WHERE sid = ${sid} AND outcome IS NOT NULL`.execute(db);
  if (rows.length > 0) await settle(db, sid, at);
}
