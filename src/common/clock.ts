/** The time in ms since 1970, and waiting. A parameter wherever time matters, so that stories can set it. */
export interface Clock {
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
