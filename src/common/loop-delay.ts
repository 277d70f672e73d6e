import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;
const EVERY_MS = 1_000;
/** A loop that half of the time is so late, in ms, is about to let callers wait. */
const LATE_MS = 50;
/** One late second may be chance: a large module that is loaded, a collection of garbage. */
const LATE_SECONDS = 2;

/** How late the event loop is, watched all the time. */
export interface LoopDelay {
  /** Of the last whole second, in ms: half of the time it was later than that, and once in a hundred. */
  last(): { medianMs: number; p99Ms: number };
  /** Whether it has been late for some seconds. */
  isLate(): boolean;
  close(): void;
}

/** Starts watching. Keeps no process alive. */
export function watchLoopDelay(): LoopDelay {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let last = { medianMs: 0, p99Ms: 0 };
  let lateSeconds = 0;
  const beyondResolution = (percentile: number) => Math.max(0, delay.percentile(percentile) / 1e6 - RESOLUTION_MS);
  const timer = setInterval(() => {
    last = { medianMs: beyondResolution(50), p99Ms: beyondResolution(99) };
    delay.reset();
    lateSeconds = last.medianMs > LATE_MS ? lateSeconds + 1 : 0;
  }, EVERY_MS).unref();
  delay.enable();
  return {
    last: () => last,
    isLate: () => lateSeconds >= LATE_SECONDS,
    close() {
      clearInterval(timer);
      delay.disable();
    },
  };
}
