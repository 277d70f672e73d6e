import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { Tables } from '../storage/tables';
import type { Due } from './due';

/** To take a call's words out of the search takes some ms; between two batches everybody else has their turn. */
const BATCH = 4;
const BREATH_MS = 10;

/** Whether a call's caller was forgotten: what comes to be known of it later is not written down. */
export const isForgotten = async (db: Kysely<Tables>, sid: string): Promise<boolean> =>
  (await db.selectFrom('forgotten_calls').select('sid').where('sid', '=', sid).executeTakeFirst()) !== undefined;

/**
 * Removes calls whose callers were forgotten, a few at a time, when what is removed before is gone or was given up;
 * what is cut off here goes with the next sweep.
 */
export async function removeInBatches(
  database: Database,
  sids: readonly string[],
  { after, closing }: { after: Promise<unknown>; closing: AbortSignal },
): Promise<void> {
  await after.catch(() => undefined);
  for (let from = 0; from < sids.length && !closing.aborted; from += BATCH) {
    const some = sids.slice(from, from + BATCH);
    await promptly(database, (db) => removeCalls(db, some));
    await wait(BREATH_MS);
  }
}

/** Calls of forgotten callers that are still here, since the process ended meanwhile. Gives how many there were. */
export async function removeForgotten(db: Transaction<Tables>, { most }: Due): Promise<number> {
  const left = await db
    .selectFrom('forgotten_calls')
    .innerJoin('calls', 'calls.sid', 'forgotten_calls.sid')
    .select('calls.sid')
    .limit(most)
    .execute();
  const sids = left.map(({ sid }) => sid);
  if (sids.length > 0) await removeCalls(db, sids);
  return sids.length;
}

/** Turns, fields, statuses and usage go with their call. */
const removeCalls = (db: Transaction<Tables>, sids: readonly string[]) =>
  db.deleteFrom('calls').where('sid', 'in', sids).execute();
