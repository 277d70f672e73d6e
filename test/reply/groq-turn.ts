import type { UpstreamError } from '../../src/common/errors';
import type { Log, LogFields } from '../../src/common/log';
import { profileSchema } from '../../src/common/profile';
import type { CallContext, Decision, Reply } from '../../src/conversations/ports';
import { createGroqReply, type GroqReplyOptions } from '../../src/reply/groq';
import { openLine } from '../../src/reply/groq/line';
import type { GroqStub } from '../support/groq-stub';

export const CALL: CallContext = {
  callSid: 'CA00000000000000000000000000000001',
  from: '+12025550123',
  profile: profileSchema.parse({ businessName: 'Maple Street Bicycle Workshop' }),
  messages: [
    { role: 'system', content: 'You are the receptionist.' },
    { role: 'user', content: 'When are you open?' },
  ],
};

export const GPT_OSS = 'openai/gpt-oss-120b';
export const LLAMA = 'llama-3.3-70b-versatile';

/** A mind at the stub, with every tool and short deadlines unless told otherwise. */
export function groqAt(stub: Pick<GroqStub, 'url'>, options: Partial<GroqReplyOptions> = {}): Reply {
  return createGroqReply({
    line: openLine({ apiKey: 'gsk_of_nobody', baseURL: stub.url }),
    model: GPT_OSS,
    temperature: 0.3,
    maxTokens: 200,
    tools: ['end_call', 'take_message'],
    log: recordingLog(),
    timeouts: { headersMs: 2_000, idleMs: 1_000, totalMs: 5_000 },
    ...options,
  });
}

/** What one turn came to: all its words, its decisions, the order they came in, and the error if it ended with one. */
export interface Turn {
  words: string;
  decisions: Decision[];
  order: string[];
  error: unknown;
}

/** Listens to a reply to its end. */
export async function turn(reply: Reply, signal = new AbortController().signal): Promise<Turn> {
  const heard: Turn = { words: '', decisions: [], order: [], error: undefined };
  try {
    for await (const piece of reply(CALL, signal)) {
      if (piece.kind === 'words') heard.words += piece.text;
      if (piece.kind === 'decision') heard.decisions.push(piece.decision);
      if (piece.kind !== 'usage' && heard.order.at(-1) !== piece.kind) heard.order.push(piece.kind);
    }
  } catch (error) {
    heard.error = error;
  }
  return heard;
}

/** The reason a turn failed for. */
export function reasonOf({ error }: Turn): string | undefined {
  return (error as UpstreamError | undefined)?.reason;
}

/** A log that can be read back. */
export interface RecordingLog extends Log {
  events: { level: string; type: string; fields: LogFields }[];
  of(type: string): LogFields[];
}

export function recordingLog(): RecordingLog {
  const events: RecordingLog['events'] = [];
  const at =
    (level: string) =>
    (type: string, fields: LogFields = {}) =>
      void events.push({ level, type, fields });
  return {
    events,
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    of: (type) => events.filter((event) => event.type === type).map(({ fields }) => fields),
  };
}
