import { setImmediate } from 'node:timers/promises';
import type { LocalDay } from '../common/local-days';

/** Reads the book one day at a time, so that a caller's webhook never waits for the figures of a whole month. */
export async function dayByDay(days: readonly LocalDay[], read: (day: LocalDay) => Promise<void>): Promise<void> {
  for (const day of days) {
    await read(day);
    await setImmediate();
  }
}
