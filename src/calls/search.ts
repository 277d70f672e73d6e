import { sql } from 'kysely';
import type { Database } from '../storage/database';
import type { CallFilter, ListedCall, Outcome } from '../common/call-record';

/** What was typed, as an FTS5 query: every word, the last perhaps unfinished; nothing of it is an operator. */
export function matchOf(words: string): string | undefined {
  const terms = words.match(/[\p{L}\p{N}]+/gu)?.slice(0, 20) ?? [];
  if (terms.length === 0) return undefined;
  return terms.map((term, index) => `"${term}"${index === terms.length - 1 ? '*' : ''}`).join(' ');
}

/** Calls that fit a filter. */
export async function searchCalls(database: Database, filter: CallFilter): Promise<ListedCall[]> {
  const { words, outcome, caller, since, until, tests, before, limit } = filter;
  const match = words === undefined ? undefined : matchOf(words);
  if (words?.trim() && match === undefined) return [];
  let query = database.selectFrom('calls').selectAll('calls');
  if (match !== undefined) query = query.where('sid', 'in', callsSaying(database, match));
  if (outcome === 'going on') query = query.where('outcome', 'is', null);
  else if (outcome) query = query.where('outcome', '=', outcome);
  if (caller) query = query.where('from_number', '=', caller);
  if (since !== undefined) query = query.where('started_at', '>=', since);
  if (until !== undefined) query = query.where('started_at', '<', until);
  if (tests === false) query = query.where('test', '=', 0);
  if (before) {
    query = query.where(sql<boolean>`(started_at, sid) < (${before.startedAt}, ${before.sid})`);
  }
  const rows = await query.orderBy('started_at', 'desc').orderBy('sid', 'desc').limit(limit).execute();
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
    turns: extra.get(row.sid)?.turns ?? 0,
    opening: extra.get(row.sid)?.opening ?? undefined,
  }));
}

const callsSaying = (database: Database, match: string) =>
  database
    .selectFrom('turns')
    .select('call_sid')
    .where(sql<boolean>`id IN (SELECT rowid FROM turns_text WHERE turns_text MATCH ${match})`);

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
