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
  let begun = 0;
  let until = 0;
  const isOn = () => begun <= clock.now() && clock.now() < until; // where the clock was set back it is over
  return {
    isOn,
    begin(ms = 0) {
      const before = isOn() ? until : 0;
      begun = clock.now();
      until = Math.max(before, begun + Math.max(ms, LEAST_MS));
    },
  };
}
