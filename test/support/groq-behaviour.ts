import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A tool call as the model makes it: before or after its words, its arguments whole or in so many pieces. */
interface StubToolCall {
  name: string;
  /** An object is sent as JSON, a string as it is (also when it is no JSON). */
  args?: Record<string, unknown> | string;
  when?: 'before' | 'after';
  pieces?: number;
}

/** What goes wrong. `after` counts the tokens sent before it does. */
type GroqFault =
  | { kind: 'silent' } // takes the request and never answers
  | { kind: 'status'; status: number; code?: string; headers?: Record<string, string> }
  | { kind: 'html' } // status 200 and a web page
  | { kind: 'cut'; after: number } // the connection is destroyed
  | { kind: 'stall'; after: number } // nothing more comes, the connection stays open
  | { kind: 'brokenJson'; after: number }
  | { kind: 'end'; after: number } // the body ends without a finish_reason and without [DONE]
  | { kind: 'streamError'; after: number; error: Record<string, unknown> | string }; // an SSE error event

/** How the model answers one request. Everything left out is as a healthy Groq would do it, at once. */
export interface GroqBehaviour {
  /** The reply's words. A string is sent word by word, an array token by token as it stands. */
  words?: string | readonly string[];
  calls?: readonly StubToolCall[];
  /** Reasoning deltas before everything else. */
  reasoning?: string;
  /** ms from the request to the first token, and between tokens. */
  firstTokenMs?: number;
  tokenMs?: number;
  /** Default `stop`, or `tool_calls` when there are any; null leaves it out. */
  finish?: string | null;
  /** ms from the finish to [DONE] and the stream's end; null: neither comes, the connection stays open. */
  doneMs?: number | null;
  fault?: GroqFault;
}

/** The turn an answer belongs to: `sentAt` notes when each token went out, the signal ends it early. */
export interface StubTurn {
  sentAt: number[];
  signal: AbortSignal;
}

/** ms since 1970 with fractions. */
export const preciseNow = () => performance.timeOrigin + performance.now();

/** Answers a request as the behaviour says, in Groq's own form (server-sent events). */
export async function answer(response: ServerResponse, behaviour: GroqBehaviour, turn: StubTurn): Promise<void> {
  const { fault } = behaviour;
  if (fault?.kind === 'silent') return;
  await pause(behaviour.firstTokenMs, turn);
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
    response.end(JSON.stringify({ error: errorBody(fault.code) }));
  } else if (fault?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html><body>Sign in to the network: <a href="#">here</a></body></html>');
  } else {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await stream(response, behaviour, turn);
  }
}

/** The SSE events of a reply, and its fault in their midst. */
async function stream(response: ServerResponse, behaviour: GroqBehaviour, turn: StubTurn): Promise<void> {
  const { fault, tokenMs } = behaviour;
  const deltas = deltasOf(behaviour);
  const sendUntil = fault && 'after' in fault ? fault.after : deltas.length;
  send(response, chunk({ role: 'assistant', content: '' }));
  for (const [index, delta] of deltas.slice(0, sendUntil).entries()) {
    if (index > 0) await pause(tokenMs, turn);
    send(response, chunk(delta));
    turn.sentAt.push(preciseNow());
  }
  await pause(tokenMs, turn);
  if (fault && 'after' in fault) return breakOff(response, fault, turn);
  const finish = behaviour.finish === undefined ? (behaviour.calls ? 'tool_calls' : 'stop') : behaviour.finish;
  const usage = { prompt_tokens: 100, completion_tokens: deltas.length, total_tokens: 100 + deltas.length };
  if (finish !== null) send(response, { ...chunk({}, finish), x_groq: { id: 'req_stub', usage } });
  if (behaviour.doneMs === null) return;
  await pause(behaviour.doneMs, turn);
  response.end('data: [DONE]\n\n');
}

async function breakOff(response: ServerResponse, fault: GroqFault, turn: StubTurn): Promise<void> {
  if (fault.kind === 'cut') {
    await pause(20, turn); // what was written before shall reach the client first
    response.destroy(new Error('cut by the stub'));
  }
  if (fault.kind === 'end') response.end();
  if (fault.kind === 'brokenJson') response.end('data: {"choices":[{"delta":{"content":" a\n\n');
  if (fault.kind === 'streamError') response.end(`event: error\ndata: ${JSON.stringify({ error: fault.error })}\n\n`);
}

type Delta = Record<string, unknown>;

/** Reasoning, calls before, words, calls after: one delta per token or piece. */
function deltasOf({ reasoning, words = [], calls = [] }: GroqBehaviour): Delta[] {
  const tokens = typeof words === 'string' ? (words.match(/\s*\S+/g) ?? []) : words;
  const callDeltas = (when: 'before' | 'after') =>
    calls.flatMap((call, index) => ((call.when ?? 'after') === when ? toolCallDeltas(call, index) : []));
  return [
    ...(reasoning?.match(/\s*\S+/g) ?? []).map((token) => ({ reasoning: token })),
    ...callDeltas('before'),
    ...tokens.map((content) => ({ content })),
    ...callDeltas('after'),
  ];
}

function toolCallDeltas({ name, args = {}, pieces = 1 }: StubToolCall, index: number): Delta[] {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  const size = Math.max(1, Math.ceil(text.length / pieces));
  const parts = Array.from({ length: pieces }, (_, part) => text.slice(part * size, (part + 1) * size));
  return parts.map((part, number) => {
    const head = number === 0 ? { id: `call_${index}`, type: 'function' } : {};
    const names = number === 0 ? { name } : {};
    return { tool_calls: [{ index, ...head, function: { ...names, arguments: part } }] };
  });
}

function chunk(delta: Delta, finish: string | null = null) {
  return {
    id: 'chatcmpl-stub',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }],
  };
}

function errorBody(code = 'internal_server_error') {
  return { message: `The stub says: ${code}`, type: 'invalid_request_error', code };
}

function send(response: ServerResponse, event: object): void {
  response.write(`data: ${JSON.stringify(event)}\n\n`);
}

async function pause(ms: number | undefined, { signal }: StubTurn): Promise<void> {
  if (ms) await sleep(ms, undefined, { signal });
}
