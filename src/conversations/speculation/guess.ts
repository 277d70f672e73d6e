import { createBell } from '../../common/bell';
import type { CallContext, Reply, ReplyPiece, Tokens } from '../ports';
import { createFirstPart } from './first-part';
import { tokensOf, withPart } from './pieces';

/** What a guess is made with. `voice` makes a text audible for later; it never fails. */
export interface GuessOptions {
  reply: Reply;
  context: CallContext;
  voice: (text: string, signal: AbortSignal) => void;
  /** Told when the model fails. */
  failed: (error: unknown) => void;
}

/** A reply that was begun before the caller had finished. Nothing of it is heard, and nothing decided, until it is adopted. */
export interface Guess {
  readonly context: CallContext;
  readonly hasFailed: boolean;
  /** What has come so far, at once, and then the rest as it comes. Aborting its signal ends the guess, too. */
  readonly replayed: Reply;
  /** What it has cost so far: as the model says, or about. */
  readonly cost: { tokens: Tokens; characters: number };
  /** Ends it at once. */
  abort(): void;
}

/** How long it is waited for the next ring, in ms; the model has limits of its own. */
const LONG = 60_000;

/** Asks the model now, keeps what it says, and has the first part of it made audible. */
export function startGuess({ reply, context, voice, failed }: GuessOptions): Guess {
  const controller = new AbortController();
  const bell = createBell();
  const pieces: ReplyPiece[] = [];
  let characters = 0;
  let end: { error?: unknown } | undefined;
  const first = createFirstPart((text) => {
    characters = text.length;
    voice(text, controller.signal);
  });
  const listen = async () => {
    for await (const piece of reply(context, controller.signal)) {
      pieces.push(piece);
      if (piece.kind === 'words') first.push(piece.text);
      bell.ring();
    }
    first.end();
  };
  listen().then(
    () => finish({}),
    (error: unknown) => {
      finish({ error });
      if (!controller.signal.aborted) failed(error);
    },
  );
  const finish = (how: { error?: unknown }) => {
    first.stop();
    end = how;
    bell.ring();
  };
  async function* replayed(_: CallContext, signal: AbortSignal): AsyncGenerator<ReplyPiece> {
    signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
    first.stop(); // from here on the turn cuts and voices
    const before = pieces.length;
    yield* withPart(pieces.slice(), first.words);
    for (let at = before; ; at += 1) {
      while (at >= pieces.length && !end) await bell.rungWithin(LONG);
      const piece = pieces[at];
      if (piece) yield piece;
      else if (end && 'error' in end) throw end.error;
      else return;
    }
  }
  return {
    context,
    replayed,
    get hasFailed() {
      return end !== undefined && 'error' in end;
    },
    get cost() {
      return { tokens: tokensOf(context, pieces, end !== undefined && 'error' in end), characters };
    },
    abort() {
      first.stop();
      controller.abort(new Error('the caller said something else'));
    },
  };
}
