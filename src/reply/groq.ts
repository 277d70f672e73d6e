import Groq from 'groq-sdk';
import { systemClock, type Clock } from '../common/clock';
import { UpstreamError } from '../common/errors';
import type { Log } from '../common/log';
import { createRest } from '../common/rest';
import type { CallContext, Reply, ReplyPiece } from '../conversations/ports';
import { toUpstreamError } from './groq/failure';
import type { GroqLine } from './groq/line';
import { readReply } from './groq/read-reply';
import { requestBody, type ModelOptions } from './groq/request';
import { startTally, type Tally } from './groq/tally';
import { createToolCalls, type ToolName } from './groq/tools';
import { startWatch, type GroqTimeouts, type Watch } from './groq/watch';

const DEFAULT_TIMEOUTS: GroqTimeouts = { headersMs: 4_000, idleMs: 2_500, totalMs: 10_000 };

/** A model given up on after so many ms of silence counts as late: the turn went to a faster one. */
const SLOW_MS = 1_500;

/** What a Groq mind needs. `modelVariable` is the setting remedies name. */
export interface GroqReplyOptions extends ModelOptions {
  line: GroqLine;
  modelVariable?: string;
  timeouts?: Partial<GroqTimeouts>;
  log: Log;
  clock?: Clock;
}

/**
 * A mind at Groq: one streamed chat completion per turn, never retried. Throws UpstreamError as `Reply` says, at once
 * and without a request while the model rests (see `createRest`); after an abort it throws the signal's reason.
 * Decisions come as soon as they are whole, so they hold only once the reply has ended without an error.
 */
export function createGroqReply(options: GroqReplyOptions): Reply {
  const clock = options.clock ?? systemClock;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const client = createClient(options, timeouts);
  const rest = createRest(clock);

  async function* stream(
    call: CallContext,
    watch: Watch,
    tally: Tally,
  ): AsyncGenerator<ReplyPiece, () => Promise<void>> {
    const tools = options.tools.filter((tool) => offered(tool, call));
    const body = requestBody({ ...options, tools }, call);
    const answer = client.chat.completions.create(body, { signal: watch.signal }).withResponse();
    const { data, response } = await watch.within(timeouts.headersMs, 'timeout', answer);
    assertEventStream(response);
    const toolCalls = createToolCalls(tools, (tool) => {
      options.log.warn('llm_tool_ignored', { callSid: call.callSid, data: { model: options.model, tool } });
    });
    return yield* readReply(data[Symbol.asyncIterator](), { watch, idleMs: timeouts.idleMs, toolCalls, tally });
  }

  return async function* reply(call, signal) {
    signal.throwIfAborted();
    const resting = rest.resting();
    if (resting) throw resting;
    const watch = startWatch(signal, timeouts.totalMs);
    const tally = startTally(clock);
    let finish = 'aborted';
    let remainder = Promise.resolve();
    let leave: (() => void) | undefined;
    try {
      leave = await options.line.gate?.enter(watch.signal);
      const readRemainder = yield* stream(call, watch, tally);
      remainder = readRemainder();
      finish = 'finished';
      rest.succeeded();
    } catch (error) {
      const gaveUp = signal.aborted && !tally.spoke() && tally.elapsedMs() >= SLOW_MS;
      if (gaveUp) rest.failed(new UpstreamError('groq', 'timeout'));
      signal.throwIfAborted();
      const failure = toUpstreamError(error, clock);
      finish = failure.reason;
      rest.failed(failure);
      logRemedy(failure, options);
      throw failure;
    } finally {
      void remainder.finally(() => {
        leave?.();
        watch.stop();
        const data = { model: options.model, finish, total_ms: tally.elapsedMs(), ...tally.figures() };
        logRequest(call.callSid, data, options.log);
      });
    }
  };
}

const offered = (tool: ToolName, { canTransfer, profile }: CallContext) =>
  tool === 'transfer' ? canTransfer === true : tool !== 'note' || profile.fields.length > 0;

function createClient({ line }: GroqReplyOptions, { totalMs }: GroqTimeouts): Groq {
  return new Groq({
    ...{ apiKey: line.apiKey, baseURL: line.baseURL, fetch: line.fetch },
    maxRetries: 0, // a retry belongs to the ladder, which knows how long the caller has waited
    timeout: totalMs,
    logLevel: 'off', // it would print what it cannot parse, which may be a caller's words
  });
}

/** A proxy's login or error page also comes with status 200, and the SDK would read it as an empty stream. */
function assertEventStream({ headers }: Response): void {
  const type = headers.get('content-type') ?? 'none';
  if (type.startsWith('text/event-stream')) return;
  throw new UpstreamError('groq', 'garbage', { message: `groq: garbage (content type ${type})` });
}

function logRequest(
  callSid: string,
  data: { finish: string; total_ms: number } & Record<string, unknown>,
  log: Log,
): void {
  const level = data.finish === 'finished' || data.finish === 'aborted' ? 'info' : 'warn';
  log[level]('llm', { callSid, step: 'request', data, durationMs: data.total_ms });
}

/** Two failures need somebody to change a setting: they are said once per rest, with the setting's name. */
function logRemedy({ reason }: UpstreamError, { model, modelVariable = 'GROQ_MODEL', log }: GroqReplyOptions): void {
  if (reason === 'model-gone') {
    log.error('llm_setup', { data: { model, reason, remedy: `Set ${modelVariable} to a model Groq still serves.` } });
  }
  if (reason === 'unauthorised') {
    log.error('llm_setup', { data: { model, reason, remedy: 'Set GROQ_API_KEY to a key Groq accepts.' } });
  }
}
