import { localMoment, type CalendarDate } from './opening-hours';

const MINUTE_MS = 60_000;
/** No clock on earth is further from UTC than this. */
const FURTHEST_MS = 15 * 60 * MINUTE_MS;

/** When a day of the calendar begins where the business is, in ms since 1970; at 1 AM where there is no midnight. */
export function startOfDay(date: CalendarDate, timeZone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  let [before, from] = [midnight - FURTHEST_MS, midnight + FURTHEST_MS];
  while (from - before > MINUTE_MS) {
    const middle = before + Math.floor((from - before) / MINUTE_MS / 2) * MINUTE_MS;
    if (localMoment(timeZone, new Date(middle)).date < date) before = middle;
    else from = middle;
  }
  return from;
}
