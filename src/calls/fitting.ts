import { sql } from 'kysely';
import type { CallFilter } from '../common/call-record';
import type { Database } from '../storage/database';

/** Whether the other party has a number, who may be called or calling. Each half is read from an index of its own. */
const isWith = (number: string) =>
  sql<boolean>`((from_number = ${number} AND direction <> 'outbound') OR (to_number = ${number} AND direction = 'outbound'))`;

/** The newest calls that fit a filter, whatever was said in them. */
export function callsFitting(database: Database, filter: CallFilter) {
  const { outcome, caller, since, until, tests, before, limit } = filter;
  let query = database.selectFrom('calls').selectAll('calls');
  if (outcome === 'going on') query = query.where('outcome', 'is', null);
  else if (outcome) query = query.where('outcome', '=', outcome);
  if (caller) query = query.where(isWith(caller));
  if (since !== undefined) query = query.where('started_at', '>=', since);
  if (until !== undefined) query = query.where('started_at', '<', until);
  if (tests === false) query = query.where('test', '=', 0);
  if (before) {
    query = query.where(sql<boolean>`(started_at, sid) < (${before.startedAt}, ${before.sid})`);
  }
  return query.orderBy('started_at', 'desc').orderBy('sid', 'desc').limit(limit);
}

/** A call's row. */
export type CallRow = Awaited<ReturnType<ReturnType<typeof callsFitting>['execute']>>[number];
