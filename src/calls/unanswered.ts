import { sql } from 'kysely';
import type { OpenQuestion } from '../common/call-record';
import type { Database } from '../storage/database';

const MOST = 200;

/** How a question is told from another: by its words, whatever their case and marks. */
const folded = sql<string>`lower(trim(words, ' .?!,'))`;

/** Questions that had no answer, the newest first; the same words count once. Test calls ask nothing. */
export async function openQuestions(database: Database): Promise<OpenQuestion[]> {
  const rows = await database
    .selectFrom('turns')
    .select((row) => [
      row.fn.max<number>('id').as('id'),
      row.fn.max<number>('at').as('at'),
      row.fn.countAll<number>().as('times'),
      sql<string>`max(words)`.as('words'),
      sql<string>`max(call_sid)`.as('call_sid'),
    ])
    .where('unanswered', '=', 1)
    .where('words', 'is not', null)
    .groupBy(folded)
    .orderBy('at', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ call_sid: callSid, ...row }) => ({ ...row, callSid }));
}

/** Takes a question off the list, however often it was asked. Gives its words; undefined when there is none. */
export async function settleQuestion(database: Database, id: number): Promise<string | undefined> {
  const turn = await database.selectFrom('turns').select('words').where('id', '=', id).executeTakeFirst();
  if (!turn?.words) return undefined;
  await database
    .updateTable('turns')
    .set({ unanswered: 0 })
    .where('unanswered', '=', 1)
    .where(folded, '=', sql<string>`lower(trim(${turn.words}, ' .?!,'))`)
    .execute();
  return turn.words;
}
