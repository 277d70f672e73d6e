import { sql } from 'kysely';
import type { Cost, MonthsCost } from '../common/figures';
import { createWallClock, lastDays, type LocalDay } from '../common/local-days';
import type { Prices } from '../common/prices';
import type { Usage } from '../common/usage';
import type { Database } from '../storage/database';
import { costOf, lineKey } from './cost';
import { dayByDay } from './day-by-day';

/** What the calls of the month so far cost; test calls are left out. `now` in ms since 1970. */
export async function costOfMonth(
  database: Database,
  prices: Prices,
  { timeZone, now }: { timeZone: string; now: number },
): Promise<MonthsCost> {
  const wall = createWallClock(timeZone);
  const { date } = wall(now);
  const days = lastDays(wall, { now, count: Number(date.slice(8)) });
  const lines = await minutesSince(database, days[0]?.since ?? now);
  const usage: Usage[] = [];
  await dayByDay(days, async (day) => void usage.push(...(await usageOn(database, day))));
  const minutes = lines.flatMap((line) => [
    { key: lineKey(line.direction), minutes: line.minutes, unknown: line.unknown },
    { key: 'twilio/transfer', minutes: line.transferMinutes, unknown: line.unknownTransfers },
  ]);
  const calls = lines.reduce((sum, line) => sum + line.calls, 0);
  return { month: date.slice(0, 7), calls, cost: costOf({ minutes, usage }, prices) };
}

/**
 * What today's calls have cost so far, test calls left out: those that go on by their minutes until now. `since` is
 * when the day began.
 */
export async function costOfDay(
  database: Database,
  prices: Prices,
  { since, now }: { since: number; now: number },
): Promise<Cost> {
  const { rows } = await sql<{ direction: string; minutes: number; transferMinutes: number }>`
    SELECT direction,
      sum((CASE WHEN duration_s IS NOT NULL THEN duration_s WHEN answered_at IS NULL OR refused IS NOT NULL THEN 0
        ELSE (ifnull(ended_at, ${now}) - answered_at) / 1000 END + 59) / 60) AS minutes,
      sum((ifnull(transfer_s, 0) + 59) / 60) AS transferMinutes
    FROM calls WHERE started_at >= ${since} AND test = 0 GROUP BY direction`.execute(database);
  const minutes = rows.flatMap((line) => [
    { key: lineKey(line.direction), minutes: line.minutes, unknown: 0 },
    { key: 'twilio/transfer', minutes: line.transferMinutes, unknown: 0 },
  ]);
  const usage = await usageOn(database, { date: 'today', since, until: now + 1 });
  return costOf({ minutes, usage }, prices);
}

interface LineMinutes {
  direction: string;
  calls: number;
  minutes: number;
  unknown: number;
  transferMinutes: number;
  unknownTransfers: number;
}

async function minutesSince(database: Database, since: number): Promise<LineMinutes[]> {
  const { rows } = await sql<LineMinutes>`
    SELECT direction, count(*) AS calls,
      sum((ifnull(duration_s, 0) + 59) / 60) AS minutes,
      sum(duration_s IS NULL AND ifnull(outcome, '') NOT IN ('missed', 'failed')) AS unknown,
      sum((ifnull(transfer_s, 0) + 59) / 60) AS transferMinutes,
      sum(ifnull(transfer, '') = 'accepted' AND transfer_s IS NULL) AS unknownTransfers
    FROM calls INDEXED BY calls_counted WHERE started_at >= ${since} AND test = 0 GROUP BY direction`.execute(database);
  return rows;
}

async function usageOn(database: Database, { since, until }: LocalDay): Promise<Usage[]> {
  const { rows } = await sql<Usage>`
    SELECT kind, name, sum(amount) AS amount FROM calls INDEXED BY calls_counted JOIN call_usage ON call_sid = sid
    WHERE started_at >= ${since} AND started_at < ${until} AND test = 0 GROUP BY kind, name`.execute(database);
  return rows;
}
