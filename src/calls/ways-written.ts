import { sql, type Kysely } from 'kysely';
import { isSameNumber } from '../conversations/callers-number';
import type { Tables } from '../storage/tables';

/** What is no number in E.164 form. */
const isOdd = (column: 'from_number' | 'number') =>
  sql<boolean>`(${sql.ref(column)} NOT GLOB '+[1-9]*' OR ${sql.ref(column)} GLOB '+*[^0-9]*')`;

/**
 * A number in E.164 form (`country` is that in which numbers are read) and every other way in which it stands in the
 * book: the carrier's own words were written down once.
 */
export async function waysWritten(db: Kysely<Tables>, number: string, country: string): Promise<string[]> {
  const rows = await db
    .selectFrom('calls')
    .select('from_number as written')
    .where(isOdd('from_number'))
    .union(db.selectFrom('messages').select('from_number as written').where(isOdd('from_number')))
    .union(db.selectFrom('messages').select('number as written').where(isOdd('number')))
    .execute();
  const others = rows.flatMap(({ written }) => written ?? []).filter((each) => isSameNumber(each, number, country));
  return [...new Set([number, ...others])];
}
