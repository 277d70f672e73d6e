import type { WordPair } from '../../common/speculation';
import type { Call } from '../call';
import type { ConversationParts } from '../parts';
import { quietFor } from './completeness';
import { createGuessing, type Guessing, type GuessingOptions } from './guessing';
import { leadsToModel } from './may-guess';
import { createPartials, type PartialWords } from './partials';
import { sameWords } from './same-words';

/** When the final words have not come this long after the latest partial ones, in ms, they are not waited for any more. */
const FINAL_WORDS_MS = 10_000;

/** A turn that the caller still speaks in. */
export interface Ahead extends Pick<Guessing, 'replyBefore' | 'adopt'> {
  readonly turn: number;
  hear(partial: PartialWords): void;
  /** The final words; undefined for silence or a key. A guess at others ends at once. */
  final(words: string | undefined): void;
  /** Ends what was begun and not adopted. */
  end(): void;
}

/** What a turn needs besides its call. `paired` is told how the last partial words compare with the final ones. */
export interface AheadOptions extends GuessingOptions {
  turn: number;
  paired: (pair: WordPair) => void;
}

/** A coming turn of a call, of which nothing is known yet. */
export function createAhead(parts: ConversationParts, call: Call, options: AheadOptions): Ahead {
  const { turn, paired } = options;
  const partials = createPartials();
  const guessing = createGuessing(parts, call, options);
  let isOver = false;
  let trigger: NodeJS.Timeout | undefined;
  let watchdog: NodeJS.Timeout | undefined;

  const stop = () => {
    isOver = true;
    clearTimeout(trigger);
    clearTimeout(watchdog);
  };
  const giveUp = () => {
    stop();
    guessing.drop('unused');
    parts.log.info('stt', { callSid: call.callSid, step: 'no final words', data: { turn } });
  };
  const lookAgain = () => {
    const latest = partials.latest();
    clearTimeout(trigger);
    if (!latest || guessing.isUnderWay()) return;
    const left = quietFor(latest.words, partials.pauses()) - (performance.now() - latest.since);
    if (left <= 0) guessing.begin(latest.words);
    else trigger = setTimeout(() => guessing.begin(latest.words), left).unref();
  };
  return {
    turn,
    replyBefore: guessing.replyBefore,
    adopt: guessing.adopt,
    hear(partial) {
      if (isOver) return;
      if (watchdog) watchdog.refresh();
      else watchdog = setTimeout(giveUp, FINAL_WORDS_MS).unref();
      if (!partials.take(partial, performance.now())) return;
      guessing.keepOnly(partial.words);
      lookAgain();
    },
    final(words = '') {
      const latest = partials.latest();
      stop();
      guessing.keepOnly(words);
      if (!latest || !leadsToModel(parts, call, words)) return;
      paired({ matched: sameWords(latest.words, words), leadMs: Math.round(performance.now() - latest.since) });
    },
    end() {
      stop();
      guessing.drop('unused');
    },
  };
}
