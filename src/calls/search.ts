import { sql } from 'kysely';
import type { Database } from '../storage/database';
import type { AnsweredBy, CallFilter, ListedCall, Outcome } from '../common/call-record';
import type { Limit } from '../common/rules';
import { callsFitting } from './fitting';
import { callsSaying, matchIn } from './saying';
import { makeAllSearchable } from './search-index';

/** Calls that fit a filter. */
export async function searchCalls(database: Database, filter: CallFilter): Promise<ListedCall[]> {
  const { words = '' } = filter;
  if (words.trim()) await makeAllSearchable(database).catch(() => undefined); // then without the latest words
  const match = await matchIn(database, words);
  if (words.trim() && match === undefined) return [];
  const rows = match ? await callsSaying(database, match, filter) : await callsFitting(database, filter).execute();
  const extra = await openings(
    database,
    rows.map(({ sid }) => sid),
  );
  return rows.map((row) => ({
    sid: row.sid,
    direction: row.direction,
    from: row.from_number ?? undefined,
    to: row.to_number ?? undefined,
    test: row.test === 1,
    startedAt: row.started_at,
    endedAt: row.ended_at ?? undefined,
    durationS: row.duration_s ?? undefined,
    status: row.status,
    outcome: (row.outcome ?? undefined) as Outcome | undefined,
    limited: (row.limited ?? undefined) as Limit | undefined,
    answeredBy: (row.answered_by ?? undefined) as AnsweredBy | undefined,
    turns: extra.get(row.sid)?.turns ?? 0,
    opening: extra.get(row.sid)?.opening ?? undefined,
  }));
}

async function openings(database: Database, sids: readonly string[]) {
  if (sids.length === 0) return new Map<string, { turns: number; opening: string | null }>();
  const rows = await database
    .selectFrom('turns')
    .select((row) => [
      'call_sid',
      row.fn.countAll<number>().as('turns'),
      sql<string | null>`max(CASE WHEN number = 1 THEN words END)`.as('opening'),
    ])
    .where('call_sid', 'in', [...sids])
    .where('number', '>', 0)
    .groupBy('call_sid')
    .execute();
  return new Map(rows.map((row) => [row.call_sid, row]));
}
