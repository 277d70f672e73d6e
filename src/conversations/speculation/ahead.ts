import type { GuessOutcome } from '../../common/speculation';
import type { Call } from '../call';
import { contextOf } from '../context';
import type { ConversationParts } from '../parts';
import type { CallContext, Reply } from '../ports';
import { lastReplyOf, taking, type LastReply } from '../settling';
import { mouthFor } from '../turn';
import type { Budget } from './budget';
import { quietFor } from './completeness';
import { startGuess, type Guess } from './guess';
import { leadsToModel } from './may-guess';
import { createPartials, type PartialWords } from './partials';
import { sameContext } from './same-context';
import { sameWords } from './same-words';

/** How many replies are begun for one turn at most. */
const MOST_GUESSES = 3;
/** When the final words have not come this long after the latest partial ones, in ms, they are not waited for any more. */
const FINAL_WORDS_MS = 10_000;
/** From the words that look complete to the final ones, in ms: our last reply is heard so much longer. */
const ABOUT_TO_COME_MS = 500;

/** A reply that was begun early and answers the final words. `leadMs` is how long before them it was begun. */
export interface Adopted {
  reply: Reply;
  leadMs: number;
}

/** A turn that the caller still speaks in. */
export interface Ahead {
  readonly turn: number;
  hear(partial: PartialWords): void;
  /** The final words; undefined for silence or a key. A guess at others ends at once. */
  final(words: string | undefined): void;
  /** Our last reply as it was heard before these words, where a reply to them was begun. */
  replyBefore(words: string): LastReply | undefined;
  /** The reply that was begun, if it is one to this. */
  adopt(context: CallContext, model: Reply): Adopted | undefined;
  /** Ends what was begun and not adopted. */
  end(): void;
}

/** What a turn needs besides its call. */
export interface AheadOptions {
  turn: number;
  budget: Budget;
  /** Whether replies are begun, or the words only compared. */
  mayGuess: () => boolean;
  modelFailed: (error: unknown) => void;
  /** Told of how the last partial words compare with the final ones. */
  paired: (pair: { matched: boolean; leadMs: number }) => void;
}

interface Begun {
  guess: Guess;
  words: string;
  before: LastReply;
  model: ConversationParts['models'][number];
  at: number;
  giveBack: () => void;
}

/** A coming turn of a call, of which nothing is known yet. */
export function createAhead(parts: ConversationParts, call: Call, options: AheadOptions): Ahead {
  const { budget, turn } = options;
  const partials = createPartials();
  const now = () => performance.now();
  let begun: Begun | undefined;
  let tries = 0;
  let isOver = false;
  let trigger: NodeJS.Timeout | undefined;
  let watchdog: NodeJS.Timeout | undefined;

  const drop = (outcome: GuessOutcome) => {
    if (!begun) return;
    const { guess, model } = begun;
    begun = undefined;
    payFor(parts, call, { guess, model: model.name });
    parts.counts.guessed(guess.hasFailed ? 'failed' : outcome);
    guess.abort();
  };
  const stop = () => {
    isOver = true;
    clearTimeout(trigger);
    clearTimeout(watchdog);
  };
  const guessAt = (words: string) => {
    const [model] = parts.models;
    if (begun || tries >= MOST_GUESSES || !model || parts.stopping || !options.mayGuess()) return;
    if (!leadsToModel(parts, call, words)) return;
    const ticket = budget.take();
    if (!ticket) return parts.counts.guessed('refused');
    tries += 1;
    const before = lastReplyOf(call, words, parts.clock.now() + ABOUT_TO_COME_MS);
    const messages = call.history.windowAfter(taking(call, words, before), parts.limits.historyMessages);
    const guess = startGuess({
      ...{ reply: model.reply, context: contextOf(parts, call, messages), failed: options.modelFailed },
      voice: (text, signal) => prepare(parts, call, { text, signal }),
    });
    begun = { guess, words, before, model, at: now(), giveBack: ticket.giveBack };
  };
  const lookAgain = () => {
    const latest = partials.latest();
    clearTimeout(trigger);
    if (!latest || begun) return;
    const left = quietFor(latest.words, partials.gaps) - (now() - latest.since);
    if (left <= 0) guessAt(latest.words);
    else trigger = setTimeout(() => guessAt(latest.words), left).unref();
  };
  const giveUp = () => {
    stop();
    drop('unused');
    parts.log.info('stt', { callSid: call.callSid, step: 'no final words', data: { turn } });
  };
  return {
    turn,
    hear(partial) {
      if (isOver) return;
      if (watchdog) watchdog.refresh();
      else watchdog = setTimeout(giveUp, FINAL_WORDS_MS).unref();
      if (!partials.take(partial, now())) return;
      if (begun && !sameWords(begun.words, partial.words)) drop('mistaken');
      lookAgain();
    },
    final(words = '') {
      const latest = partials.latest();
      stop();
      if (latest && words && leadsToModel(parts, call, words))
        options.paired({ matched: sameWords(latest.words, words), leadMs: Math.round(now() - latest.since) });
      if (begun && !sameWords(begun.words, words)) drop('mistaken');
    },
    replyBefore: (words) => (begun && sameWords(begun.words, words) ? begun.before : undefined),
    adopt(context, reply) {
      if (!begun || begun.guess.hasFailed || begun.model.reply !== reply) return undefined;
      const { guess, at, giveBack } = begun;
      if (!sameContext(guess.context, context)) return undefined;
      begun = undefined;
      giveBack();
      parts.counts.guessed('adopted');
      return { reply: guess.replayed, leadMs: Math.round(now() - at) };
    },
    end() {
      stop();
      drop('unused');
    },
  };
}

/** Makes a clip, so that it is there when it is wanted. That it fails is nobody's trouble: it is tried again then. */
function prepare(parts: ConversationParts, call: Call, { text, signal }: { text: string; signal: AbortSignal }): void {
  const { speak, voice } = mouthFor(parts, call);
  speak?.(text, voice, signal).catch(() => undefined);
}

/** What was begun in vain costs as much as what was not. */
function payFor(parts: ConversationParts, call: Call, { guess, model }: { guess: Guess; model: string }): void {
  const { tokens, characters } = guess.cost;
  call.tokens += tokens.prompt + tokens.completion;
  const { callSid } = call;
  const voice = parts.voice(call.profile).name;
  parts.book.guessedInVain({ callSid, at: parts.clock.now(), model, tokens, voice, characters });
}
