import { createGate, type Gate, type GateLimits } from '../common/gate';
import { watchLoopDelay, type LoopDelay } from '../common/loop-delay';

/** So many requests are at Groq or Google at once: as many as some hundreds of calls make. */
const LIMITS: Readonly<GateLimits> = { atOnce: 100, waiting: 500, waitMs: 4_000 };

/** How hard Frontdesk is pressed, and what keeps that within bounds. */
export interface Pressure {
  groq: Gate;
  google: Gate;
  loop: LoopDelay;
  /** Whether a call that begins now is better answered without any service. */
  isCrowded(): boolean;
  close(): void;
}

/** Watches from now on. */
export function createPressure(limits: Partial<GateLimits> = {}): Pressure {
  const groq = createGate('groq', { ...LIMITS, ...limits });
  const google = createGate('google', { ...LIMITS, ...limits });
  const loop = watchLoopDelay();
  return {
    ...{ groq, google, loop },
    isCrowded: () => loop.isLate() || groq.isCrowded() || google.isCrowded(),
    close: loop.close,
  };
}
