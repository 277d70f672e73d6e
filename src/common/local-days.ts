const QUARTER_MS = 15 * 60_000;
/** No day is shorter, whatever the clocks do. */
const SHORTEST_DAY_MS = 22 * 60 * 60_000;

/** An hour (0 to 23) of a day ("2026-12-24") on the wall. */
export interface LocalHour {
  date: string;
  hour: number;
}

/** The wall clock of a time zone, for many times (ms since 1970). */
export function createWallClock(timeZone: string): (at: number) => LocalHour {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    return { date: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
  };
}

/** A day and when it begins and ends, in ms since 1970: `until` is the next day's beginning, for today a day from now. */
export interface LocalDay {
  date: string;
  since: number;
  until: number;
}

/**
 * The last `count` days, today's the last, with days of 23 and 25 hours as they are. Every time zone keeps to quarters
 * of an hour, so a day begins with one.
 */
export function lastDays(wall: (at: number) => LocalHour, { now, count }: { now: number; count: number }): LocalDay[] {
  const days: LocalDay[] = [];
  let until = now + 24 * 60 * 60_000;
  let since = now - (now % QUARTER_MS);
  while (days.length < count) {
    const { date } = wall(since);
    if (wall(since - SHORTEST_DAY_MS).date === date) since -= SHORTEST_DAY_MS;
    while (wall(since - QUARTER_MS).date === date) since -= QUARTER_MS;
    days.unshift({ date, since, until });
    until = since;
    since -= QUARTER_MS;
  }
  return days;
}
