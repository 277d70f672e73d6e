import type { Clock } from '../../common/clock';
import type { SpeculationMode, SpeculationState, WordPair } from '../../common/speculation';
import type { Call } from '../call';
import type { ConversationParts } from '../parts';
import { spareModels } from '../turn';
import { createAhead } from './ahead';
import { createBudget } from './budget';
import { mayAskModel } from './may-guess';
import type { PartialWords } from './partials';
import { createWorth } from './worth';

/** What is needed to begin replies early. `perMinute` bounds the requests made in vain. */
export interface SpeculationOptions {
  mode: SpeculationMode;
  perMinute: number;
  /** The latest pairs of earlier times, the oldest first. */
  pairs: readonly WordPair[];
  /** Whether a request more takes nothing from the turns of callers who have finished. */
  hasRoom: () => boolean;
  clock: Clock;
}

/** Words of a turn that the caller still speaks in. */
export interface PartialResult extends PartialWords {
  turn: number;
}

/** Begins replies before a caller has finished, where that is allowed, paid for and worth it. */
export interface Speculation {
  /** Whether we want to know what is said in the call's next turn while it is being said. */
  listensTo(parts: ConversationParts, call: Call): boolean;
  heard(parts: ConversationParts, call: Call, partial: PartialResult): void;
  /** A model has refused for too many requests: none is asked early for a minute, or for as long as it asks (ms). */
  rateLimited(ms?: number): void;
  state(): SpeculationState;
}

/** The speculation of one Frontdesk, for all its calls together. */
export function createSpeculation({ mode, perMinute, pairs, hasRoom, clock }: SpeculationOptions): Speculation {
  const budget = createBudget(perMinute, clock);
  const worth = createWorth(mode, pairs);
  const listensTo = (parts: ConversationParts, call: Call) =>
    mode !== 'off' && parts.models.length > 0 && mayAskModel(call);
  return {
    listensTo,
    rateLimited: budget.rest,
    state: worth.state,
    heard(parts, call, { turn, ...partial }) {
      if (turn !== call.turnNumber + 1 || !listensTo(parts, call)) return;
      if (call.ahead?.turn !== turn) {
        call.ahead?.end();
        call.ahead = createAhead(parts, call, {
          ...{ turn, budget, hasRoom, mayGuess: () => worth.state().isOn },
          modelFailed: (error) => spareModels(parts, error),
          paired(pair) {
            if (call.test) return;
            worth.add(pair);
            parts.book.paired({ ...pair, callSid: call.callSid, at: clock.now() });
          },
        });
      }
      call.ahead.hear(partial);
    },
  };
}
