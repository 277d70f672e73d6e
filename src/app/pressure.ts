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
  /** Whether what nobody waits for yet may begin: at least half of the places are left to those who do wait. */
  hasRoomToSpare(): boolean;
  close(): void;
}

/** Watches from now on. */
export function createPressure(limits: Partial<GateLimits> = {}): Pressure {
  const both = { ...LIMITS, ...limits };
  const groq = createGate('groq', both);
  const google = createGate('google', both);
  const loop = watchLoopDelay();
  const isCrowded = () => loop.isLate() || groq.isCrowded() || google.isCrowded();
  const isHalfFull = (gate: Gate) => gate.load().atWork + 1 > both.atOnce / 2;
  return {
    ...{ groq, google, loop, isCrowded },
    hasRoomToSpare: () => !isCrowded() && !isHalfFull(groq) && !isHalfFull(google),
    close: loop.close,
  };
}
