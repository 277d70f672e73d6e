import type { Transaction } from 'kysely';
import { PAIRS_KEPT, type WordPair } from '../common/speculation';
import type { Database } from '../storage/database';
import type { Tables } from '../storage/tables';

/** Adds a pair, and forgets those that are too old to count. Nothing of the words or the call is in it. */
export async function paired(
  db: Transaction<Tables>,
  { at, matched, leadMs }: WordPair & { at: number },
): Promise<void> {
  await db
    .insertInto('word_pairs')
    .values({ at, matched: Number(matched), lead_ms: leadMs })
    .execute();
  const newestOfTheOld = db.selectFrom('word_pairs').select('id').orderBy('id', 'desc').limit(1).offset(PAIRS_KEPT);
  await db.deleteFrom('word_pairs').where('id', '<=', newestOfTheOld).execute();
}

/** The latest pairs, the oldest first. */
export async function latestPairs(database: Database): Promise<WordPair[]> {
  const rows = await database.selectFrom('word_pairs').select(['matched', 'lead_ms']).orderBy('id').execute();
  return rows.map((row) => ({ matched: row.matched === 1, leadMs: row.lead_ms }));
}
