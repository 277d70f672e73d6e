import { setTimeout as sleep } from 'node:timers/promises';
import { startGroqStub, type GroqStub } from '../support/groq-stub';
import { CALL, groqAt, reasonOf, recordingLog, turn } from './groq-turn';

let stub: GroqStub;
beforeEach(async () => {
  stub = await startGroqStub();
});
afterEach(() => stub.close());

const words = 'We are open from nine to five.';
const hangUp = new Error('the caller hung up');

describe('a caller goes away', () => {
  const timeouts = { headersMs: 60_000, idleMs: 60_000, totalMs: 60_000 };

  test('in mid-sentence: the reply ends with the reason and the connection to Groq is closed', async () => {
    stub.reply({ words, fault: { kind: 'stall', after: 2 } });
    const caller = new AbortController();
    const log = recordingLog();
    let heard = '';
    const listening = (async () => {
      for await (const piece of groqAt(stub, { log, timeouts })(CALL, caller.signal)) {
        heard += piece.kind === 'words' ? piece.text : '';
        if (heard === 'We are') setImmediate(() => caller.abort(hangUp));
      }
    })();
    await expect(listening).rejects.toBe(hangUp);
    await stub.untilAborted(1);
    expect(log.of('llm')[0]?.data).toMatchObject({ finish: 'aborted', words: 2 });
  });

  test('before the first word: the same', async () => {
    stub.reply({ fault: { kind: 'silent' } });
    const caller = new AbortController();
    setTimeout(() => caller.abort(hangUp), 30);
    expect((await turn(groqAt(stub, { timeouts }), caller.signal)).error).toBe(hangUp);
    await stub.untilAborted(1);
  });

  test('before the turn began: nothing is sent', async () => {
    expect((await turn(groqAt(stub), AbortSignal.abort(hangUp))).error).toBe(hangUp);
    expect(stub.requests).toHaveLength(0);
  });

  test('a listener who has heard enough closes the connection by leaving the loop', async () => {
    stub.reply({ words, fault: { kind: 'stall', after: 2 } });
    for await (const piece of groqAt(stub)(CALL, new AbortController().signal)) if (piece.kind === 'words') break;
    await stub.untilAborted(1);
  });
});

describe('one turn after another', () => {
  test('the turns of a call share one connection, also when the end of a stream lags', async () => {
    stub.reply({ words, doneMs: 30 });
    const reply = groqAt(stub);
    for (let count = 0; count < 4; count += 1) {
      expect((await turn(reply)).error).toBeUndefined();
      await sleep(80); // a caller never answers at once
    }
    expect(stub.requests).toHaveLength(4);
    expect(stub.connections).toBe(1);
  });

  test('calls at the same time do not mix', async () => {
    stub.next({ words: 'one one one', tokenMs: 5 }, { words: 'two two two', tokenMs: 3 });
    const reply = groqAt(stub);
    const heard = await Promise.all([turn(reply), turn(reply)]);
    expect(heard.map((each) => each.words).sort()).toEqual(['one one one', 'two two two']);
  });
});

describe('a model that rests', () => {
  const clock = { time: 0, now: () => clock.time };
  const silent = { fault: { kind: 'silent' } } as const;
  const refused = (status: number, headers = {}) => ({ fault: { kind: 'status', status, headers } }) as const;
  beforeEach(() => {
    clock.time = Date.parse('2026-11-20T12:00:00Z');
  });

  test.each([
    ['asked for 3 seconds', refused(429, { 'retry-after': '3' }), 3_000],
    ['named no time', refused(429), 10_000],
    ['asked for an hour', refused(429, { 'retry-after': '3600' }), 60_000],
    ['does not know the key', refused(401), 60_000],
    ['does not know the model', refused(404), 60_000],
  ])('a Groq that %s is asked again only afterwards, callers get the same error at once', async (_, fault, restMs) => {
    stub.next(fault, words);
    const reply = groqAt(stub, { clock });
    const first = await turn(reply);
    clock.time += restMs - 1;
    const second = await turn(reply);
    expect(second.error).toBe(first.error);
    expect(stub.requests).toHaveLength(1);
    clock.time += 1;
    expect((await turn(reply)).words).toBe(words);
  });

  test('one server error is chance, two in a row give it five seconds', async () => {
    stub.next(refused(500), words, refused(503), refused(500), words);
    const reply = groqAt(stub, { clock });
    for (const expected of ['server-error', undefined, 'server-error', 'server-error', 'server-error']) {
      expect(reasonOf(await turn(reply))).toBe(expected);
    }
    expect(stub.requests).toHaveLength(4);
    clock.time += 5_000;
    expect((await turn(reply)).words).toBe(words);
  });

  test('a silent Groq rests after two turns', async () => {
    stub.reply(silent);
    const reply = groqAt(stub, { clock, timeouts: { headersMs: 50 } });
    for (let count = 0; count < 3; count += 1) expect(reasonOf(await turn(reply))).toBe('timeout');
    expect(stub.requests).toHaveLength(2);
  });

  test('a Groq that twice was given up on after a long silence rests too', async () => {
    stub.reply(silent);
    const reply = groqAt(stub, { clock });
    for (let count = 0; count < 2; count += 1) {
      const caller = new AbortController();
      const listening = turn(reply, caller.signal);
      while (stub.requests.length <= count) await sleep(5);
      clock.time += 1_500;
      caller.abort(hangUp);
      expect((await listening).error).toBe(hangUp);
    }
    expect(reasonOf(await turn(reply))).toBe('timeout');
    expect(stub.requests).toHaveLength(2);
  });

  test('callers who hang up early do not make it rest', async () => {
    stub.next(silent, silent, words);
    const reply = groqAt(stub, { clock });
    for (let count = 0; count < 2; count += 1) {
      const caller = new AbortController();
      const listening = turn(reply, caller.signal);
      while (stub.requests.length <= count) await sleep(5);
      caller.abort(hangUp);
      await listening;
    }
    expect((await turn(reply)).words).toBe(words);
  });

  test('one model resting does not keep another from answering', async () => {
    stub.byModel('model-a', refused(429));
    const log = recordingLog();
    const [first, second] = ['model-a', 'model-b'].map((model) => groqAt(stub, { model, log, clock }));
    expect([first && reasonOf(await turn(first)), second && reasonOf(await turn(second))]).toEqual([
      'rate-limited',
      undefined,
    ]);
  });
});
