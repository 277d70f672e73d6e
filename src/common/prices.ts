import type { Usage } from './usage';

/**
 * What things cost in US dollars, by their key; what has no key here has no known price. These are list prices without
 * free quotas, discounts and taxes, for a local number of the US: they change, and the owner is to check them against
 * twilio.com/voice/pricing, cloud.google.com/text-to-speech/pricing and groq.com/pricing. The page keeps what the owner
 * corrects.
 */
export const LIST_PRICES: Prices = {
  'twilio/inbound': 0.0085,
  'twilio/outbound': 0.014,
  'twilio/transfer': 0.014,
  'twilio/heard': 0.02,
  'say/basic': 0,
  'say/standard': 0.0008,
  'say/neural': 0.0032,
  'say/generative': 0.013,
  'google/standard': 4,
  'google/wavenet': 4,
  'google/neural2': 16,
  'google/polyglot': 16,
  'google/chirp3-hd': 30,
  'google/studio': 160,
  'groq/in/openai/gpt-oss-120b': 0.15,
  'groq/out/openai/gpt-oss-120b': 0.6,
  'groq/in/openai/gpt-oss-20b': 0.075,
  'groq/out/openai/gpt-oss-20b': 0.3,
  'groq/in/llama-3.3-70b-versatile': 0.59,
  'groq/out/llama-3.3-70b-versatile': 0.79,
  'groq/in/llama-3.1-8b-instant': 0.05,
  'groq/out/llama-3.1-8b-instant': 0.08,
};

/** US dollars by key, for the amount that `pricedThing` names. */
export type Prices = Readonly<Record<string, number>>;

/** What a key is the price of: in words (whose, and what of it), and for how much (`size` times the `unit`). */
export interface PricedThing {
  what: string;
  unit: string;
  size: number;
}

const ON_THE_LINE: Readonly<Record<string, PricedThing>> = {
  'twilio/inbound': { what: 'Twilio, incoming call', unit: 'minute', size: 1 },
  'twilio/outbound': { what: 'Twilio, outgoing call', unit: 'minute', size: 1 },
  'twilio/transfer': { what: 'Twilio, put through to a person', unit: 'minute', size: 1 },
  'twilio/heard': { what: 'Twilio, understanding the caller, 15 s at most', unit: 'utterance', size: 1 },
};

/** The thing that a key is the price of; undefined for what is no key. */
export function pricedThing(key: string): PricedThing | undefined {
  const [, service = '', name = ''] = /^(say|google|groq\/in|groq\/out)\/([\w.:/-]{1,100})$/.exec(key) ?? [];
  switch (service) {
    case 'say':
      return { what: `Twilio's own voices, ${name}`, unit: 'character', size: 100 };
    case 'google':
      return { what: `Google's voices, ${name}`, unit: 'character', size: 1_000_000 };
    case 'groq/in':
      return { what: `Groq, ${name}, reading`, unit: 'token', size: 1_000_000 };
    case 'groq/out':
      return { what: `Groq, ${name}, writing`, unit: 'token', size: 1_000_000 };
    default:
      return Object.hasOwn(ON_THE_LINE, key) ? ON_THE_LINE[key] : undefined;
  }
}

/** The key of the price of something used. Voices are priced by family. */
export function priceKey({ kind, name }: Pick<Usage, 'kind' | 'name'>): string {
  switch (kind) {
    case 'tokens in':
      return `groq/in/${name}`;
    case 'tokens out':
      return `groq/out/${name}`;
    case 'voice':
      return `google/${familyOf(name)}`;
    case 'say':
      return `say/${sayFamily(name)}`;
    case 'heard':
      return 'twilio/heard';
  }
}

/** "en-US-Chirp3-HD-Aoede" is of the family "chirp3-hd". A name without a family is its own. */
function familyOf(voice: string): string {
  const [, family = voice] = /^[a-z]{2,3}-[A-Z]{2}-(.+)-[^-]+$/.exec(voice) ?? [];
  return family.toLowerCase();
}

/** Twilio's four prices (twilio.com/docs/voice/twiml/say/text-speech). */
function sayFamily(voice: string): string {
  if (/^(?:man|woman|alice)$/.test(voice)) return 'basic';
  if (/generative|chirp/i.test(voice)) return 'generative';
  if (/neural|wavenet/i.test(voice)) return 'neural';
  if (/^Polly\.[^-]+$|-Standard-/.test(voice)) return 'standard';
  return voice.replace(/[^\w.:/-]/g, '').toLowerCase() || 'unknown';
}
