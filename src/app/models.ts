import type { Gate } from '../common/gate';
import type { Reply } from '../conversations/ports';
import type { Understand } from '../common/understanding';
import { openLine } from '../reply/groq/line';
import type { GroqReplyOptions } from '../reply/groq';
import type { Settings } from '../settings/settings';
import type { Surroundings } from './surroundings';

/** The models in the order in which they are asked, always with the key that is in use. */
export interface Models {
  models(): readonly { name: string; reply: Reply }[];
  /** Loads what asking takes and opens a connection, or keeps it open. Never rejects. */
  warm(): Promise<void>;
}

/** The models at Groq; none while there is no key. */
export function createModels(surroundings: Surroundings, settings: Settings, gate: Gate): Models {
  const open = () => modelsWith(settings.groqKey()?.value, gate, surroundings);
  let current = open();
  settings.onChange((changed) => {
    if (changed === 'groq') current = open();
  });
  return { models: () => current.models(), warm: () => current.warm() };
}

/** What makes sense of a call that is over; undefined while there is no key. */
export function createUnderstand({ config }: Surroundings, settings: Settings): () => Understand | undefined {
  const baseURL = config.GROQ_BASE_URL ? { baseURL: config.GROQ_BASE_URL } : {};
  const models = [...new Set([config.GROQ_MODEL, config.GROQ_FALLBACK_MODEL])];
  return () => {
    const apiKey = settings.groqKey()?.value;
    if (!apiKey) return undefined;
    return async (call, signal) => {
      const { createGroqUnderstand } = await import('../reply/groq-understand.js');
      return createGroqUnderstand({ apiKey, models, ...baseURL })(call, signal);
    };
  };
}

function modelsWith(apiKey: string | undefined, gate: Gate, { config, clock, log }: Surroundings): Models {
  if (!apiKey) return { models: () => [], warm: () => Promise.resolve() };
  const line = openLine({ apiKey, gate, ...(config.GROQ_BASE_URL ? { baseURL: config.GROQ_BASE_URL } : {}) });
  const model = (name: string, modelVariable: string) => {
    const reply = onceLoaded({
      ...{ line, model: name, modelVariable, clock, log },
      temperature: config.GROQ_TEMPERATURE,
      maxTokens: config.GROQ_MAX_TOKENS,
      tools: ['end_call', 'take_message', 'transfer', 'note'],
    });
    return { name, reply };
  };
  const first = model(config.GROQ_MODEL, 'GROQ_MODEL');
  const same = config.GROQ_MODEL === config.GROQ_FALLBACK_MODEL;
  const models = same ? [first] : [first, model(config.GROQ_FALLBACK_MODEL, 'GROQ_FALLBACK_MODEL')];
  return {
    models: () => models,
    async warm() {
      await Promise.all([import('../reply/groq.js'), line.warm()]);
    },
  };
}

/** A mind whose package is loaded when it is first asked. */
function onceLoaded(options: GroqReplyOptions): Reply {
  let loading: Promise<Reply> | undefined;
  return async function* reply(call, signal) {
    loading ??= import('../reply/groq.js').then(({ createGroqReply }) => createGroqReply(options));
    yield* (await loading)(call, signal);
  };
}
