import type { Clock } from '../../common/clock';
import { createSparing } from '../sparing';

const MINUTE_MS = 60_000;

/** The right to one extra request. */
export interface Ticket {
  /** The request answered a turn, so that it was none too many. */
  giveBack(): void;
}

/** How many requests may be made in vain in a minute, for the whole process. */
export interface Budget {
  /** Undefined when there is no room, or the service has to be left alone. */
  take(): Ticket | undefined;
  /** The service refuses more: leaves it alone for a minute, or for as long as it asks (ms). */
  rest(ms?: number): void;
}

/**
 * A budget of `perMinute`, unspent. A request counts from its beginning on, until it is given back or a minute old, or
 * the clock is set back.
 */
export function createBudget(perMinute: number, clock: Clock): Budget {
  const spent = new Set<{ at: number }>();
  const sparing = createSparing(clock);
  return {
    take() {
      const now = clock.now();
      for (const each of spent) if (now < each.at || now - each.at >= MINUTE_MS) spent.delete(each);
      if (sparing.isOn() || spent.size >= perMinute) return undefined;
      const ticket = { at: now };
      spent.add(ticket);
      return { giveBack: () => void spent.delete(ticket) };
    },
    rest: sparing.begin,
  };
}
