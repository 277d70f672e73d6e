import { sql } from 'kysely';
import type { CallFilter } from '../common/call-record';
import type { Database } from '../storage/database';
import { callsFitting, type CallRow } from './fitting';

/** Turns looked at for each call that is wanted, before the filter is taken for a narrow one. */
const TURNS_A_CALL = 20;
/** Calls that fit a narrow filter are looked at so many at a time, and each time so many times more. */
const FIRST_STRETCH = 1_000;
const LONGER = 8;
/** Twilio ends a call after this, in ms (twilio.com/docs/voice/api/call-resource). */
const LONGEST_CALL_MS = 4 * 60 * 60_000;
/** A single letter is no beginning: half the book begins with it. */
const LEAST_BEGINNING = 2;

/**
 * What was typed, as an FTS5 query: every word, the last as a mere beginning if wished; nothing of it is an operator.
 * Undefined when there is no word in it.
 */
export function matchOf(words: string, isBeginning = false): string | undefined {
  const terms = wordsIn(words);
  if (terms.length === 0) return undefined;
  return terms.map((term) => `"${term}"`).join(' ') + (isBeginning ? '*' : '');
}

/** The same, with the last word as a beginning if nobody ever said it as it stands. */
export async function matchIn(database: Database, words: string): Promise<string | undefined> {
  const [last = ''] = wordsIn(words).slice(-1);
  if (last.length < LEAST_BEGINNING) return matchOf(words);
  const { rows } = await sql`SELECT 1 FROM turns_text WHERE turns_text MATCH ${`"${last}"`} LIMIT 1`.execute(database);
  return matchOf(words, rows.length === 0);
}

const wordsIn = (words: string) => words.match(/[\p{L}\p{N}]+/gu)?.slice(0, 20) ?? [];

/**
 * The newest calls that fit a filter and have a turn that fits `match`. A word that stands in every call is found as
 * quickly as a rare one: turns are numbered in the order in which they were said, so the newest come first, and
 * looking ends with the page. Where hardly a call fits the rest of the filter, those that do are looked at instead.
 */
export async function callsSaying(database: Database, match: string, filter: CallFilter): Promise<CallRow[]> {
  if (filter.caller !== undefined) return amongFitting(database, match, filter);
  const most = filter.limit * TURNS_A_CALL;
  const turns = await newestSaying(database, match, { before: await turnAfter(database, filter), most });
  const found = await callsFitting(database, filter).where('sid', 'in', listOf(turns)).execute();
  const [oldest] = turns.slice(-1);
  if (turns.length < most || !oldest) return found;
  // A call with none of these turns began before the oldest of them.
  const wantedSince = found.length < filter.limit ? filter.since : found.at(-1)?.started_at;
  if (wantedSince !== undefined && oldest.at < wantedSince) return found;
  return amongFitting(database, match, filter);
}

const listOf = (rows: readonly { sid: string }[]) =>
  sql<string>`(SELECT value FROM json_each(${JSON.stringify([...new Set(rows.map(({ sid }) => sid))])}))`;

/** A turn that was said after every call that can be wanted; its number bounds theirs. */
async function turnAfter(database: Database, { before, until }: CallFilter): Promise<number> {
  const latest = Math.min(before?.startedAt ?? Infinity, until ?? Infinity);
  if (latest === Infinity) return Number.MAX_SAFE_INTEGER;
  const turn = await database
    .selectFrom('turns')
    .select('id')
    .where('first_audio_ms', 'is not', null) // these have an index
    .where('at', '>', latest + LONGEST_CALL_MS)
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
  return turn?.id ?? Number.MAX_SAFE_INTEGER;
}

async function newestSaying(
  database: Database,
  match: string,
  { before, most }: { before: number; most: number },
): Promise<{ sid: string; at: number }[]> {
  const { rows } = await sql<{ sid: string; at: number }>`
    SELECT turns.call_sid AS sid, turns.at FROM (
      SELECT rowid AS id FROM turns_text WHERE turns_text MATCH ${match} AND rowid < ${before}
      ORDER BY rowid DESC LIMIT ${most}
    ) AS said CROSS JOIN turns ON turns.id = said.id ORDER BY turns.id DESC`.execute(database);
  return rows;
}

/** The same from the filter's side: its calls, a stretch at a time, and which of their turns fit. */
async function amongFitting(database: Database, match: string, filter: CallFilter): Promise<CallRow[]> {
  const found: CallRow[] = [];
  let before = filter.before;
  for (let stretch = FIRST_STRETCH; ; stretch *= LONGER) {
    const calls = await callsFitting(database, { ...filter, before, limit: stretch }).execute();
    const saying = await whichSay(database, match, calls);
    found.push(...calls.filter(({ sid }) => saying.has(sid)));
    const last = calls.at(-1);
    if (found.length >= filter.limit || calls.length < stretch || !last) return found.slice(0, filter.limit);
    before = { startedAt: last.started_at, sid: last.sid };
  }
}

/** One reading of the index, however many the calls: to ask it call by call would take seconds. */
async function whichSay(database: Database, match: string, calls: readonly CallRow[]): Promise<Set<string>> {
  const { rows } = await sql<{ sid: string }>`
    SELECT DISTINCT turns.call_sid AS sid FROM turns_text CROSS JOIN turns ON turns.id = turns_text.rowid
    WHERE turns_text MATCH ${match}
      AND +turns_text.rowid IN (SELECT id FROM turns WHERE call_sid IN ${listOf(calls)})`.execute(database);
  return new Set(rows.map(({ sid }) => sid));
}
