import { setImmediate as othersTurn } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { Tables } from '../storage/tables';

/** So many turns come into the index at once: between two lots callers have their turn. */
const AT_ONCE = 20;

/** Has the words of a call found from now on: when it is over, so that none of its turns waits for the index. */
export const makeSearchable = (db: Kysely<Tables>, callSid: string) =>
  sql`UPDATE turns SET searchable = 1 WHERE call_sid = ${callSid} AND searchable = 0`.execute(db);

const nextLot = sql`UPDATE turns SET searchable = 1 WHERE id IN
  (SELECT id FROM turns WHERE searchable = 0 LIMIT ${AT_ONCE})`;

/** The same for all calls that go on, before somebody searches. Rejects where the database cannot be written. */
export async function makeAllSearchable(database: Database): Promise<void> {
  while (await isAnyLeft(database)) {
    await promptly(database, (db) => nextLot.execute(db));
    await othersTurn();
  }
}

/** Asked first: who only reads does not wait for another program that writes. */
async function isAnyLeft(database: Database): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM turns WHERE searchable = 0 LIMIT 1`.execute(database);
  return rows.length > 0;
}
