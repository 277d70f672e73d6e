import { sql } from 'kysely';
import { OUTCOMES, type Outcome } from '../common/call-record';
import type { DaysFirstAudio, Statistics, StatisticsQuestion } from '../common/figures';
import { createWallClock, lastDays, type LocalDay, type LocalHour } from '../common/local-days';
import type { Database } from '../storage/database';
import { dayByDay } from './day-by-day';

const DAYS = 30;
/** Days and hours begin with a quarter of an hour in every time zone, so that much is counted in the database. */
const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** The calls of the last 30 days in figures; `now` in ms since 1970. */
export async function statisticsOf(
  database: Database,
  { timeZone, tests }: StatisticsQuestion,
  now: number,
): Promise<Statistics> {
  const wall = createWallClock(timeZone);
  const days = lastDays(wall, { now, count: DAYS });
  const since = days[0]?.since ?? now;
  const groups = await callsSince(database, since);
  const counted = groups.filter(({ test }) => tests || test === 0);
  const total = (some: readonly CallGroup[]) => some.reduce((sum, { n }) => sum + n, 0);
  return {
    timeZone,
    since: days[0]?.date ?? '',
    until: days.at(-1)?.date ?? '',
    tests,
    calls: total(counted),
    leftOut: total(groups) - total(counted),
    ...byTime(counted, days, wall),
    outgoing: total(counted.filter(({ ours }) => ours === 1)),
    outcomes: outcomesOf(counted.filter(({ ours }) => ours === 0)),
    firstAudio: await firstAudioOf(database, days, tests),
  };
}

interface CallGroup {
  quarter: number;
  test: number;
  outcome: Outcome | null;
  ours: number;
  n: number;
}

async function callsSince(database: Database, since: number): Promise<CallGroup[]> {
  const { rows } = await sql<CallGroup>`
    SELECT started_at / ${sql.lit(QUARTER_MS)} AS quarter, test, outcome, direction = 'outbound' AS ours, count(*) AS n
    FROM calls INDEXED BY calls_counted WHERE started_at >= ${since} GROUP BY quarter, test, outcome, ours`.execute(
    database,
  );
  return rows;
}

function byTime(groups: readonly CallGroup[], days: readonly LocalDay[], wall: (at: number) => LocalHour) {
  const byHour = Array.from({ length: 24 }, () => 0);
  const byDay = new Map(days.map(({ date }) => [date, 0]));
  for (const { quarter, n } of groups) {
    const at = quarter * QUARTER_MS;
    const day = days.find(({ since, until }) => at >= since && at < until);
    if (!day) continue;
    const hour = day.until - day.since === DAY_MS ? Math.floor((at - day.since) / HOUR_MS) : wall(at).hour;
    byHour[hour] = (byHour[hour] ?? 0) + n;
    byDay.set(day.date, (byDay.get(day.date) ?? 0) + n);
  }
  return { byHour, byDay: [...byDay].map(([day, calls]) => ({ day, calls })) };
}

function outcomesOf(groups: readonly CallGroup[]): Statistics['outcomes'] {
  const none = Object.fromEntries([...OUTCOMES, 'going on'].map((name) => [name, 0])) as Record<
    keyof Statistics['outcomes'],
    number
  >;
  for (const { outcome, n } of groups) none[outcome ?? 'going on'] += n;
  return none;
}

async function firstAudioOf(database: Database, days: readonly LocalDay[], tests: boolean): Promise<DaysFirstAudio[]> {
  const found: DaysFirstAudio[] = [];
  await dayByDay(days, async (day) => {
    const times = await firstAudioOn(database, day, tests);
    if (times.length > 0) found.push({ day: day.date, ...percentiles(times) });
  });
  return found;
}

interface Times {
  ms: number;
  n: number;
}

async function firstAudioOn(database: Database, { since, until }: LocalDay, tests: boolean): Promise<Times[]> {
  const { rows } = await sql<Times>`
    SELECT first_audio_ms AS ms, count(*) AS n FROM turns INDEXED BY turns_first_audio
    WHERE at >= ${since} AND at < ${until} AND test <= ${Number(tests)} AND first_audio_ms IS NOT NULL
    GROUP BY ms ORDER BY ms`.execute(database);
  return rows;
}

/** By nearest rank, from how often each time came, the shortest first. */
function percentiles(times: readonly Times[]) {
  const turns = times.reduce((sum, { n }) => sum + n, 0);
  const ranked = (share: number) => {
    let rank = Math.ceil(turns * share);
    return times.find(({ n }) => (rank -= n) <= 0)?.ms ?? 0;
  };
  return { turns, medianMs: ranked(0.5), p95Ms: ranked(0.95) };
}
