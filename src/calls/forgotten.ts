import { setTimeout as wait } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { SaidPart } from '../common/call-record';
import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { Tables } from '../storage/tables';

/** To take a call's words out of the search takes some ms; between two batches everybody else has their turn. */
const BATCH = 4;
const BREATH_MS = 10;

/** Whether a call's caller was forgotten: what comes to be known of it later is not written down. */
export const isForgotten = async (db: Kysely<Tables>, sid: string): Promise<boolean> =>
  (await forgottenAmong(db, [sid])).has(sid);

/** Those of these calls whose callers were forgotten. */
export async function forgottenAmong(db: Kysely<Tables>, sids: readonly string[]): Promise<Set<string>> {
  const among = sql`(SELECT value FROM json_each(${JSON.stringify(sids)}))`;
  const { rows } = await sql<{ sid: string }>`SELECT sid FROM forgotten_calls WHERE sid IN ${among}`.execute(db);
  return new Set(rows.map(({ sid }) => sid));
}

interface Removing {
  database: Database;
  /** Removes the sound of replies, by the names of the clips. */
  removeClips: (names: readonly string[]) => Promise<void>;
  closing: AbortSignal;
}

/** Removes calls, with all that was said, a few at a time; those that `closing` cuts off are left behind. */
export async function removeCalls({ database, removeClips, closing }: Removing, sids: readonly string[]) {
  for (let from = 0; from < sids.length && !closing.aborted; from += BATCH) {
    const some = sids.slice(from, from + BATCH);
    await removeClips(await clipsOf(database, some));
    await promptly(database, (db) => db.deleteFrom('calls').where('sid', 'in', some).execute());
    await wait(BREATH_MS);
  }
}

/** Calls of forgotten callers that are still here, since the process ended meanwhile. */
export async function leftBehind(database: Database): Promise<string[]> {
  const left = await database
    .selectFrom('forgotten_calls')
    .innerJoin('calls', 'calls.sid', 'forgotten_calls.sid')
    .select('calls.sid')
    .execute();
  return left.map(({ sid }) => sid);
}

async function clipsOf(database: Database, sids: readonly string[]): Promise<string[]> {
  const rows = await database.selectFrom('turns').select('clips').where('call_sid', 'in', sids).execute();
  return rows.flatMap(({ clips }) => (JSON.parse(clips) as SaidPart[]).flatMap(({ clip }) => clip ?? []));
}
