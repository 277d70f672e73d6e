import { z } from 'zod';
import { UpstreamError } from '../../common/errors';

const toolCallDelta = z.object({
  index: z.number().default(0),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

const usage = z.object({ prompt_tokens: z.number(), completion_tokens: z.number() });

const choice = z.object({
  delta: z.object({ content: z.string().nullish(), tool_calls: z.array(toolCallDelta).nullish() }).nullish(),
  finish_reason: z.string().nullish(),
});

const chunkSchema = z
  .object({
    choices: z.array(choice).optional(),
    x_groq: z.object({ error: z.string().nullish(), usage: usage.nullish().catch(undefined) }).nullish(),
  })
  .refine((chunk) => chunk.choices ?? chunk.x_groq, 'is not a chunk of a chat completion');

/** A piece of a tool call: calls are told apart by `index`, their arguments may come in parts. */
export type ToolCallDelta = z.infer<typeof toolCallDelta>;

/** What one event of Groq's stream says. Reasoning is not read at all, so it can reach nobody. */
export interface Chunk {
  content: string;
  toolCalls: readonly ToolCallDelta[];
  finish: string | undefined;
  usage: z.infer<typeof usage> | undefined;
}

/**
 * Reads one event of the stream (OpenAI's chat completion chunk, with Groq's own `x_groq`).
 * Throws UpstreamError: `garbage` when it is something else, `server-error` when Groq stopped early.
 */
export function readChunk(event: unknown): Chunk {
  const parsed = chunkSchema.safeParse(event);
  if (!parsed.success) throw new UpstreamError('groq', 'garbage', { cause: parsed.error });
  const { choices, x_groq: extra } = parsed.data;
  if (extra?.error != null) throw new UpstreamError('groq', 'server-error', { message: `groq: ${extra.error}` });
  const first = choices?.[0];
  return {
    content: first?.delta?.content ?? '',
    toolCalls: first?.delta?.tool_calls ?? [],
    finish: first?.finish_reason ?? undefined,
    usage: extra?.usage ?? undefined,
  };
}
