import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { AnsweredBy } from '../common/call-record';
import { codeOf } from '../common/errors';
import type { Limit } from '../common/rules';
import type { EndedTransfer, OpenedCall, RefusedCall } from '../conversations/book';
import type { SavedConversation } from '../conversations/saved';
import type { Tables } from '../storage/tables';
import type { Announce } from './announcing';
import { settleAgain, type Settle } from './outcome';

/** While two people talk no webhook comes, for so many ms at most (twilio.com/docs/voice/twiml/dial). */
const LONGEST_BRIDGE_MS = 4 * 60 * 60_000;

/** The conversation as it stands now, whatever becomes of it until it is written. */
export function keeping(sid: string, conversation: SavedConversation, now: number) {
  const { from = null, to = null, test, kept } = conversation;
  const bridged = kept.transfer?.accepted === true && !kept.transfer.over;
  const until = bridged ? now + LONGEST_BRIDGE_MS : null;
  const transfer = bridged ? 'accepted' : null;
  const written = sql`
    INSERT INTO calls (sid, direction, from_number, to_number, test, status, started_at, answered_at,
      conversation, seen_at, bridged_until, transfer, transferred_at)
    VALUES (${sid}, 'inbound', ${from}, ${to}, ${Number(test)}, 'in-progress', ${now}, ${now},
      ${JSON.stringify(conversation)}, ${now}, ${until}, ${transfer}, ${bridged ? now : null})
    ON CONFLICT (sid) DO UPDATE SET
      from_number = coalesce(calls.from_number, excluded.from_number),
      to_number = coalesce(calls.to_number, excluded.to_number),
      test = excluded.test, conversation = excluded.conversation, seen_at = excluded.seen_at,
      bridged_until = excluded.bridged_until,
      transfer = coalesce(excluded.transfer, calls.transfer),
      transferred_at = coalesce(excluded.transferred_at, calls.transferred_at)`;
  return (db: Transaction<Tables>) => written.execute(db);
}

/** A call of which nothing is known but that it goes on. */
const goingOn = (sid: string, at: number) => ({
  ...{ sid, direction: 'inbound', test: 0, status: 'in-progress' },
  ...{ started_at: at, answered_at: at, seen_at: at },
});

/** Makes a call's row if it is not there. */
export const findOrMake = (db: Transaction<Tables>, sid: string, at: number) =>
  db
    .insertInto('calls')
    .values(goingOn(sid, at))
    .onConflict((conflict) => conflict.doNothing())
    .execute();

/** Writes something of a call; its row is made where its beginning could not be written. */
export async function inCall(
  db: Transaction<Tables>,
  { callSid, at }: { callSid: string; at: number },
  statement: RawBuilder<unknown>,
): Promise<void> {
  try {
    await statement.execute(db);
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_CONSTRAINT_FOREIGNKEY') throw error;
    await findOrMake(db, callSid, at);
    await statement.execute(db);
  }
}

/** When a call without a reported end is taken to have ended: two people were last known to talk when they began. */
export async function endOf(db: Transaction<Tables>, sid: string, now: number): Promise<number> {
  const call = await db
    .selectFrom('calls')
    .select(['seen_at', 'bridged_until'])
    .where('sid', '=', sid)
    .executeTakeFirst();
  return call?.bridged_until ? call.seen_at : now;
}

/**
 * A call that a status callback brought into the book before keeps its earlier start. One that was opened before a
 * restart, and of which no conversation was kept, is opened again; others are told of it once.
 */
export async function opened(db: Transaction<Tables>, call: OpenedCall, announce: Announce): Promise<void> {
  const { callSid: sid, test, at, calling } = call;
  const known = await db
    .selectFrom('calls')
    .select(['answered_at', 'direction'])
    .where('sid', '=', sid)
    .executeTakeFirst();
  const ours = calling !== undefined || known?.direction === 'outbound';
  const [from = null, to = null] = ours ? [call.to, call.from] : [call.from, call.to];
  const row = { sid, from_number: from, to_number: to, test: Number(test), answered_at: at, seen_at: at };
  const first = {
    started_at: sql<number>`min(calls.started_at, ${at})`,
    answered_at: sql<number>`coalesce(calls.answered_at, ${at})`,
  };
  await db
    .insertInto('calls')
    .values({
      ...row,
      started_at: at,
      direction: ours ? 'outbound' : 'inbound',
      status: 'in-progress',
    })
    .onConflict((conflict) => conflict.column('sid').doUpdateSet({ ...row, ...first }))
    .execute();
  if (test || typeof known?.answered_at === 'number') return;
  await announce(db, { type: 'call.started', at, data: { call_sid: sid, from, to } });
}

/** It counts as failed, and `understood_at` has it told to nobody: there is nothing to tell. */
export async function refused(db: Transaction<Tables>, call: RefusedCall): Promise<void> {
  const { callSid: sid, from = null, to = null, test, at, why } = call;
  const row = {
    test: Number(test),
    status: 'busy',
    outcome: 'failed',
    refused: why,
    understood_at: at,
    ended_at: at,
  };
  await db
    .insertInto('calls')
    .values({ ...row, sid, direction: 'inbound', from_number: from, to_number: to, started_at: at, seen_at: at })
    .onConflict((conflict) => conflict.column('sid').doUpdateSet(row))
    .execute();
}

/** The first limit stands. */
export async function limited(
  db: Transaction<Tables>,
  { callSid, limit, at }: { callSid: string; limit: Limit; at: number },
): Promise<void> {
  await findOrMake(db, callSid, at);
  await db
    .updateTable('calls')
    .set({ limited: limit })
    .where('sid', '=', callSid)
    .where('limited', 'is', null)
    .execute();
}

/** A call that is over may turn out to have ended otherwise. */
export async function answeredBy(
  db: Transaction<Tables>,
  { callSid, by, at }: { callSid: string; by: AnsweredBy; at: number },
  settle: Settle,
): Promise<void> {
  await db.updateTable('calls').set({ answered_by: by }).where('sid', '=', callSid).execute();
  await settleAgain(db, { sid: callSid, at }, settle);
}

export async function transferred(db: Transaction<Tables>, transfer: EndedTransfer, announce: Announce): Promise<void> {
  const { callSid, at, accepted, status, seconds = null } = transfer;
  await db.updateTable('calls').set({ transfer_s: seconds }).where('sid', '=', callSid).execute();
  const call = await db
    .updateTable('calls')
    .set({ transfer: accepted ? 'accepted' : status, transferred_at: at })
    .where('sid', '=', callSid)
    .where((row) => row.or([row('transfer', 'is', null), row('transfer', '!=', 'accepted')]))
    .returning(['test', 'from_number'])
    .executeTakeFirst();
  if (accepted || !call || call.test === 1) return;
  await announce(db, { type: 'transfer.failed', at, data: { call_sid: callSid, from: call.from_number, status } });
}
