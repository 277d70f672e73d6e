import type { Clock } from '../common/clock';
import { createSparing } from './sparing';

/** So many turns are remembered, and so many must be before anything is made of them. */
const REMEMBERED = 500;
const ENOUGH = 50;
/** A first model later than in this share of its turns is worth a second request. */
const USUAL_SHARE = 0.96;
/** Requests ahead of time for each turn there is, and the most of them at a stretch. */
const EXTRA_SHARE = 0.05;
const MOST_AT_A_STRETCH = 20;

/** Two models for one turn: the second is asked when the first is later than usual. */
export interface Race {
  /** When the second is asked, in ms after the caller's words, as things stand now. */
  dueMs(): number;
  firstSpoke(): void;
  /** The second is asked while the first is still silent. */
  secondAsked(): void;
  secondSpoke(): void;
}

/** What is known of the models' times in all calls. */
export interface Hedge {
  /** A turn begins that has two models, the second of which is asked after `latestMs` at the latest. */
  race(latestMs: number): Race;
  /** A model has refused for too many requests: none is extra for a minute, or for as long as it asks (ms). */
  rateLimited(ms?: number): void;
}

/** A hedge that knows nothing yet. `counted` is told of every request ahead of time, and of each that spoke first. */
export function createHedge(clock: Clock, counted: (what: 'asked' | 'won') => void): Hedge {
  const usual = createUsual();
  let allowance = 0;
  const sparing = createSparing(clock);
  return {
    race(latestMs) {
      const startedAt = performance.now();
      let ahead = false;
      let decided = false;
      allowance = Math.min(MOST_AT_A_STRETCH, allowance + EXTRA_SHARE);
      return {
        dueMs: () => (allowance >= 1 && !sparing.isOn() ? Math.min(usual.ms(), latestMs) : latestMs),
        firstSpoke() {
          decided = true;
          usual.add(performance.now() - startedAt);
        },
        secondAsked() {
          ahead = performance.now() - startedAt < latestMs;
          if (!ahead) return;
          allowance -= 1;
          counted('asked');
        },
        secondSpoke() {
          if (decided) return; // it took over from the first, which had spoken in time
          usual.add(latestMs); // nobody knows when the first would have spoken
          if (ahead) counted('won');
        },
      };
    },
    rateLimited: sparing.begin,
  };
}

/** By when a first model has usually spoken, in ms: the latest turns count, and before there are enough it is never. */
function createUsual() {
  const times: number[] = [];
  let usual = Infinity;
  return {
    ms: () => usual,
    add(ms: number) {
      times.push(ms);
      if (times.length > REMEMBERED) times.shift();
      const sorted = Float64Array.from(times).sort();
      usual = times.length < ENOUGH ? Infinity : (sorted[Math.ceil(times.length * USUAL_SHARE) - 1] ?? Infinity);
    },
  };
}
