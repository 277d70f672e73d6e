import type { GuessOutcome } from '../../common/speculation';
import type { Call } from '../call';
import { contextOf } from '../context';
import type { ConversationParts } from '../parts';
import { payInVain } from '../pay-in-vain';
import type { CallContext, Reply } from '../ports';
import { lastReplyOf, taking, type LastReply } from '../settling';
import { mouthFor } from '../turn';
import type { Budget } from './budget';
import { startGuess, type Guess } from './guess';
import { leadsToModel } from './may-guess';
import { sameContext } from './same-context';
import { sameWords } from './same-words';

/** How many replies are begun for one turn at most. */
const MOST_GUESSES = 3;
/** From the words that look complete to the final ones, in ms: our last reply is heard so much longer. */
const ABOUT_TO_COME_MS = 500;

/** A reply that was begun early and answers the final words. `leadMs` is how long before them it was begun. */
export interface Adopted {
  reply: Reply;
  leadMs: number;
}

/** What guessing needs besides its call. */
export interface GuessingOptions {
  budget: Budget;
  hasRoom: () => boolean;
  /** Whether replies are begun, or the words only compared. */
  mayGuess: () => boolean;
  modelFailed: (error: unknown) => void;
}

/** The guesses at one turn, one at a time. */
export interface Guessing {
  isUnderWay(): boolean;
  /** Begins a reply to these words, where one is worth it, allowed and paid for, and takes nobody's place. */
  begin(words: string): void;
  /** Ends a guess at other words than these. */
  keepOnly(words: string): void;
  /** Our last reply as it was heard before these words, where a reply to them was begun. */
  replyBefore(words: string): LastReply | undefined;
  /** The reply that was begun by this model, if it is one to this; any other ends at once. */
  adopt(context: CallContext, model: Reply): Adopted | undefined;
  /** Ends what was begun. */
  drop(outcome: GuessOutcome): void;
}

interface Begun {
  guess: Guess;
  words: string;
  before: LastReply;
  model: ConversationParts['models'][number];
  /** By the clock that never jumps. */
  at: number;
  giveBack: () => void;
}

/** No guess yet. */
export function createGuessing(parts: ConversationParts, call: Call, options: GuessingOptions): Guessing {
  let begun: Begun | undefined;
  let tries = 0;
  const isAt = (words: string) => begun !== undefined && sameWords(begun.words, words);
  const drop = (outcome: GuessOutcome) => {
    if (!begun) return;
    const { guess, model } = begun;
    begun = undefined;
    payInVain(parts, call, { model: model.name, ...guess.cost });
    parts.counts.guessed(guess.hasFailed ? 'failed' : outcome);
    guess.abort();
  };
  return {
    isUnderWay: () => begun !== undefined,
    drop,
    keepOnly: (words) => (isAt(words) ? undefined : drop('mistaken')),
    replyBefore: (words) => (isAt(words) ? begun?.before : undefined),
    begin(words) {
      if (begun || tries >= MOST_GUESSES || parts.stopping || !options.mayGuess()) return;
      if (!leadsToModel(parts, call, words)) return;
      const ticket = options.hasRoom() ? options.budget.take() : undefined;
      if (!ticket) return parts.counts.guessed('refused');
      tries += 1;
      begun = beginReply(parts, call, { words, modelFailed: options.modelFailed, giveBack: ticket.giveBack });
    },
    adopt(context, model) {
      if (!begun) return undefined;
      const { guess, at, giveBack } = begun;
      if (guess.hasFailed || begun.model.reply !== model || !sameContext(guess.context, context)) {
        drop('mistaken');
        return undefined;
      }
      begun = undefined;
      giveBack();
      parts.counts.guessed('adopted');
      return { reply: guess.replayed, leadMs: Math.round(performance.now() - at) };
    },
  };
}

/** Asks the first model with everything that the turn itself would ask it with. */
function beginReply(
  parts: ConversationParts,
  call: Call,
  { words, modelFailed, giveBack }: Pick<Begun, 'words' | 'giveBack'> & Pick<GuessingOptions, 'modelFailed'>,
): Begun | undefined {
  const [model] = parts.models;
  if (!model) return undefined;
  const before = lastReplyOf(call, words, parts.clock.now() + ABOUT_TO_COME_MS);
  const guess = startGuess({
    ...{ reply: model.reply, context: contextOf(parts, call, taking(call, words, before)), failed: modelFailed },
    voice: (text, signal) => prepare(parts, call, { text, signal }),
  });
  return { guess, words, before, model, at: performance.now(), giveBack };
}

/** Makes a clip, so that it is there when it is wanted. That it fails is nobody's trouble: it is tried again then. */
function prepare(parts: ConversationParts, call: Call, { text, signal }: { text: string; signal: AbortSignal }): void {
  const { speak, voice } = mouthFor(parts, call);
  speak?.(text, voice, signal).catch(() => undefined);
}
