import { sql } from 'kysely';
import type { OpenQuestion } from '../common/call-record';
import type { Database } from '../storage/database';

const MOST = 200;

/** How a question is told from another: by its words, whatever their case and marks. */
const folded = sql<string>`lower(trim(words, ' .?!,'))`;

/**
 * Questions that had no answer, the newest first; the same words count once, as they were said last. Those of test calls
 * are among them, so that the owner can try it, and are marked.
 */
export async function openQuestions(database: Database): Promise<OpenQuestion[]> {
  const asked = database
    .selectFrom('turns')
    .select((row) => [
      row.fn.max<number>('id').as('newest'),
      row.fn.countAll<number>().as('times'),
      row.fn.min<number>('test').as('only_tests'),
    ])
    .where('unanswered', '=', 1)
    .where('words', 'is not', null)
    .groupBy(folded);
  const rows = await database
    .selectFrom(asked.as('asked'))
    .innerJoin('turns', 'turns.id', 'asked.newest')
    .select(['turns.id', 'turns.at', 'turns.call_sid', 'turns.words', 'asked.times', 'asked.only_tests'])
    .orderBy('turns.at', 'desc')
    .orderBy('turns.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ id, at, times, ...row }) => ({
    ...{ id, at, times, callSid: row.call_sid, words: row.words ?? '', test: row.only_tests === 1 },
  }));
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
