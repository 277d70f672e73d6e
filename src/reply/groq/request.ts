import type { ChatCompletionCreateParamsStreaming } from 'groq-sdk/resources/chat/completions';
import type { CallContext } from '../../conversations/ports';
import { toolDefinitions, type ToolName } from './tools';

/** What of a request is the same for every turn. */
export interface ModelOptions {
  model: string;
  temperature: number;
  maxTokens: number;
  tools: readonly ToolName[];
}

/** The body of one turn's request. */
export function requestBody(
  { model, temperature, maxTokens, tools }: ModelOptions,
  { messages, profile, missing = [] }: Pick<CallContext, 'messages' | 'profile' | 'missing'>,
): ChatCompletionCreateParamsStreaming {
  const fields = profile.fields.map(({ name }) => name);
  const unknown = tools.includes('note') ? stillUnknown(missing) : '';
  return {
    model,
    temperature,
    max_completion_tokens: maxTokens,
    stream: true,
    messages: messages.map(({ role, content }) => ({ role, content: role === 'system' ? content + unknown : content })),
    ...reasoningOptions(model),
    ...(tools.length > 0 ? { tools: toolDefinitions(tools, fields) } : {}),
  };
}

/** At the very end of the system prompt, because it changes from turn to turn: see composePrompt. */
const stillUnknown = (missing: readonly string[]) =>
  missing.length === 0 ? '' : `\nNot told yet: ${missing.join(', ')}.`;

/** Thinking aloud costs a caller time. Each family of models has its own switch, and llama refuses them all with 400. */
export function reasoningOptions(
  model: string,
): Pick<ChatCompletionCreateParamsStreaming, 'reasoning_effort' | 'include_reasoning'> {
  if (model.includes('gpt-oss')) return { reasoning_effort: 'low', include_reasoning: false };
  if (model.includes('qwen3')) return { reasoning_effort: 'none' };
  return {};
}
