import type { Clock } from '../common/clock';
import { speakingMs, type Handed } from './audible';
import type { Draft, Ending } from './draft';
import type { Utterance } from './step';

/** However slow everything is, a webhook is answered within this, in ms: the promise is 5 s, Twilio's own end 15 s. */
const HARD_LIMIT_MS = 4_500;

/** What a webhook is answered with: the last of a reply, a part of it, or nothing yet. */
export type Delivery =
  | { kind: 'whole'; utterances: Utterance[]; ending: Ending }
  | { kind: 'part'; utterances: Utterance[] }
  | { kind: 'nothingYet' };

/** How long to wait for what, in ms: for first words, and for a whole reply once its first part can be played. */
export interface Patience {
  firstWordsMs: number;
  coalesceMs: number;
  clock: Clock;
}

/**
 * Waits for what can be said now. A reply that is complete, or nearly so, goes out in one piece, so that the caller
 * hears no seam and can talk over it; one that is still being thought of goes out in parts.
 */
export async function nextDelivery(
  draft: Draft,
  lastHanded: Handed | undefined,
  patience: Patience,
): Promise<Delivery> {
  const { clock } = patience;
  const arrivedAt = clock.now();
  for (;;) {
    const ready = countReady(draft);
    const whole = draft.ending && ready === draft.waiting.length;
    if (whole) return { kind: 'whole', utterances: draft.handOut(ready), ending: draft.ending as Ending };
    const until = ready > 0 ? splitAt(draft, lastHanded, patience) : giveUpAt(draft, arrivedAt, patience);
    const left = Math.min(until, arrivedAt + HARD_LIMIT_MS) - clock.now();
    if (left <= 0) return ready > 0 ? { kind: 'part', utterances: draft.handOut(ready) } : { kind: 'nothingYet' };
    await draft.bell.rungWithin(left);
  }
}

function countReady(draft: Draft): number {
  const unready = draft.waiting.findIndex((part) => !part.utterance);
  return unready < 0 ? draft.waiting.length : unready;
}

/**
 * When the ready beginning of a reply goes out without its rest. A first clip does not wait for a model that is
 * still thinking; what follows may use the time in which the caller still hears what went before.
 */
function splitAt(draft: Draft, lastHanded: Handed | undefined, { coalesceMs }: Patience): number {
  const first = draft.waiting[0];
  const readyAt = first?.readyAt ?? 0;
  if (lastHanded) return Math.max(readyAt + coalesceMs, lastHanded.at + speakingMs(lastHanded));
  return draft.ending || !first?.utterance?.clip ? readyAt + coalesceMs : readyAt;
}

const giveUpAt = (draft: Draft, arrivedAt: number, { firstWordsMs }: Patience) =>
  draft.begun || draft.waiting.length > 0 ? Infinity : arrivedAt + firstWordsMs;
