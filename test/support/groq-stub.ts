import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, preciseNow, type GroqBehaviour } from './groq-behaviour';

/** A request as it came. Times are ms since 1970 with fractions, by the stub's own clock. */
interface GroqRequest {
  at: number;
  body: { model: string; messages: Record<string, unknown>[] } & Record<string, unknown>;
  authorization: string | undefined;
  /** When each token went out: what a bench compares Frontdesk's times with. */
  sentAt: number[];
}

/** A Groq on loopback. Every request is recorded; which behaviour it meets: `next`, else `byModel`, else `reply`. */
export interface GroqStub {
  /** What goes into GROQ_BASE_URL; the SDK adds /openai/v1 itself. */
  readonly url: string;
  readonly requests: readonly GroqRequest[];
  /** The requests for the record of a call that was over, and what the next ones are answered with. */
  readonly records: readonly GroqRequest[];
  record(...answers: (Record<string, unknown> | { fault: NonNullable<GroqBehaviour['fault']> })[]): void;
  /** How many connections were opened, and how many answers the client gave up before their end. */
  readonly connections: number;
  readonly aborted: number;
  /** From now on, for every model without a behaviour of its own. A plain string is a reply's words. */
  reply(behaviour: GroqBehaviour | string): void;
  byModel(model: string, behaviour: GroqBehaviour | string): void;
  /** For the next requests, whatever their model, in this order. */
  next(...behaviours: (GroqBehaviour | string)[]): void;
  /** Resolves once `aborted` has reached `count`. */
  untilAborted(count: number): Promise<void>;
  close(): Promise<void>;
}

const PATH = '/openai/v1/chat/completions';
const MODELS_PATH = '/openai/v1/models';
const MODELS = ['openai/gpt-oss-120b', 'openai/gpt-oss-20b', 'llama-3.3-70b-versatile'];

const toBehaviour = (given: GroqBehaviour | string): GroqBehaviour =>
  typeof given === 'string' ? { words: given } : given;

/** Starts a stub on a free port of 127.0.0.1. Until told otherwise it says one sentence. */
export async function startGroqStub(): Promise<GroqStub> {
  const requests: GroqRequest[] = [];
  const records: GroqRequest[] = [];
  const recordAnswers: Record<string, unknown>[] = [];
  const queue: GroqBehaviour[] = [];
  const models = new Map<string, GroqBehaviour>();
  const closing = new AbortController();
  const abortWaiters = new Set<() => void>();
  let usual: GroqBehaviour = { words: 'We are open from nine to five.' };
  let connections = 0;
  let aborted = 0;

  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === MODELS_PATH) {
      const data = MODELS.map((id) => ({ id, object: 'model' }));
      return void response.setHeader('content-type', 'application/json').end(JSON.stringify({ object: 'list', data }));
    }
    void (async () => {
      const body = JSON.parse((await readText(request)) || '{}') as GroqRequest['body'];
      const record = { at: preciseNow(), body, authorization: request.headers.authorization, sentAt: [] as number[] };
      if ('response_format' in body) {
        records.push(record);
        const { fault, ...made } = recordAnswers.shift() ?? EMPTY_RECORD;
        const signal = closing.signal;
        if (fault)
          return answer(response, { fault: fault as NonNullable<GroqBehaviour['fault']> }, { sentAt: [], signal });
        return sendRecord(response, made);
      }
      requests.push(record);
      const behaviour = queue.shift() ?? models.get(body.model) ?? usual;
      const gone = new AbortController();
      response.once('close', () => {
        gone.abort();
        if (response.writableFinished || response.errored || closing.signal.aborted) return;
        aborted += 1;
        abortWaiters.forEach((check) => check());
      });
      const signal = AbortSignal.any([gone.signal, closing.signal]);
      await answer(response, refusalOf(request, body) ?? behaviour, { sentAt: record.sentAt, signal });
    })().catch(() => response.destroy());
  });
  server.on('connection', () => (connections += 1));
  server.keepAliveTimeout = 60_000;
  server.keepAliveTimeout = 60_000; // Node's own 5 s would end a connection sooner than Groq does
  const url = await listen(server);

  return {
    url,
    requests,
    records,
    record: (...answers) => void recordAnswers.push(...answers),
    get connections() {
      return connections;
    },
    get aborted() {
      return aborted;
    },
    reply: (behaviour) => void (usual = toBehaviour(behaviour)),
    byModel: (model, behaviour) => void models.set(model, toBehaviour(behaviour)),
    next: (...behaviours) => void queue.push(...behaviours.map(toBehaviour)),
    untilAborted: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (aborted < count) return;
          abortWaiters.delete(check);
          resolve();
        };
        abortWaiters.add(check);
        check();
      }),
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const EMPTY_RECORD: Record<string, unknown> = { summary: 'Somebody called.', reason: null, urgency: null, fields: [] };

function sendRecord(response: ServerResponse, made: Record<string, unknown>): void {
  const message = { role: 'assistant', content: JSON.stringify(made) };
  const body = {
    id: 'chatcmpl-record',
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 300, completion_tokens: 60, total_tokens: 360 },
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

/** What Groq itself would refuse, whatever a test wants to see answered. */
function refusalOf(request: IncomingMessage, body: GroqRequest['body']): GroqBehaviour | undefined {
  if (request.method !== 'POST' || request.url !== PATH) return refusal(404, 'unknown_url');
  const reasons = /gpt-oss|qwen3/.test(body.model);
  if (!reasons && ['reasoning_effort', 'include_reasoning', 'reasoning_format'].some((name) => name in body)) {
    return refusal(400, 'unsupported_parameter');
  }
  const plain = body.messages.every((message) => Object.keys(message).every((key) => /^(role|content)$/.test(key)));
  return plain ? undefined : refusal(400, 'unsupported_message_property');
}

function refusal(status: number, code: string): GroqBehaviour {
  return { fault: { kind: 'status', status, code } };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += String(part);
  return text;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
