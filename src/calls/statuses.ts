import { sql, type Transaction } from 'kysely';
import { OVER, type StatusReport } from '../common/call-reports';
import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { Tables } from '../storage/tables';
import { isForgotten } from './forgotten';
import type { Settle } from './outcome';

/** How far along a call is; of two reports the one further on is true, in whatever order they came. */
const ALONG = ['queued', 'initiated', 'ringing', 'in-progress', ...OVER];

/**
 * Writes a status down. The same reports lead to the same record in any order and however often they come; a call
 * nobody knew of enters the book by them.
 */
export function writeStatus(database: Database, settle: Settle, report: StatusReport): Promise<void> {
  return promptly(database, async (db) => {
    const { callSid, status, sequence, at, seconds = null } = report;
    if (await isForgotten(db, callSid)) return;
    await db
      .insertInto('calls')
      .values(unknownCall(report))
      .onConflict((conflict) => conflict.column('sid').doUpdateSet(knownBefore).where('numbers_gone_at', 'is', null))
      .execute();
    await db
      .insertInto('call_statuses')
      .values({ call_sid: callSid, status, sequence, at, seconds })
      .onConflict((conflict) => conflict.columns(['call_sid', 'status', 'sequence']).doUpdateSet(leastOfBoth))
      .execute();
    await numberVoicemails(db, callSid);
    await derive(db, callSid, settle);
  });
}

/** What is known of a call's numbers stays. */
const knownBefore = {
  from_number: sql<string>`coalesce(calls.from_number, excluded.from_number)`,
  to_number: sql<string>`coalesce(calls.to_number, excluded.to_number)`,
};

/** Two reports of one status that differ, as a callback and Twilio's list may: neither their order nor a gap counts. */
const leastOfBoth = {
  at: sql<number>`min(call_statuses.at, excluded.at)`,
  seconds: sql<number>`coalesce(min(call_statuses.seconds, excluded.seconds), call_statuses.seconds, excluded.seconds)`,
};

/** A voicemail may be in the book before its call, whose number it is to be answered at. */
async function numberVoicemails(db: Transaction<Tables>, callSid: string): Promise<void> {
  const number = sql<string>`(SELECT from_number FROM calls WHERE sid = ${callSid})`;
  await db
    .updateTable('messages')
    .set({ number, from_number: number })
    .where('call_sid', '=', callSid)
    .where('recording', 'is not', null)
    .where('number', 'is', null)
    .where('numbers_gone_at', 'is', null)
    .execute();
}

const unknownCall = ({ callSid, at, from, to, direction, test }: StatusReport) => ({
  sid: callSid,
  direction: direction?.startsWith('outbound') ? 'outbound' : 'inbound',
  from_number: from ?? null,
  to_number: to ?? null,
  test: Number(test),
  started_at: at,
  seen_at: at,
  status: 'queued',
});

async function derive(db: Transaction<Tables>, callSid: string, settle: Settle): Promise<void> {
  const reports = await db.selectFrom('call_statuses').selectAll().where('call_sid', '=', callSid).execute();
  const along = (status: string) => ALONG.indexOf(status);
  const [latest] = [...reports].sort(
    (a, b) => along(b.status) - along(a.status) || b.sequence - a.sequence || a.at - b.at,
  );
  if (!latest) return;
  const first = Math.min(...reports.map(({ at }) => at));
  const call = await db.selectFrom('calls').select('answered_at').where('sid', '=', callSid).executeTakeFirstOrThrow();
  const over = OVER.includes(latest.status);
  await db
    .updateTable('calls')
    .set({
      status: latest.status,
      started_at: Math.min(call.answered_at ?? first, first, latest.at - (latest.seconds ?? 0) * 1_000),
      ...(over ? { ended_at: latest.at, duration_s: latest.seconds, conversation: null } : {}),
    })
    .where('sid', '=', callSid)
    .execute();
  if (over) await settle(db, callSid, latest.at);
}
