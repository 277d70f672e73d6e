import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEvent } from '../simulator/call-report';
import type { CallerAct, CallerScript } from '../simulator/caller';

/** Typing takes longer than talking, so silence counts only after this many ms. */
const LEAST_PATIENCE_MS = 20_000;

/** A caller whose mind is a person at a browser. */
export interface BrowserCaller {
  script: CallerScript;
  /** How time passes for the simulator: as it does, but for what the person has already taken the time to do. */
  wait: (ms: number) => Promise<void>;
  /** What the person does; false when nobody listens. */
  act(act: { say: string } | { press: string }): boolean;
  typing(): void;
  notice(event: CallEvent): void;
}

/** A caller for one call; `signal` ends its waits. */
export function createBrowserCaller(signal: AbortSignal): BrowserCaller {
  let pending: ((act: CallerAct) => void) | undefined;
  let silence: NodeJS.Timeout | undefined;
  let askedAt = 0;
  let promptMs = 0;
  let patienceMs = LEAST_PATIENCE_MS;
  let acted = false;

  const decide = (act: CallerAct): boolean => {
    if (!pending) return false;
    clearTimeout(silence);
    acted = true;
    pending(act);
    pending = undefined;
    return true;
  };
  const waitForSilence = (ms: number) => {
    clearTimeout(silence);
    silence = setTimeout(() => decide({ silent: true }), ms).unref();
  };
  return {
    script: ({ listening }) =>
      new Promise((resolve) => {
        pending = resolve;
        askedAt = performance.now();
        patienceMs = Math.max(listening.timeoutMs, LEAST_PATIENCE_MS);
        waitForSilence(promptMs + patienceMs);
      }),
    async wait(ms) {
      if (!acted) await sleep(ms, undefined, { signal });
    },
    act: (act) => decide({ ...act, afterMs: Math.round(performance.now() - askedAt) }),
    typing: () => pending && waitForSilence(patienceMs),
    notice(event) {
      if (event.kind === 'document') {
        acted = false;
        promptMs = 0;
      }
      if (event.kind === 'heard' && event.heard.insideGather) promptMs += event.heard.durationMs;
    },
  };
}
