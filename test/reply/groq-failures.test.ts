import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { UpstreamError } from '../../src/common/errors';
import type { GroqBehaviour } from '../support/groq-behaviour';
import { startGroqStub, type GroqStub } from '../support/groq-stub';
import { GPT_OSS, groqAt, reasonOf, recordingLog, turn } from './groq-turn';

let stub: GroqStub;
beforeEach(async () => {
  stub = await startGroqStub();
});
afterEach(() => stub.close());

const words = 'We are open from nine to five.';
const QUICK = { headersMs: 150, idleMs: 150, totalMs: 2_000 };

function refused(status: number, code?: string, headers: Record<string, string> = {}): GroqBehaviour {
  return { fault: { kind: 'status', status, headers, ...(code ? { code } : {}) } };
}

describe('Groq refuses a request', () => {
  test.each<[number, string | undefined, string]>([
    [400, undefined, 'bad-request'],
    [400, 'tool_use_failed', 'tool-use-failed'],
    [400, 'model_decommissioned', 'model-gone'],
    [401, 'invalid_api_key', 'unauthorised'],
    [403, undefined, 'unauthorised'],
    [404, 'model_not_found', 'model-gone'],
    [404, undefined, 'model-gone'],
    [404, 'unknown_url', 'bad-request'],
    [413, 'rate_limit_exceeded', 'bad-request'],
    [422, undefined, 'bad-request'],
    [429, 'rate_limit_exceeded', 'rate-limited'],
    [498, undefined, 'server-error'],
    [500, undefined, 'server-error'],
    [503, undefined, 'server-error'],
  ])('status %i with code %s is %s, after one request', async (status, code, reason) => {
    stub.reply(refused(status, code));
    const heard = await turn(groqAt(stub));
    expect(heard.error).toMatchObject({ name: 'UpstreamError', service: 'groq', reason });
    expect(stub.requests).toHaveLength(1);
  });

  test.each([
    ['120', 120_000],
    ['0.75', 750],
    ['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
    ['Fri, 20 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('a rate limit with retry-after %s is reported with it and not slept through', async (header, retryAfterMs) => {
    stub.reply(refused(429, 'rate_limit_exceeded', { 'retry-after': header }));
    const heard = await turn(groqAt(stub, { clock: { now: () => Date.parse('2026-11-20T12:00:00Z') } }));
    expect(reasonOf(heard)).toBe('rate-limited');
    expect((heard.error as UpstreamError).details.retryAfterMs).toBe(retryAfterMs);
  });

  test('the operator is told which setting names a model that is gone', async () => {
    const log = recordingLog();
    stub.reply(refused(404, 'model_not_found'));
    await turn(groqAt(stub, { log, modelVariable: 'GROQ_FALLBACK_MODEL' }));
    const said = log.of('llm_setup').map(({ data }) => data);
    expect(said).toMatchObject([{ model: GPT_OSS, remedy: expect.stringContaining('GROQ_FALLBACK_MODEL') as string }]);
  });

  test('the operator is told that the key is wrong, and not what it is', async () => {
    const log = recordingLog();
    stub.reply(refused(401, 'invalid_api_key'));
    await turn(groqAt(stub, { log }));
    expect(log.of('llm_setup')[0]?.data).toMatchObject({ remedy: expect.stringContaining('GROQ_API_KEY') as string });
    expect(JSON.stringify(log.events)).not.toContain('gsk_of_nobody');
  });
});

describe('the stream goes wrong', () => {
  test.each<[string, GroqBehaviour, { heard: string; reason: string }]>([
    [
      'is cut in mid-sentence',
      { words, fault: { kind: 'cut', after: 3 } },
      { heard: 'We are open', reason: 'truncated' },
    ],
    [
      'ends without being finished',
      { words, fault: { kind: 'end', after: 3 } },
      { heard: 'We are open', reason: 'truncated' },
    ],
    ['says [DONE] without being finished', { words, finish: null }, { heard: words, reason: 'truncated' }],
    ['finishes for a reason nobody knows', { words, finish: 'content_filter' }, { heard: words, reason: 'truncated' }],
    ['falls silent', { words, fault: { kind: 'stall', after: 3 } }, { heard: 'We are open', reason: 'stalled' }],
    [
      'falls silent before the first word',
      { words, fault: { kind: 'stall', after: 0 } },
      { heard: '', reason: 'stalled' },
    ],
    [
      'turns into broken JSON',
      { words, fault: { kind: 'brokenJson', after: 3 } },
      { heard: 'We are open', reason: 'garbage' },
    ],
    ['is a web page', { fault: { kind: 'html' } }, { heard: '', reason: 'garbage' }],
    ['reaches the token limit', { words, finish: 'length' }, { heard: words, reason: 'length' }],
    [
      'reaches the token limit while still thinking',
      { reasoning: 'Hm.', finish: 'length' },
      { heard: '', reason: 'length' },
    ],
    ['has neither words nor a decision', { words: ['', ' '] }, { heard: '', reason: 'empty' }],
  ])('a stream that %s', async (_, behaviour, expected) => {
    stub.reply(behaviour);
    const heard = await turn(groqAt(stub, { timeouts: QUICK }));
    expect({ heard: heard.words, reason: reasonOf(heard) }).toEqual(expected);
  });

  test.each<[Record<string, unknown> | string, string]>([
    [{ code: 'tool_use_failed', failed_generation: '{"name": end_call' }, 'tool-use-failed'],
    [{ type: 'rate_limit', code: 'rate_limit_exceeded' }, 'rate-limited'],
    [{ message: 'over capacity', status_code: 503 }, 'server-error'],
    [{ message: 'no', status_code: 401 }, 'unauthorised'],
    ['Internal server error', 'server-error'],
  ])('an error event %j after words is %s', async (error, reason) => {
    stub.reply({ words, fault: { kind: 'streamError', after: 3, error } });
    const heard = await turn(groqAt(stub));
    expect(heard).toMatchObject({ words: 'We are open', error: { reason } });
  });

  test('a call cut by the token limit decides nothing', async () => {
    stub.reply({ words, calls: [{ name: 'take_message', args: '{"name": "An' }], finish: 'length' });
    expect(await turn(groqAt(stub))).toMatchObject({ words, decisions: [], error: { reason: 'length' } });
  });

  test('a model that drips for ever is ended by the total deadline', async () => {
    stub.reply({ words: Array.from({ length: 200 }, () => 'well '), tokenMs: 20 });
    const heard = await turn(groqAt(stub, { timeouts: { ...QUICK, totalMs: 200 } }));
    expect(heard.words).toMatch(/^well /);
    expect(reasonOf(heard)).toBe('timeout');
    await stub.untilAborted(1);
  });

  test('a slow model is no stalled one: every word starts the wait anew', async () => {
    stub.reply({ words, tokenMs: 60 });
    expect((await turn(groqAt(stub, { timeouts: QUICK }))).error).toBeUndefined();
  });
});

describe('nobody answers', () => {
  test('a Groq that takes the request and stays silent costs the headers deadline, and the connection is closed', async () => {
    stub.reply({ fault: { kind: 'silent' } });
    const log = recordingLog();
    expect(reasonOf(await turn(groqAt(stub, { log, timeouts: QUICK })))).toBe('timeout');
    await stub.untilAborted(1);
    expect(log.of('llm')[0]?.data).toMatchObject({ finish: 'timeout', words: 0, first_words_ms: undefined });
  });

  test('a refused connection is unreachable', async () => {
    const { url } = stub;
    await stub.close();
    expect(reasonOf(await turn(groqAt({ url })))).toBe('unreachable');
  });

  test('a name nobody knows is unreachable', async () => {
    expect(reasonOf(await turn(groqAt({ url: 'http://groq.invalid' })))).toBe('unreachable');
  });

  test('a connection reset before the answer is unreachable', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(reasonOf(await turn(groqAt({ url })))).toBe('unreachable');
    await new Promise((resolve) => server.close(resolve));
  });
});
