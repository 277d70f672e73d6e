import { keepDangerReady } from '../conversations/danger';
import type { Models } from './models';
import type { Mouth } from './speech';

/** Connections are used this often while calls are open, in ms: services and firewalls close what is idle for a minute. */
const EVERY_MS = 45_000;

/** Every greeting is longer, in ms: what takes time is done while its caller waits for nothing. */
const IN_THE_GREETING_MS = 1_000;

/** What keeps the connections to the model and to the voice open while somebody may need them. */
export interface Warmth {
  /** Opens them ahead of the first call. Resolves when that is done or has failed. */
  begin(): Promise<void>;
  /** A call has begun: its greeting is long enough to open what has gone cold. */
  callOpened(): void;
  close(): void;
}

interface WarmthOptions {
  models: Pick<Models, 'warm'>;
  mouth: Pick<Mouth, 'google'>;
  activeCalls: () => number;
  everyMs?: number;
}

/**
 * Opens the connections when a call begins, and uses them now and then while there are active calls. The long patterns
 * that V8 has forgotten are made ready then, too.
 */
export function createWarmth({ models, mouth, activeCalls, everyMs = EVERY_MS }: WarmthOptions): Warmth {
  let timer: NodeJS.Timeout | undefined;
  let greeting: NodeJS.Timeout | undefined;
  const makeReady = () => {
    greeting = undefined;
    void keepDangerReady();
  };
  const goOn = () => {
    timer = undefined;
    if (activeCalls() === 0) return;
    void keep();
    void keepDangerReady();
  };
  const keep = () => {
    timer = setTimeout(goOn, everyMs).unref();
    return Promise.all([models.warm(), mouth.google()?.warm()]);
  };
  return {
    async begin() {
      clearTimeout(timer);
      await Promise.all([keep(), keepDangerReady()]);
    },
    callOpened() {
      greeting ??= setTimeout(makeReady, IN_THE_GREETING_MS).unref();
      if (timer === undefined) void keep();
    },
    close: () => [timer, greeting].forEach((each) => clearTimeout(each)),
  };
}
