import { UpstreamError } from '../common/errors';
import { startAttempt, type Attempt, type Rung } from './attempt';
import type { Draft } from './draft';
import type { CallContext, Decision, Note, Tokens } from './ports';

/** How a reply came about. */
export interface Climbed {
  rung: string;
  decision: Decision | undefined;
  tokens?: Tokens | undefined;
  /** What the caller told, by all who spoke: it is kept already. */
  notes?: readonly Note[];
}

/** A reply never takes longer than this, in ms; what is there by then is all there is. */
const TOTAL_MS = 20_000;

/** What is said when a reply breaks off after its beginning was already heard. */
const LOST_THREAD = "I'm sorry, I lost my thread there. Could you ask me that again?";

/**
 * Everything one climb needs. The last rung must not fail. `spoke` is told who speaks, `failed` of every rung that did,
 * `outrun` of every one that was still silent when another spoke, `noted` of notes as they come.
 */
export interface ClimbOptions {
  rungs: readonly Rung[];
  call: CallContext;
  draft: Draft;
  signal: AbortSignal;
  spoke: (rung: string) => void;
  failed: (rung: string, error: unknown) => void;
  outrun: (rung: string) => void;
  noted: (note: Note) => void;
}

/**
 * Gets a reply into the draft from the first rung that speaks. A rung that breaks off is followed by the next one,
 * unless the caller has heard its beginning: nothing is ever said twice. Resolves when the words are complete.
 */
export async function climb(options: ClimbOptions): Promise<Climbed> {
  const { rungs, draft, signal } = options;
  const startedAt = performance.now();
  const notes: Note[] = [];
  const noted = (note: Note) => {
    notes.push(note);
    options.noted(note);
  };
  const ascent = createAscent({ ...options, noted });
  while (!ascent.done() && !signal.aborted) {
    const elapsed = performance.now() - startedAt;
    const silent = draft.waiting.length + draft.handedOut === 0;
    const rung = silent || ascent.stuck() ? ascent.nextRung() : undefined;
    if (elapsed > TOTAL_MS || (ascent.stuck() && !rung)) break;
    if (rung && (ascent.stuck() || elapsed >= rung.dueMs)) {
      if (!ascent.stuck()) rung.besides?.();
      ascent.start(rung, rung === rungs.at(-1));
    } else await draft.bell.rungWithin((rung?.dueMs ?? TOTAL_MS) - elapsed + 1);
  }
  ascent.stop();
  const climbed = ascent.done() ?? { rung: 'none', decision: undefined };
  return notes.length > 0 ? { ...climbed, notes } : climbed;
}

/** The rungs at work in one climb: which of them speaks, which is next, and whether the words are complete. */
function createAscent({ rungs, call, draft, ...told }: ClimbOptions) {
  const live = new Set<Attempt>();
  let next = 0;
  let speaker: Attempt | undefined;
  let done: Climbed | undefined;

  const placeOf = ({ rung }: Attempt) => rungs.findIndex(({ name }) => name === rung);
  const drop = (attempt: Attempt) => {
    live.delete(attempt);
    attempt.drop();
  };
  /** One from above may still be asked anew, should the speaker break off; one from below was too slow already. */
  const leaveBehind = (silent: Attempt, by: Attempt) => {
    drop(silent);
    told.outrun(silent.rung);
    if (placeOf(silent) > placeOf(by)) next = Math.min(next, placeOf(silent));
  };
  const spoke = (attempt: Attempt) => {
    speaker = attempt;
    told.spoke(attempt.rung);
    draft.begun = true;
    draft.progress = { characters: 0, since: performance.now() };
    for (const other of [...live]) if (other !== attempt) leaveBehind(other, attempt);
  };
  const fail = (attempt: Attempt, error: unknown) => {
    told.failed(attempt.rung, error);
    drop(attempt);
    if (attempt !== speaker) return;
    speaker = undefined;
    draft.discard();
    draft.begun = draft.handedOut > 0;
    if (!draft.begun) return;
    draft.say(LOST_THREAD);
    done = { rung: attempt.rung, decision: undefined };
  };
  const ended = (attempt: Attempt, error?: unknown) => {
    const { rung, decision, tokens } = attempt;
    if (error === undefined) done = { rung, decision, tokens };
    else fail(attempt, error);
    draft.bell.ring();
  };
  const giveUpWaiting = () => {
    for (const attempt of [...live]) fail(attempt, new UpstreamError(attempt.rung, 'timeout'));
  };
  /** While one speaks or is waited for, the last rung takes over where the next is not due before it. */
  const isPassedOver = () => live.size > 0 && (rungs[next]?.dueMs ?? 0) > (rungs.at(-1)?.dueMs ?? 0);
  return {
    done: () => done,
    stuck: () => live.size === 0,
    nextRung: () => (next < rungs.length ? rungs.at(speaker || isPassedOver() ? -1 : next) : undefined),
    start(rung: Rung, isLast: boolean) {
      next = rungs.indexOf(rung) + 1;
      if (isLast) giveUpWaiting();
      live.add(startAttempt(rung, { call, draft, spoke, noted: told.noted, ended }));
    },
    stop: () => [...live].forEach(drop),
  };
}
