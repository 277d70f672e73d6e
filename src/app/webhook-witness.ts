import type { Settings } from '../settings/settings';

const STATE = 'last_true_webhook';
/** Written down once in so many ms at most. */
const PAUSE_MS = 60_000;

/** What came to Twilio's door. Times are ms since 1970. */
export interface WebhookWitness {
  admitted(): void;
  refused(matches: string | undefined): void;
  history(): { lastTrueAt: number | undefined; refused: { at: number; matches?: string | undefined } | undefined };
}

/** Remembers the last true webhook, over restarts, and the last signed one that was refused. */
export function createWebhookWitness(settings: Settings, now: () => number): WebhookWitness {
  let lastTrueAt = settings.state(STATE) as number | undefined;
  let writtenAt = 0;
  let refusal: { at: number; matches?: string | undefined } | undefined;
  return {
    admitted() {
      lastTrueAt = now();
      if (lastTrueAt - writtenAt < PAUSE_MS) return;
      writtenAt = lastTrueAt;
      void settings.setState(STATE, lastTrueAt).catch(() => undefined);
    },
    refused: (matches) => void (refusal = { at: now(), matches }),
    history: () => ({ lastTrueAt, refused: refusal }),
  };
}
