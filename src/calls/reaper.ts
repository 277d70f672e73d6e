import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { Settle } from './outcome';

/** A call is taken to be over after so many ms without a webhook: no Gather of ours waits a tenth as long. */
const SILENT_MS = 15 * 60_000;
const MOST_AT_ONCE = 500;

/**
 * Ends calls whose end was never reported, at the time of their last webhook. `close` has what their callers left
 * written down; after it nothing goes on with their conversation. Two people who talk have theirs for as long as Twilio lets them. Gives how many there were.
 */
export async function reap(
  database: Database,
  { settle, close, now }: { settle: Settle; close: (sid: string) => Promise<void>; now: number },
): Promise<number> {
  const silent = await database
    .selectFrom('calls')
    .select(['sid', 'seen_at'])
    .where((call) => call.or([call('outcome', 'is', null), call('conversation', 'is not', null)])) // or cut off by a crash
    .where('seen_at', '<', now - SILENT_MS)
    .where((call) => call.or([call('bridged_until', 'is', null), call('bridged_until', '<=', now)]))
    .limit(MOST_AT_ONCE)
    .execute();
  if (silent.length === 0) return 0;
  for (const { sid, seen_at: seenAt } of silent) {
    await promptly(database, (db) => settle(db, sid, seenAt));
    await close(sid);
    await promptly(database, (db) =>
      db.updateTable('calls').set({ conversation: null }).where('sid', '=', sid).execute(),
    );
  }
  return silent.length;
}
