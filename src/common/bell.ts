/** Lets several wait for the next change of something, each with a limit of its own. */
export interface Bell {
  /** Wakes everybody who waits. */
  ring(): void;
  /** Resolves at the next ring, or after `ms`. Leaves no timer behind. */
  rungWithin(ms: number): Promise<void>;
}

/** A bell nobody waits for yet. */
export function createBell(): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const wake of [...waiting]) wake();
    },
    rungWithin(ms) {
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.max(0, ms));
        waiting.add(wake);
      });
    },
  };
}
