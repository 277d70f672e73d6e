import type { Clock } from '../common/clock';

/** How long a service that refuses more is spared at least, in ms. */
const LEAST_MS = 60_000;

/** Whether a service is spared requests that it could do without, because it has refused for too many. */
export interface Sparing {
  isOn(): boolean;
  /** It has refused: it is spared for a minute, or for as long as it asks (ms). */
  begin(ms?: number): void;
}

/** A service that has refused nothing yet. */
export function createSparing(clock: Clock): Sparing {
  let until = 0;
  return {
    isOn: () => clock.now() < until,
    begin(ms = 0) {
      until = Math.max(until, clock.now() + Math.max(ms, LEAST_MS));
    },
  };
}
