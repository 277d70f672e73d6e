import Groq from 'groq-sdk';
import type { ChatCompletionCreateParamsNonStreaming } from 'groq-sdk/resources/chat/completions';
import { z } from 'zod';
import { systemClock } from '../common/clock';
import { UpstreamError } from '../common/errors';
import { URGENCIES, type Understand, type Understood } from '../common/understanding';
import { toUpstreamError } from './groq/failure';
import { reasoningOptions } from './groq/request';
import { RECORD_SCHEMA, recordPrompt } from './groq/record-prompt';
import { startWatch } from './groq/watch';

interface UnderstandOptions {
  apiKey: string;
  baseURL?: string;
  /** Asked one after the other until one answers. */
  models: readonly string[];
}

/** How long all of them may take together, in ms. */
const TOTAL_MS = 20_000;
const MAX_TOKENS = 2_048;
const LONGEST = 1_000;

const text = z
  .string()
  .trim()
  .min(1)
  .transform((words) => words.slice(0, LONGEST));
const quoted = z.object({ value: text, quote: text }).nullish().catch(undefined);
const record = z.object({
  summary: text,
  reason: quoted,
  urgency: quoted.transform((said) => (URGENCIES.some((each) => each === said?.value) ? said : undefined)),
  fields: z.array(z.object({ name: text, value: text, quote: text }).optional().catch(undefined)).catch([]),
});

/** Understands calls at Groq: one request per call and model, never retried. Throws UpstreamError. */
export function createGroqUnderstand({ apiKey, baseURL, models }: UnderstandOptions): Understand {
  const client = new Groq({ apiKey, maxRetries: 0, logLevel: 'off', ...(baseURL ? { baseURL } : {}) });
  const askEach = async (messages: Body['messages'], signal: AbortSignal) => {
    let failure: unknown;
    for (const model of models) {
      try {
        return await ask(client, requestBody(model, messages), signal);
      } catch (error) {
        signal.throwIfAborted();
        failure = error;
      }
    }
    throw toUpstreamError(failure, systemClock);
  };
  return (call, signal) => {
    const watch = startWatch(signal, TOTAL_MS);
    return askEach(recordPrompt(call), watch.signal).finally(watch.stop);
  };
}

type Body = ChatCompletionCreateParamsNonStreaming;

const requestBody = (model: string, messages: Body['messages']): Body => ({
  model,
  temperature: 0,
  max_completion_tokens: MAX_TOKENS,
  messages,
  ...reasoningOptions(model),
  response_format: { type: 'json_schema', json_schema: { name: 'call_record', strict: true, schema: RECORD_SCHEMA } },
});

async function ask(client: Groq, body: Body, signal: AbortSignal): Promise<Understood> {
  const answer = await client.chat.completions.create(body, { signal });
  const made = record.safeParse(jsonIn(answer.choices[0]?.message.content ?? ''));
  if (!made.success)
    throw new UpstreamError('groq', 'garbage', { message: 'groq: garbage (not the record asked for)' });
  const { summary, reason, urgency, fields } = made.data;
  return {
    summary,
    reason: reason ?? undefined,
    urgency: urgency ?? undefined,
    fields: fields.filter((field) => field !== undefined),
    tokens: {
      model: body.model,
      prompt: answer.usage?.prompt_tokens ?? 0,
      completion: answer.usage?.completion_tokens ?? 0,
    },
  };
}

/** Models without schemas of their own like to put JSON between words. */
function jsonIn(content: string): unknown {
  try {
    return JSON.parse(content.slice(content.indexOf('{'), content.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
}
