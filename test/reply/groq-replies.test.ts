import { setTimeout as sleep } from 'node:timers/promises';
import { startGroqStub, type GroqStub } from '../support/groq-stub';
import { CALL, GPT_OSS, LLAMA, groqAt, reasonOf, recordingLog, turn } from './groq-turn';

let stub: GroqStub;
beforeEach(async () => {
  stub = await startGroqStub();
});
afterEach(() => stub.close());

const ANA = { name: 'Ana', number: '+12025550147', reason: 'a flat tire' };

describe('words', () => {
  test('a caller hears the whole reply, in the pieces the model makes', async () => {
    stub.reply({ words: ['We are ', 'open ', 'until five.'], tokenMs: 5 });
    const heard: string[] = [];
    for await (const piece of groqAt(stub)(CALL, new AbortController().signal)) {
      if (piece.kind === 'words') heard.push(piece.text);
    }
    expect(heard).toEqual(['We are ', 'open ', 'until five.']);
  });

  test('the blanks a model begins with are not passed on as first words', async () => {
    stub.reply({ words: ['\n', ' \n', '  Good morning.'] });
    expect(await turn(groqAt(stub))).toMatchObject({ words: 'Good morning.', error: undefined });
  });

  test("the model gets the call's messages and the operator's settings, once", async () => {
    await turn(groqAt(stub));
    expect(stub.requests).toHaveLength(1);
    expect(stub.requests[0]).toMatchObject({
      authorization: 'Bearer gsk_of_nobody',
      body: { model: GPT_OSS, temperature: 0.3, max_completion_tokens: 200, stream: true, messages: CALL.messages },
    });
  });

  test('a caller does not wait for a stream that stays open after the reply is finished', async () => {
    stub.reply({ words: 'We are open.', doneMs: null });
    expect(await turn(groqAt(stub))).toMatchObject({ words: 'We are open.', error: undefined });
  });
});

describe('reasoning', () => {
  test('what the model thinks is never spoken', async () => {
    stub.reply({ reasoning: 'The caller is surely a spy.', words: 'We are open until five.' });
    expect((await turn(groqAt(stub))).words).toBe('We are open until five.');
  });

  test('gpt-oss is asked to think little and to keep it to itself', async () => {
    await turn(groqAt(stub));
    expect(stub.requests[0]?.body).toMatchObject({ reasoning_effort: 'low', include_reasoning: false });
  });

  test('llama, which refuses reasoning settings, is sent none and answers', async () => {
    stub.reply('We are open until five.');
    expect(await turn(groqAt(stub, { model: LLAMA }))).toMatchObject({ words: 'We are open until five.' });
    expect(Object.keys(stub.requests[0]?.body ?? {}).filter((key) => key.includes('reasoning'))).toEqual([]);
  });

  test('qwen3, which thinks aloud in its words, is told not to think', async () => {
    await turn(groqAt(stub, { model: 'qwen/qwen3-32b' }));
    expect(stub.requests[0]?.body).toMatchObject({ reasoning_effort: 'none' });
  });
});

