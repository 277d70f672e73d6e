import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { keyOf, markerIn, replyTo } from '../corpus';
import { tokenTimes, type StubProfile } from './profiles';
import type { ModelTiming, Timings } from './timings';

/** What the stubs share: the upstreams' speed as it is now, the seed of all draws, and what was done. */
export interface StubState {
  profile: StubProfile;
  seed: string;
  timings: Timings;
  modelRequests: number;
}

interface ModelRequest {
  model: string;
  stream?: boolean;
  response_format?: unknown;
  messages: { role: string; content: string }[];
}

const RECORD = JSON.stringify({ summary: 'Somebody called.', reason: null, urgency: null, fields: [] });
const NO_MARKER = { reply: 0, variation: 0, draw: 0 };

/** A Groq: chat completions, as a stream of events or whole. */
export function modelServer(state: StubState) {
  return createServer((request, response) => {
    const receivedAt = performance.now();
    if (request.method !== 'POST') return json(response, { object: 'list', data: [] });
    response.socket?.setNoDelay(true);
    void answer(state, { request, response, receivedAt }).catch(() => response.destroy());
  });
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  receivedAt: number;
}

async function answer(state: StubState, { request, response, receivedAt }: Exchange): Promise<void> {
  const body = JSON.parse(await textOf(request)) as ModelRequest;
  if (body.response_format) return json(response, completion(RECORD));
  state.modelRequests += 1;
  const asked = body.messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const marker = markerIn(asked) ?? NO_MARKER;
  const text = replyTo(marker);
  const tokens = text.match(/\s*\S{1,6}/g) ?? [];
  const timing: ModelTiming = { model: body.model, receivedAt, tokens, sentAt: [], aborted: false };
  const draw = `${state.seed} ${marker.reply} ${marker.draw}`;
  state.timings.model({ key: keyOf(marker), text, draw }, timing);
  const due = tokenTimes(state.profile, tokens.length, `${draw} ${body.model}`);
  response.once('close', () => (timing.aborted = !response.writableFinished));
  if (body.stream) await stream(response, timing, due);
  else await whole(response, timing, { due, text });
}

async function stream(response: ServerResponse, timing: ModelTiming, due: readonly number[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  for (const [index, content] of timing.tokens.entries()) {
    await until(timing.receivedAt + (due[index] ?? 0));
    if (response.destroyed) return;
    timing.sentAt.push(performance.now());
    send(response, { choices: [{ index: 0, delta: { content }, finish_reason: null }] });
  }
  send(response, {
    choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
    x_groq: { id: 'req_bench', usage: USAGE },
  });
  response.end('data: [DONE]\n\n');
}

async function whole(
  response: ServerResponse,
  timing: ModelTiming,
  { due, text }: { due: readonly number[]; text: string },
): Promise<void> {
  await until(timing.receivedAt + (due.at(-1) ?? 0));
  timing.sentAt = due.map((each) => timing.receivedAt + each);
  timing.sentAt[due.length - 1] = performance.now();
  json(response, completion(text));
}

const USAGE = { prompt_tokens: 400, completion_tokens: 40, total_tokens: 440 };

const completion = (content: string) => ({
  ...{ id: 'chatcmpl-bench', object: 'chat.completion', usage: USAGE },
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
});

const send = (response: ServerResponse, event: object) =>
  void response.write(
    `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', ...event })}\n\n`,
  );

const json = (response: ServerResponse, body: object) =>
  void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));

/** Waits for a time of the stub's clock; a time that has passed is no wait. */
export async function until(due: number): Promise<void> {
  const left = due - performance.now();
  if (left > 0.3) await pause(left);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += String(part);
  return text;
}
