import type { Clock } from '../common/clock';
import { speakingMs, type Handed } from './audible';
import { mayBeClaim } from './claims';
import { paceOf, type Draft, type Ending } from './draft';
import type { Utterance } from './step';

/** How long the first sentence may take once its first words have come, in ms. */
const FIRST_SENTENCE_MS = 2_500;
/** What is there already takes this long to be noticed, in ms. */
const INSTANT_MS = 3;
/** A second sentence, in characters, and how long it may take, in ms, to be waited for with a first that costs no time. */
const SENTENCE_LENGTH = 60;
const NEAR_MS = 120;

/** What a webhook is answered with: the last of a reply, a part of it, or nothing yet. */
export type Delivery =
  | { kind: 'whole'; utterances: Utterance[]; ending: Ending }
  | { kind: 'part'; utterances: Utterance[] }
  | { kind: 'nothingYet' };

/** How long to wait for what, in ms: for first words, and for a whole reply once its first part can be played. */
export interface Patience {
  firstWordsMs: number;
  coalesceMs: number;
  /** By when there is a delivery in any case. */
  latestMs: number;
  clock: Clock;
  /** Ends the wait: the call has gone on without this reply. */
  signal: AbortSignal;
  /** Whether nobody will be there to say the rest later. */
  inOnePiece: () => boolean;
}

/**
 * Waits for what can be said now. A reply whose model has finished goes out in one piece, so that the caller
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
    const latest = arrivedAt + patience.latestMs;
    const left = Math.min(patience.inOnePiece() ? latest : until, latest) - clock.now();
    if (patience.signal.aborted) return { kind: 'nothingYet' };
    if (left <= 0) return ready > 0 ? { kind: 'part', utterances: draft.handOut(ready) } : { kind: 'nothingYet' };
    await draft.bell.rungWithin(left);
  }
}

/** How many sentences can go out: the ready ones, but no claim before the model has decided what becomes of it. */
function countReady({ waiting, ending, decided }: Draft): number {
  const unready = waiting.findIndex(({ utterance, text }) => !utterance || (!ending && (decided || mayBeClaim(text))));
  return unready < 0 ? waiting.length : unready;
}

/**
 * When the ready beginning of a reply goes out without its rest. A first clip does not wait for a model that has long
 * to go on; what follows may use the time in which the caller still hears what went before.
 */
function splitAt(draft: Draft, lastHanded: Handed | undefined, { coalesceMs }: Patience): number {
  const first = draft.waiting[0];
  const readyAt = first?.readyAt ?? 0;
  if (lastHanded) return Math.max(readyAt + coalesceMs, lastHanded.at + speakingMs(lastHanded));
  if (draft.ending || !first?.utterance?.clip) return readyAt + coalesceMs;
  const wasThereBefore = readyAt - first.saidAt < INSTANT_MS;
  return wasThereBefore ? readyAt + Math.min(coalesceMs, restIsNear(draft) ? NEAR_MS : INSTANT_MS) : readyAt;
}

/** Whether the model, as fast as it has been so far, is about to end a reply of the two sentences it is asked for. */
const restIsNear = ({ progress, waiting, handedOut }: Draft): boolean =>
  waiting.length + handedOut < 2 && SENTENCE_LENGTH / paceOf(progress) < NEAR_MS;

const giveUpAt = (draft: Draft, arrivedAt: number, { firstWordsMs }: Patience) =>
  draft.waiting.length > 0 ? Infinity : arrivedAt + Math.max(firstWordsMs, draft.begun ? FIRST_SENTENCE_MS : 0);