describe('decisions', () => {
  test('words and then a call: both arrive, in this order', async () => {
    stub.reply({ words: 'Goodbye!', calls: [{ name: 'end_call' }] });
    expect(await turn(groqAt(stub))).toMatchObject({
      words: 'Goodbye!',
      decisions: [{ kind: 'endCall' }],
      order: ['words', 'decision'],
      error: undefined,
    });
  });

  test('a call without any word is a whole reply', async () => {
    stub.reply({ calls: [{ name: 'take_message', args: ANA }] });
    expect(await turn(groqAt(stub))).toMatchObject({
      words: '',
      decisions: [{ kind: 'takeMessage', ...ANA }],
      error: undefined,
    });
  });

  test('a call before the words is known before they are', async () => {
    stub.reply({ calls: [{ name: 'take_message', args: ANA, when: 'before' }], words: 'I will note that.' });
    expect(await turn(groqAt(stub))).toMatchObject({ order: ['decision', 'words'], error: undefined });
  });

  test('arguments in pieces are put together, also of two calls', async () => {
    const calls = [
      { name: 'take_message', args: ANA, pieces: 7 },
      { name: 'end_call', args: {}, pieces: 2 },
    ];
    stub.reply({ calls });
    expect((await turn(groqAt(stub))).decisions).toEqual([{ kind: 'takeMessage', ...ANA }, { kind: 'endCall' }]);
  });

  test.each(['', '{"name": "An', 'null', '[]', 'Ana, flat tire'])(
    'a message whose arguments are %j is still a message',
    async (args) => {
      stub.reply({ calls: [{ name: 'take_message', args }] });
      expect(await turn(groqAt(stub))).toMatchObject({ decisions: [{ kind: 'takeMessage' }], error: undefined });
    },
  );

  test('what the model fills in for the caller is left out', async () => {
    stub.reply({ calls: [{ name: 'take_message', args: { name: 'unknown', number: 2025550147, reason: ' ' } }] });
    expect((await turn(groqAt(stub))).decisions).toEqual([{ kind: 'takeMessage', number: '2025550147' }]);
  });

  test('the same decision twice counts once', async () => {
    stub.reply({ calls: [{ name: 'end_call' }, { name: 'end_call' }] });
    expect((await turn(groqAt(stub))).decisions).toEqual([{ kind: 'endCall' }]);
  });

  test("a tool's name inside gpt-oss's own marks is understood", async () => {
    stub.reply({ calls: [{ name: 'functions.end_call<|channel|>json' }] });
    expect((await turn(groqAt(stub))).decisions).toEqual([{ kind: 'endCall' }]);
  });

  test('a tool nobody offered is logged and ignored, the words are kept', async () => {
    const log = recordingLog();
    stub.reply({ words: 'One moment.', calls: [{ name: 'open_the_till', args: { amount: 20 } }] });
    expect(await turn(groqAt(stub, { log }))).toMatchObject({ words: 'One moment.', decisions: [], error: undefined });
    expect(log.of('llm_tool_ignored')).toMatchObject([{ data: { tool: 'open_the_till', model: GPT_OSS } }]);
  });

  test('a tool nobody offered is no answer when there is nothing else', async () => {
    stub.reply({ calls: [{ name: 'end_call' }] });
    const heard = await turn(groqAt(stub, { tools: ['take_message'] }));
    expect(reasonOf(heard)).toBe('empty');
    expect(heard.decisions).toEqual([]);
  });

  test('without tools the request names none', async () => {
    await turn(groqAt(stub, { tools: [] }));
    expect(stub.requests[0]?.body).not.toHaveProperty('tools');
  });

  test('the tools are offered as functions with a schema', async () => {
    await turn(groqAt(stub));
    expect(stub.requests[0]?.body['tools']).toMatchObject([
      { type: 'function', function: { name: 'end_call', parameters: { type: 'object', properties: {} } } },
      { function: { name: 'take_message', parameters: { properties: { name: {}, number: {}, reason: {} } } } },
    ]);
  });
});

describe('the log', () => {
  test('a request leaves one line with its figures and without a word of the call', async () => {
    const log = recordingLog();
    stub.reply({ words: 'We are open until five.', calls: [{ name: 'take_message', args: ANA }] });
    await turn(groqAt(stub, { log }));
    while (log.of('llm').length === 0) await sleep(5); // it is written once the stream has ended
    expect(log.of('llm')).toEqual([
      {
        callSid: CALL.callSid,
        step: 'request',
        durationMs: expect.any(Number) as unknown,
        data: {
          model: GPT_OSS,
          finish: 'finished',
          first_words_ms: expect.any(Number) as number,
          total_ms: expect.any(Number) as number,
          words: 5,
          tokens: { prompt: 100, completion: 6 },
        },
      },
    ]);
    expect(JSON.stringify(log.events)).not.toMatch(/until five|Ana|flat/);
  });
});
