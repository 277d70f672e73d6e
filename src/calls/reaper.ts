import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { Settle } from './outcome';

/** A call is taken to be over after so many ms without a webhook: no Gather of ours waits a tenth as long. */
const SILENT_MS = 15 * 60_000;
const MOST_AT_ONCE = 500;

/** Ends calls whose end was never reported, at the time of their last webhook. Gives how many there were. */
export async function reap(database: Database, settle: Settle, now: number): Promise<number> {
  const silent = await database
    .selectFrom('calls')
    .select(['sid', 'seen_at'])
    .where('outcome', 'is', null)
    .where('seen_at', '<', now - SILENT_MS)
    .limit(MOST_AT_ONCE)
    .execute();
  if (silent.length === 0) return 0;
  await promptly(database, async (db) => {
    for (const { sid, seen_at: seenAt } of silent) await settle(db, sid, seenAt);
  });
  return silent.length;
}
