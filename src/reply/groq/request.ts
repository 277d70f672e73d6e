import type { ChatCompletionCreateParamsStreaming } from 'groq-sdk/resources/chat/completions';
import type { Message } from '../../conversations/ports';
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
  messages: readonly Message[],
): ChatCompletionCreateParamsStreaming {
  return {
    model,
    temperature,
    max_completion_tokens: maxTokens,
    stream: true,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...reasoningOptions(model),
    ...(tools.length > 0 ? { tools: toolDefinitions(tools) } : {}),
  };
}

/** Thinking aloud costs a caller time. Each family of models has its own switch, and llama refuses them all with 400. */
function reasoningOptions(model: string): Partial<ChatCompletionCreateParamsStreaming> {
  if (model.includes('gpt-oss')) return { reasoning_effort: 'low', include_reasoning: false };
  if (model.includes('qwen3')) return { reasoning_effort: 'none' };
  return {};
}
