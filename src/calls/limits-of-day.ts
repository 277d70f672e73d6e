import type { Clock } from '../common/clock';
import { createWallClock, lastDays } from '../common/local-days';
import type { Log } from '../common/log';
import type { Prices } from '../common/prices';
import type { Profile } from '../common/profile';
import type { Limit, Rules } from '../common/rules';
import type { CallFacts } from '../conversations/call';
import { callersNumber } from '../conversations/callers-number';
import type { Database } from '../storage/database';
import { costOfDay } from './months-cost';

/** How often the sum of a day's spend is made anew while calls change the book, in ms. */
const SPEND_EVERY_MS = 10_000;

interface LimitsOfDayOptions {
  database: Database;
  rules: () => Rules;
  prices: () => Prices;
  profile: () => Profile;
  clock: Clock;
  log: Log;
}

/** A day's calls, in memory. Numbers that are withheld are nobody's, so they count for all together alone. */
interface Day {
  /** "2026-11-20 Europe/Berlin": whose day it is. */
  name: string;
  since: number;
  calls: number;
  /** Those counted before the book was read, which may hold them, too; undefined from then on. */
  early: Set<string> | undefined;
  callers: Map<string, number>;
  usd: number;
}

/**
 * The limits of a day at the business, counted in memory, so that no caller waits for the book. `start` has it know
 * the calls that are in the book already.
 */
export function createLimitsOfDay(options: LimitsOfDayOptions) {
  const { rules, profile, clock, log } = options;
  let day: Day | undefined;
  let stale = true;
  const today = () => {
    const before = day;
    day = dayAt(day, { timeZone: profile().timeZone, now: clock.now() });
    if (before && day !== before) void learn().catch(failed);
    return day;
  };
  const count = (which: Day, from: string | undefined) => {
    const caller = callersNumber(from, profile().country);
    if (caller !== undefined) which.callers.set(caller, (which.callers.get(caller) ?? 0) + 1);
    which.calls += 1;
  };
  const addUp = async () => {
    if (!stale || rules().limits.spendPerDay === null) return;
    stale = false;
    const which = today();
    const { known } = await costOfDay(options.database, options.prices(), { since: which.since, now: clock.now() });
    which.usd = known;
  };
  /** Those that are in the book, after a start or when a day begins, also by a change of the time zone. */
  const learn = async () => {
    stale = true;
    const which = today();
    const known = await callsSince(options.database, which.since);
    for (const { sid, from_number: from } of which.early ? known : [])
      if (!which.early?.has(sid)) count(which, from ?? undefined);
    which.early = undefined;
    await addUp();
  };
  const failed = (error: unknown) => {
    stale = true;
    log.error('call_book', { step: 'not counted', data: { reason: String(error) } });
  };
  const again = () => (day?.early ? learn() : addUp()).catch(failed);
  const timer = setInterval(() => void again(), SPEND_EVERY_MS).unref();
  return {
    /** Which limit of today had been reached before this call; counts it. Test calls and our own count for nothing. */
    limitOfDay(call: CallFacts): Limit | undefined {
      if (call.test === true || call.calling !== undefined) return undefined;
      const which = today();
      const reached = limitIn(which, rules().limits, callersNumber(call.from, profile().country));
      count(which, call.from);
      which.early?.add(call.callSid);
      return reached;
    },
    /** What the calls of today have cost, in US dollars, where there is a limit to it. */
    async spentToday(): Promise<number> {
      await addUp().catch(failed);
      return today().usd;
    },
    start: () => learn().catch(failed),
    /** Something in the book has changed, so that the day may have cost more. */
    changed: () => void (stale = true),
    close: () => clearInterval(timer),
  };
}

function limitIn(day: Day, limits: Rules['limits'], caller: string | undefined): Limit | undefined {
  const { callsPerCallerPerDay, callsPerDay, spendPerDay } = limits;
  if (spendPerDay !== null && day.usd >= spendPerDay) return 'spendPerDay';
  if (day.calls >= callsPerDay) return 'callsPerDay';
  const calls = caller === undefined ? 0 : (day.callers.get(caller) ?? 0);
  return calls >= callsPerCallerPerDay ? 'callsPerCallerPerDay' : undefined;
}

/** The day as it was counted so far, or a new one. */
function dayAt(day: Day | undefined, { timeZone, now }: { timeZone: string; now: number }): Day {
  const wall = wallClock(timeZone);
  const name = `${wall(now).date} ${timeZone}`;
  if (day?.name === name) return day;
  const since = lastDays(wall, { now, count: 1 })[0]?.since ?? now;
  return { name, since, calls: 0, early: new Set(), callers: new Map(), usd: 0 };
}

/** The latest zone's wall clock: to make one takes time. */
let latest: { timeZone: string; wall: ReturnType<typeof createWallClock> } | undefined;

function wallClock(timeZone: string) {
  if (latest?.timeZone !== timeZone) latest = { timeZone, wall: createWallClock(timeZone) };
  return latest.wall;
}

/** Calls that were answered since then: those of an outage, of a blocked caller and of this machine are none. */
const callsSince = (database: Database, since: number) =>
  database
    .selectFrom('calls')
    .select(['sid', 'from_number'])
    .where('started_at', '>=', since)
    .where('answered_at', 'is not', null)
    .where('direction', '=', 'inbound')
    .where('test', '=', 0)
    .where('refused', 'is', null)
    .execute();
