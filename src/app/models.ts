import type { Reply } from '../conversations/ports';
import type { Understand } from '../common/understanding';
import { createGroqReply } from '../reply/groq';
import { createGroqUnderstand } from '../reply/groq-understand';
import type { Settings } from '../settings/settings';
import type { Surroundings } from './surroundings';

type Models = readonly { name: string; reply: Reply }[];

/** The models in the order in which they are asked, always with the key that is in use. */
export function createModels(surroundings: Surroundings, settings: Settings): () => Models {
  let models = modelsWith(settings.groqKey()?.value, surroundings);
  settings.onChange((changed) => {
    if (changed === 'groq') models = modelsWith(settings.groqKey()?.value, surroundings);
  });
  return () => models;
}

/** What makes sense of a call that is over; undefined while there is no key. */
export function createUnderstand({ config }: Surroundings, settings: Settings): () => Understand | undefined {
  return () => {
    const apiKey = settings.groqKey()?.value;
    if (!apiKey) return undefined;
    const models = [...new Set([config.GROQ_MODEL, config.GROQ_FALLBACK_MODEL])];
    return createGroqUnderstand({ apiKey, models, ...(config.GROQ_BASE_URL ? { baseURL: config.GROQ_BASE_URL } : {}) });
  };
}

function modelsWith(apiKey: string | undefined, { config, clock, log }: Surroundings): Models {
  if (!apiKey) return [];
  const model = (name: string, modelVariable: string) => ({
    name,
    reply: createGroqReply({
      apiKey,
      model: name,
      modelVariable,
      temperature: config.GROQ_TEMPERATURE,
      maxTokens: config.GROQ_MAX_TOKENS,
      tools: ['end_call', 'take_message', 'transfer', 'note'],
      ...(config.GROQ_BASE_URL ? { baseURL: config.GROQ_BASE_URL } : {}),
      clock,
      log,
    }),
  });
  const first = model(config.GROQ_MODEL, 'GROQ_MODEL');
  if (config.GROQ_MODEL === config.GROQ_FALLBACK_MODEL) return [first];
  return [first, model(config.GROQ_FALLBACK_MODEL, 'GROQ_FALLBACK_MODEL')];
}
