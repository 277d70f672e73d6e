import { startGroqStub, type GroqStub } from '../support/groq-stub';
import { groqAt, reasonOf, recordingLog, turn } from './groq-turn';

let stub: GroqStub;
let printed: jest.SpyInstance[];
// before the first request: groq-sdk keeps the console it finds then
beforeAll(async () => {
  const levels = ['log', 'info', 'warn', 'error'] as const;
  printed = levels.map((level) => jest.spyOn(console, level).mockImplementation(() => undefined));
  stub = await startGroqStub();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await stub.close();
});

test.each([
  ['garbage', { words: 'Ana lives on Elm Lane.', fault: { kind: 'brokenJson', after: 3 } }],
  ['tool-use-failed', { words: 'Ana', fault: { kind: 'streamError', after: 1, error: { code: 'tool_use_failed' } } }],
  ['server-error', { fault: { kind: 'status', status: 500 } }],
] as const)(
  'a reply that ends as %s leaves its reason in the log, and nothing of the call or the key',
  async (reason, behaviour) => {
    const log = recordingLog();
    stub.reply(behaviour);
    expect(reasonOf(await turn(groqAt(stub, { log })))).toBe(reason);
    expect(log.of('llm')).toMatchObject([{ data: { finish: reason } }]);
    expect(JSON.stringify(log.events)).not.toMatch(/Ana|Elm|gsk_/);
    for (const level of printed) expect(level).not.toHaveBeenCalled();
  },
);
