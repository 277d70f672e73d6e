import type { Heard } from './call-report';
import type { Listening } from './verbs/listening';

/**
 * What a caller does when the call listens: says words, presses keys (`0-9 * #`), says nothing, or hangs up.
 * `confidence` is 0 to 1; null leaves it out, as Twilio may. `afterMs` is how far into the prompt the caller begins;
 * without it, the caller hears the prompt out.
 */
export type CallerAct =
  | { say: string; confidence?: number | null; afterMs?: number }
  | { press: string; afterMs?: number }
  | { silent: true }
  | { hangUp: true };

/** What a caller knows when it is their turn. Turns count from 1: the first is the answer to the greeting. */
export interface HeardSoFar {
  turn: number;
  sinceLastAct: readonly Heard[];
  all: readonly Heard[];
  listening: Listening;
}

/** The caller's mind: asked once at every Gather, as its prompt begins. */
export type CallerScript = (heard: HeardSoFar) => CallerAct | Promise<CallerAct>;

/** A caller who does these things in turn, and then stays silent until the other side ends the call, or hangs up. */
export function sayInTurn(acts: readonly CallerAct[], then: 'stay silent' | 'hang up' = 'stay silent'): CallerScript {
  const left = [...acts];
  return () => left.shift() ?? (then === 'hang up' ? { hangUp: true } : { silent: true });
}
