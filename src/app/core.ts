import type { Calls } from '../calls/calls';
import type { Metrics } from '../common/metrics';
import { createConversations, type Conversations } from '../conversations/conversations';
import { createHedge } from '../conversations/hedge';
import type { Reply, SaveMessage, Speak } from '../conversations/ports';
import { createAnswerer } from '../reply/answerer/answerer';
import { createLookUp } from '../reply/answerer/look-up';
import { composePrompt } from '../reply/prompt';
import type { Settings } from '../settings/settings';
import { createCallRules } from './call-rules';
import type { Models } from './models';
import type { Pressure } from './pressure';
import type { Mouth } from './speech';
import type { Surroundings } from './surroundings';
import type { TryIt } from './try-it';
import { voiceOf } from './voices';
import type { Warmth } from './warmth';

const IDLE_MS = 10 * 60_000;

/** What of the core's parts code alone can replace. */
export interface CoreOverrides {
  models?: readonly { name: string; reply: Reply }[];
  speak?: Speak;
  saveMessage?: SaveMessage;
  idleMs?: number;
}

/** What the core is made of. */
export interface CoreOptions {
  overrides: CoreOverrides;
  settings: Settings;
  mouth: Mouth;
  exchange: TryIt;
  calls: Calls;
  models: Models;
  warmth: Warmth;
  counts: Metrics;
  pressure: Pressure;
}

/** The core, with everything it asks of the world. */
export function createCore(
  surroundings: Surroundings,
  { overrides, settings, mouth, exchange, calls, models, warmth, counts, pressure }: CoreOptions,
): Conversations {
  const { config, clock, log } = surroundings;
  return createConversations({
    profile: settings.profile,
    systemPrompt: composePrompt,
    voice: (profile) => voiceOf(profile, config),
    get models() {
      return overrides.models ?? models.models();
    },
    isCrowded: pressure.isCrowded,
    hedge: createHedge(clock, counts.hedged),
    answerer: createAnswerer({ clock }),
    lookUp: createLookUp({ clock }),
    get speak() {
      return overrides.speak ?? mouth.speak();
    },
    phraseClip: mouth.phraseClip,
    greetingClip: mouth.greetingClip,
    consent: () => settings.rules().privacy.consent,
    saveMessage: overrides.saveMessage ?? calls.saveMessage,
    book: calls.book,
    rules: createCallRules(settings, calls),
    counts: {
      ...counts,
      callOpened: (overflow) => [counts, warmth].forEach((each) => each.callOpened(overflow)),
      turnAnswered: (turn) => [counts, exchange].forEach((each) => each.turnAnswered(turn)),
    },
    answered: exchange.answered,
    clock,
    log,
    limits: {
      historyMessages: config.CONVERSATION_HISTORY_LIMIT,
      maxConcurrentCalls: config.MAX_CONCURRENT_CALLS,
      coalesceMs: config.COALESCE_MS,
      idleMs: overrides.idleMs ?? IDLE_MS,
    },
  });
}
