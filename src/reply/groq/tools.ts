import type { ChatCompletionTool } from 'groq-sdk/resources/chat/completions';
import { z } from 'zod';
import type { Decision, ReplyPiece } from '../../conversations/ports';
import type { ToolCallDelta } from './chunk';

/** What a model may decide besides its words. */
export type ToolName = 'end_call' | 'take_message' | 'transfer' | 'note';

const TEXT = { type: 'string' };

const DEFINITIONS: Record<Exclude<ToolName, 'note'>, ChatCompletionTool> = {
  end_call: {
    type: 'function',
    function: {
      name: 'end_call',
      description: 'Hang up. Only after the caller said goodbye or that they are done.',
      parameters: { type: 'object', properties: {} },
    },
  },
  transfer: {
    type: 'function',
    function: {
      name: 'transfer',
      description: 'Put the caller through to a person. Only when the caller asks for that or the rules say so.',
      parameters: { type: 'object', properties: { reason: { ...TEXT, description: 'Why, in a few words' } } },
    },
  },
  take_message: {
    type: 'function',
    function: {
      name: 'take_message',
      description: 'Take a message for the team. Leave out whatever the caller has not said.',
      parameters: {
        type: 'object',
        properties: {
          name: { ...TEXT, description: "The caller's name" },
          number: { ...TEXT, description: 'The number to call back' },
          reason: { ...TEXT, description: 'What it is about, in the words of the caller' },
        },
      },
    },
  },
};

/** Words a model puts in where the caller said nothing. */
const NOTHING = /^(unknown|none|null|undefined|n\/?a|not (given|provided|specified|stated)|anonymous)?\.?$/i;

const LONGEST_ARGUMENT = 1_000;
const LONGEST_NAME = 40;

const argument = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim().slice(0, LONGEST_ARGUMENT))
  .refine((value) => !NOTHING.test(value))
  .optional()
  .catch(undefined);

const noteArguments = z
  .object({ field: argument, value: argument, quote: argument })
  .transform(({ field, value, quote }) => (field && value && quote ? { field, value, quote } : undefined))
  .catch(undefined);
const messageArguments = z.object({ name: argument, number: argument, reason: argument }).catch({});

const noteTool = (fields: readonly string[]): ChatCompletionTool => ({
  type: 'function',
  function: {
    name: 'note',
    description: 'Write down one thing the caller has told. Once for each, beside your words. Never guess.',
    parameters: {
      type: 'object',
      properties: {
        field: { ...TEXT, enum: fields },
        value: { ...TEXT, description: 'What the caller told, tidied up' },
        quote: { ...TEXT, description: "The caller's exact words that say it, copied" },
      },
      required: ['field', 'value', 'quote'],
    },
  },
});

/** The tools as a chat completion request offers them. `fields` are the names of what may be noted. */
export const toolDefinitions = (names: readonly ToolName[], fields: readonly string[]): ChatCompletionTool[] =>
  names.map((name) => (name === 'note' ? noteTool(fields) : DEFINITIONS[name]));

/** Gathers a reply's tool calls, which come whole or in pieces. */
export interface ToolCalls {
  /** Takes pieces in; returns the decisions and notes that became whole by them. */
  add(deltas: readonly ToolCallDelta[]): ReplyPiece[];
  /** No more pieces will come: returns what is left, arguments that nobody can read left out. */
  finish(): ReplyPiece[];
  /** Whether there was anything so far. */
  decided(): boolean;
}

interface OpenCall {
  name: string;
  args: string;
  whole: boolean;
}

/** A reply's tool calls. A tool but `note` counts once per reply; one that was not offered goes to `onUnknown`. */
export function createToolCalls(offered: readonly ToolName[], onUnknown: (name: string) => void): ToolCalls {
  const calls = new Map<number, OpenCall>();
  const decided = new Set<string>();

  function decide(call: OpenCall): ReplyPiece[] {
    call.whole = true;
    const name = offered.find((tool) => tool === plainName(call.name));
    if (!name) onUnknown(call.name.slice(0, LONGEST_NAME));
    if (!name || (decided.has(name) && name !== 'note')) return [];
    const args = parseJson(call.args);
    const piece = toPiece(name, args);
    if (piece) decided.add(name);
    return piece ? [piece] : [];
  }

  return {
    add: (deltas) =>
      deltas.flatMap(({ index, function: piece }) => {
        const call = calls.get(index) ?? { name: '', args: '', whole: false };
        calls.set(index, call);
        call.name += piece?.name ?? '';
        call.args += piece?.arguments ?? '';
        return parseJson(call.args) === undefined ? [] : decide(call);
      }),
    finish: () => [...calls.values()].filter((call) => !call.whole).flatMap(decide),
    decided: () => decided.size > 0,
  };
}

/** gpt-oss has been seen to wrap a tool's name in its own channel marks: `functions.end_call<|channel|>json`. */
function plainName(name: string): string {
  return name.replace(/^functions\./, '').replace(/<\|.*$/s, '');
}

function toPiece(name: ToolName, args: unknown): ReplyPiece | undefined {
  if (name !== 'note') return { kind: 'decision', decision: toDecision(name, args) };
  const note = noteArguments.parse(args);
  return note && { kind: 'note', note };
}

function toDecision(name: Exclude<ToolName, 'note'>, args: unknown): Decision {
  if (name === 'end_call') return { kind: 'endCall' };
  if (name === 'transfer') {
    const { reason } = messageArguments.parse(args);
    return { kind: 'transfer', ...(reason === undefined ? {} : { reason }) };
  }
  const said = Object.entries(messageArguments.parse(args)).filter(([, value]) => value !== undefined);
  return { kind: 'takeMessage', ...Object.fromEntries(said) };
}

/** The object in `text`, or undefined while there is none: a whole object cannot be the beginning of another. */
function parseJson(text: string): unknown {
  if (!text.trimEnd().endsWith('}')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
