import { z } from 'zod';
import type { ToolCallDelta } from './chunk';

/**
 * What some models write among their words although it is not for saying: thoughts, and tool calls in the form of
 * their training (Llama's `<function=name>{…}</function>`, Qwen's `<tool_call>{…}</tool_call>`).
 */
const MARKS = [
  { opens: '<think>', closes: '</think>' },
  { opens: '<function=', closes: '</function>' },
  { opens: '<tool_call>', closes: '</tool_call>' },
];
const NAMED_CALL = /^<function=([\w.]+)>?\s*([^]*)$/;

/** Takes what is not for saying out of a model's words. */
export interface LeakFilter {
  /** Takes words in; gives those that may be said. */
  add(content: string): string;
  /** The words have ended: gives what was held back, unless that is not for saying. */
  rest(): string;
  /** The tool calls found so far, each once. */
  takeCalls(): ToolCallDelta[];
}

/** A filter for one reply. Only words that may be the beginning of a mark are held back. */
export function createLeakFilter(): LeakFilter {
  let held = '';
  let began = false;
  let calls: ToolCallDelta[] = [];
  let index = 1_000; // apart from the calls that came as such
  const found = (text: string) => {
    const call = callIn(text);
    if (call) calls.push({ index: index++, function: { name: call.name, arguments: JSON.stringify(call.arguments) } });
  };
  const sayable = (atEnd: boolean): string => {
    let said = '';
    for (;;) {
      if (!began && held.trimStart().startsWith('{')) return said; // a reply that is only a call, as JSON
      const mark = firstMark(held);
      if (!mark) break;
      said += held.slice(0, mark.at);
      const end = held.indexOf(mark.closes, mark.at);
      if (end < 0 && !atEnd) {
        held = held.slice(mark.at);
        return said;
      }
      found(held.slice(mark.at, end < 0 ? undefined : end));
      held = end < 0 ? '' : held.slice(end + mark.closes.length);
    }
    const keep = atEnd ? 0 : beginningOfMark(held);
    said += held.slice(0, held.length - keep);
    held = held.slice(held.length - keep);
    began ||= said.trim() !== '';
    return said;
  };
  return {
    add(content) {
      held += content;
      return sayable(false);
    },
    rest() {
      const said = sayable(true);
      if (held) found(held);
      held = '';
      return said;
    },
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
  };
}

function firstMark(text: string): { at: number; closes: string } | undefined {
  return MARKS.map(({ opens, closes }) => ({ at: text.indexOf(opens), closes }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)[0];
}

/** How many characters at the end of a text may be the beginning of a mark. */
function beginningOfMark(text: string): number {
  const at = text.lastIndexOf('<');
  return at >= 0 && MARKS.some(({ opens }) => opens.startsWith(text.slice(at))) ? text.length - at : 0;
}

const callSchema = z
  .object({ name: z.string(), arguments: z.unknown().optional(), parameters: z.unknown().optional() })
  .transform((call) => ({ name: call.name, arguments: call.arguments ?? call.parameters ?? {} }));

function callIn(text: string): { name: string; arguments: unknown } | undefined {
  const named = NAMED_CALL.exec(text);
  if (named) return { name: named[1] ?? '', arguments: json(named[2] ?? '') ?? {} };
  return callSchema.safeParse(json(text.replace(/^\s*<tool_call>/, ''))).data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
