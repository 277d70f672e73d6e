import type { Log } from '../common/log';
import { createTurns } from '../common/turns';

/** What can change while Frontdesk runs. */
export type Changed = 'twilio' | 'groq' | 'google' | 'publicBaseUrl' | 'profile' | 'recipients';

/** Writes one after the other, and those who want to hear of them. */
export interface Changes {
  /** Does the work when all earlier work is done or has failed. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  tell(changed: Changed): void;
  /** Calls `listener` after each change, until the returned function is called. What it throws is logged. */
  onChange(listener: (changed: Changed) => void): () => void;
}

/** No changes so far. */
export function createChanges(log: Log): Changes {
  const listeners = new Set<(changed: Changed) => void>();
  return {
    inTurn: createTurns(),
    tell(changed) {
      for (const listener of [...listeners]) {
        try {
          listener(changed);
        } catch (error) {
          log.error('defect', { data: { changed, error: error instanceof Error ? error.stack : typeof error } });
        }
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
