import { rm } from 'node:fs/promises';
import type { Transaction } from 'kysely';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Database } from '../storage/database';
import type { Tables } from '../storage/tables';
import { createRounds } from './rounds';
import { fileOf, type RecordingsElsewhere } from './voicemails';

const MIN = 60_000;
/** How long after each failed try the next one is made, in ms; the last pause is kept to until it is done. */
const PAUSES = [5_000, MIN, 10 * MIN, 60 * MIN, 6 * 60 * MIN];
const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 4;

interface RemovalOptions {
  database: Database;
  /** The folder of the recordings' files. */
  folder: string;
  elsewhere: RecordingsElsewhere;
  clock: Clock;
  log: Log;
}

/** A recording that is to be removed, and whether it may still be where it was made. */
export interface Removal {
  sid: string;
  elsewhere: boolean;
}

/** Puts recordings on the list, in the transaction that gives them up. */
export async function listRemovals(db: Transaction<Tables>, removals: readonly Removal[], now: number): Promise<void> {
  for (const { sid, elsewhere } of removals)
    await db
      .insertInto('removals')
      .values({ sid, elsewhere: Number(elsewhere), due_at: now })
      .onConflict((conflict) => conflict.column('sid').doUpdateSet({ due_at: now }))
      .execute();
}

/** Removes what is on the list, here and where it was made, and tries again until it is done. */
export function createRemovals(options: RemovalOptions) {
  const { database, log } = options;
  const { work, close } = createRounds({
    everyMs: LOOK_EVERY_MS,
    round: () => workThrough(options),
    failed: (error) => log.error('privacy', { step: 'not removed', data: { reason: String(error) } }),
  });
  return {
    /** Resolves when everything that is due has been tried once. Never rejects. */
    work,
    /** How many of these are still to be removed. */
    async stillThere(sids: readonly string[]): Promise<number> {
      const rows = await database.selectFrom('removals').select('sid').execute();
      return rows.filter(({ sid }) => sids.includes(sid)).length;
    },
    close,
  };
}

async function workThrough(options: RemovalOptions): Promise<void> {
  const { database, clock } = options;
  for (;;) {
    const due = await database
      .selectFrom('removals')
      .selectAll()
      .where('due_at', '<=', clock.now())
      .limit(AT_ONCE)
      .execute();
    if (due.length === 0) return;
    await Promise.all(due.map((row) => removeOne(options, row)));
  }
}

async function removeOne(
  options: RemovalOptions,
  { sid, elsewhere, tries }: { sid: string; elsewhere: number; tries: number },
): Promise<void> {
  const { database, clock, log } = options;
  const here = await withoutFile(options, sid);
  const there = elsewhere === 0 || (await options.elsewhere.remove(sid));
  if (here && there) {
    await database.deleteFrom('removals').where('sid', '=', sid).execute();
    return log.info('privacy', { step: 'recording removed', data: { recording_sid: sid } });
  }
  log.warn('privacy', { step: 'not removed yet', data: { recording_sid: sid, here, there, tries: tries + 1 } });
  const pause = PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 0;
  await database
    .updateTable('removals')
    .set({ tries: tries + 1, due_at: clock.now() + pause, elsewhere: Number(!there) })
    .where('sid', '=', sid)
    .execute();
}

async function withoutFile({ folder, log }: RemovalOptions, sid: string): Promise<boolean> {
  try {
    for (const name of [sid, `${sid}.part`]) await rm(fileOf(folder, name), { force: true });
    return true;
  } catch (error) {
    log.warn('privacy', { step: 'file not removed', data: { recording_sid: sid, reason: String(error) } });
    return false;
  }
}
