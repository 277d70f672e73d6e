import { sql } from 'kysely';
import type { LimitedCalls } from '../common/figures';
import { createWallClock, lastDays } from '../common/local-days';
import type { Database } from '../storage/database';

/** How many calls of today reached a limit, by limit, the most first; test calls are left out. */
export async function limitedToday(
  database: Database,
  { timeZone, now }: { timeZone: string; now: number },
): Promise<LimitedCalls[]> {
  const since = lastDays(createWallClock(timeZone), { now, count: 1 })[0]?.since ?? now;
  const { rows } = await sql<LimitedCalls>`
    SELECT limited AS "limit", count(*) AS calls FROM calls INDEXED BY calls_limited
    WHERE limited IS NOT NULL AND test = 0 AND started_at >= ${since}
    GROUP BY limited ORDER BY calls DESC, limited`.execute(database);
  return rows;
}
