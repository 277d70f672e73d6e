import type { Clock } from '../common/clock';

/** Which clips must stay: those a live call may still fetch, and the current phrases. */
export interface ClipUsage {
  /** A clip that was made at `madeAt` (ms since 1970) was handed out or fetched just now. */
  used(name: string, madeAt: number): void;
  isInUse(name: string, madeAt: number): boolean;
  /** These names of one set are current until the set is given anew. */
  keep(set: string, names: Iterable<string>): void;
  isKept(name: string): boolean;
  /** Whether the set was ever given; before that nobody can say which of its clips are stale. */
  isKnown(set: string): boolean;
  /** Forgets uses that no longer matter. */
  sweep(): void;
}

/** A clip is new for so long, in ms, far less than one stays in use: that it is used then goes without saying. */
const NEW_MS = 60_000;

/** Remembers uses for `inUseMs` and the current sets. */
export function createClipUsage(inUseMs: number, clock: Clock): ClipUsage {
  const usedAt = new Map<string, number>();
  const sets = new Map<string, ReadonlySet<string>>();
  const isRecent = (time: number) => clock.now() - time < inUseMs;
  return {
    used(name, madeAt) {
      if (clock.now() - madeAt > NEW_MS) usedAt.set(name, clock.now());
    },
    isInUse: (name, madeAt) => isRecent(Math.max(madeAt, usedAt.get(name) ?? 0)),
    keep(set, names) {
      for (const name of sets.get(set) ?? []) usedAt.set(name, clock.now()); // a live call may be about to fetch it
      sets.set(set, new Set(names));
    },
    isKept: (name) => [...sets.values()].some((names) => names.has(name)),
    isKnown: (set) => sets.has(set),
    sweep() {
      for (const [name, time] of usedAt) if (!isRecent(time)) usedAt.delete(name);
    },
  };
}
