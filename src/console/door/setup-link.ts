import type { Clock } from '../../common/clock';
import { hashOf, newSecret } from './digest';

const VALID_MS = 24 * 60 * 60_000;

/** The key in the one-time link with which the first password is set from elsewhere. */
export interface SetupKey {
  /** A new key, which replaces the one before. */
  issue(): string;
  isValid(key: string): boolean;
  /** Whether the key was valid; from now on it is not. */
  use(key: string): boolean;
}

/** A key that lasts for a day, or until it is used, or until the process ends. Only its hash is kept. */
export function createSetupKey(clock: Clock): SetupKey {
  let kept: { hash: string; until: number } | undefined;
  const isValid = (key: string) => kept !== undefined && hashOf(key) === kept.hash && clock.now() < kept.until;
  return {
    issue() {
      const key = newSecret();
      kept = { hash: hashOf(key), until: clock.now() + VALID_MS };
      return key;
    },
    isValid,
    use(key) {
      if (!isValid(key)) return false;
      kept = undefined;
      return true;
    },
  };
}
