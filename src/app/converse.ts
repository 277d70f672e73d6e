import type { Calls } from '../calls/calls';
import type { Metrics } from '../common/metrics';
import { createConversations, type Conversations } from '../conversations/conversations';
import { createHedge } from '../conversations/hedge';
import type { Reply, SaveMessage, Speak } from '../conversations/ports';
import { createSpeculation, type Speculation } from '../conversations/speculation/speculation';
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

/** What of the core can be replaced by code. */
export interface CoreOverrides {
  models?: readonly { name: string; reply: Reply }[];
  speak?: Speak;
  saveMessage?: SaveMessage;
  idleMs?: number;
}

/** What the core is made of. `overrides` take the place of the usual parts. */
interface Core {
  overrides: CoreOverrides;
  settings: Settings;
  mouth: Mouth;
  exchange: TryIt;
  calls: Calls;
  speculation: Speculation;
  metrics: Metrics;
  models: Models;
  warmth: Warmth;
  pressure: Pressure;
}

/** The core with everything it asks of the world. What changes while it runs is asked for each time. */
export function converse(surroundings: Surroundings, parts: Core): Conversations {
  const { overrides, settings, mouth, exchange, calls, speculation, metrics: counts } = parts;
  const { models, warmth, pressure } = parts;
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
    soundsHere: mouth.clips.here,
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
    speculation,
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

/** What begins replies early, knowing what earlier turns have shown. */
export async function openSpeculation(
  { config, clock }: Surroundings,
  { calls, pressure }: Pick<Core, 'calls' | 'pressure'>,
): Promise<Speculation> {
  const { SPECULATION: mode, SPECULATION_PER_MINUTE: perMinute } = config;
  const pairs = await calls.latestPairs();
  return createSpeculation({ mode, perMinute, pairs, hasRoom: pressure.hasRoomToSpare, clock });
}
