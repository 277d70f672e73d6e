import { UpstreamError } from '../common/errors';
import type { Draft } from './draft';
import type { CallContext, Decision, Note, Reply, Tokens } from './ports';
import { createWordPump, type WordPump } from './word-pump';

/** One way to get a reply. It is tried once every rung before it has failed, or `dueMs` after the turn began. */
export interface Rung {
  name: string;
  readonly dueMs: number;
  reply: Reply;
  /** Told when it is asked besides another that is still silent, and when it speaks. */
  besides?: (() => void) | undefined;
  spoke?: (() => void) | undefined;
}

/** A rung at work. */
export interface Attempt {
  readonly rung: string;
  readonly decision: Decision | undefined;
  readonly tokens: Tokens | undefined;
  /** Ends it at once; nothing is heard of it again. */
  drop(): void;
}

interface AttemptOptions {
  call: CallContext;
  draft: Draft;
  /** Told before anything of its first piece enters the draft. */
  spoke: (attempt: Attempt) => void;
  /** Told of what the caller told, as it comes. */
  noted: (note: Note) => void;
  /** Told once, when it has said all it will: with an error if that is not a whole reply. */
  ended: (attempt: Attempt, error?: unknown) => void;
}

/** A message is never dropped for a goodbye; otherwise the first decision stands. */
const weightier = (known: Decision | undefined, next: Decision): Decision =>
  known && !(known.kind === 'endCall' && next.kind === 'takeMessage') ? known : next;

/** Cut by the token limit, or only its tool call failed: the words before that still are an answer. */
const leavesAnAnswer = (error: unknown) =>
  error instanceof UpstreamError && (error.reason === 'length' || error.reason === 'tool-use-failed');

/** Lets a rung speak into the draft. */
export function startAttempt(rung: Rung, { call, draft, spoke, noted, ended }: AttemptOptions): Attempt {
  const controller = new AbortController();
  const pump = createWordPump(draft);
  let decision: Decision | undefined;
  let tokens: Tokens | undefined;
  let hasNoted = false;
  const attempt: Attempt = {
    rung: rung.name,
    get decision() {
      return decision;
    },
    get tokens() {
      return tokens;
    },
    drop() {
      pump.stop();
      controller.abort();
    },
  };
  const listen = async () => {
    let silent = true;
    for await (const piece of rung.reply(call, controller.signal)) {
      if (controller.signal.aborted) return;
      if (piece.kind === 'usage') tokens = piece.tokens;
      if (piece.kind === 'usage' || (piece.kind === 'words' && silent && piece.text.trim() === '')) continue;
      if (silent) {
        rung.spoke?.();
        spoke(attempt);
      }
      silent = false;
      if (piece.kind === 'note') {
        hasNoted = true;
        noted(piece.note);
      } else if (piece.kind === 'decision') {
        decision = weightier(decision, piece.decision);
        draft.decided ||= decision.kind !== 'endCall';
      } else if (!(piece.asOne ? pump.pushAsOne(piece.text) : pump.push(piece.text))) return;
    }
  };
  const report = (error?: unknown) => {
    if (controller.signal.aborted) return;
    ended(attempt, error ?? (pump.said() || decision || hasNoted ? undefined : new UpstreamError(rung.name, 'empty')));
  };
  listen().then(
    () => {
      if (!controller.signal.aborted) pump.end();
      report();
    },
    (error: unknown) => {
      if (!controller.signal.aborted && leavesAnAnswer(error)) endWith(pump, error);
      report(leavesAnAnswer(error) && pump.said() ? undefined : error);
    },
  );
  return attempt;
}

function endWith(pump: WordPump, error: unknown): void {
  pump.end({ wholeSentencesOnly: error instanceof UpstreamError && error.reason === 'length' });
}
