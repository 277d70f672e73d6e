import { systemClock } from '../../../src/common/clock';
import { UpstreamError } from '../../../src/common/errors';
import { silentLog } from '../../../src/common/log';
import { profileSchema } from '../../../src/common/profile';
import { rulesSchema } from '../../../src/common/rules';
import type { CallBook, GuessInVain } from '../../../src/conversations/book';
import { createConversations } from '../../../src/conversations/conversations';
import { createHedge } from '../../../src/conversations/hedge';
import type { ConversationParts } from '../../../src/conversations/parts';
import { createSpeculation } from '../../../src/conversations/speculation/speculation';
import { partialStream } from '../../../bench/driver/partial-streams';
import { randomFrom } from '../../../bench/random';
import { model } from '../replies';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
afterEach(() => void jest.useRealTimers());

const nothing = () => undefined;

/** A core whose model plays these acts; it tells what became of its guesses. */
function core(reply: ReturnType<typeof model>, limits: { tokensPerCall?: number } = {}) {
  const outcomes: string[] = [];
  const inVain: GuessInVain[] = [];
  const book: CallBook = {
    ...{ opened: nothing, refused: nothing, limited: nothing, heard: nothing, said: nothing, replied: nothing },
    ...{ answeredBy: nothing, paired: nothing, noted: nothing, brokeIn: nothing, transferred: nothing, ended: nothing },
    guessedInVain: (guess) => void inVain.push(guess),
    keep: nothing,
    written: () => Promise.resolve(),
    reopen: () => Promise.resolve(undefined),
  };
  const parts: ConversationParts = {
    profile: () => profileSchema.parse({ businessName: 'Harbour Bikes' }),
    systemPrompt: () => 'You answer the telephone.',
    voice: () => ({ name: 'en-US-Neural2-F', language: 'en-US' }),
    models: [{ name: 'first', reply }],
    answerer: model('I do not know that.'),
    lookUp: nothing,
    phraseClip: nothing,
    greetingClip: nothing,
    soundsHere: () => Promise.resolve(new Set()),
    consent: nothing,
    saveMessage: () => Promise.resolve(),
    book,
    counts: {
      ...{ callOpened: nothing, turnAnswered: nothing, rungFailed: nothing, messageTaken: nothing },
      guessed: (outcome) => void outcomes.push(outcome),
    },
    rules: { limits: () => rulesSchema.parse({ limits }).limits, blocked: () => [], limitOfDay: nothing },
    speculation: createSpeculation({
      mode: 'on',
      perMinute: 1_000,
      pairs: [],
      hasRoom: () => true,
      clock: systemClock,
    }),
    clock: { now: () => Date.now() },
    log: silentLog,
    limits: { historyMessages: 10, maxConcurrentCalls: 10, coalesceMs: 250, idleMs: 600_000 },
  };
  return { conversations: createConversations(parts), parts, outcomes, inVain };
}

const partial = (words: string, sequence = 0) => ({ turn: 1, sequence, words });

test('a guess whose final words never come ends by itself; when they do come, they are answered as ever', async () => {
  const reply = model(Infinity);
  const { conversations, outcomes, inVain } = core(reply);
  await conversations.incoming({ callSid: 'CA1' });
  conversations.hearPartial('CA1', partial('Are you open?'));
  await jest.advanceTimersByTimeAsync(9_900);
  conversations.hearPartial('CA1', partial('Are you open?', 1));
  await jest.advanceTimersByTimeAsync(9_900);
  expect([reply.calls[0]?.aborted, outcomes]).toEqual([false, []]);
  await jest.advanceTimersByTimeAsync(200);
  expect([reply.calls[0]?.aborted, outcomes]).toEqual([true, ['unused']]);
  expect(inVain).toMatchObject([{ callSid: 'CA1', model: 'first', tokens: { prompt: 10, completion: 0 } }]);
  conversations.hearPartial('CA1', partial('Are you open today?', 2));
  expect(reply.calls).toHaveLength(1);
  const answer = conversations.hear({ callSid: 'CA1' }, { speech: 'Are you open?', turn: 1 });
  await jest.advanceTimersByTimeAsync(6_500);
  expect(JSON.stringify(await answer)).toContain('speak');
  await conversations.close('CA1');
  expect(jest.getTimerCount()).toBe(0);
});

test.each([
  ['Are you open?', 0, 1],
  ['are you open', 179, 0],
  ['are you open', 181, 1],
  ['i would like to', 300, 0],
  ['i would like to', 401, 1],
])('"%s", unchanged for %i ms, begins %i', async (words, ms, begun) => {
  const reply = model('Yes.');
  const { conversations } = core(reply);
  await conversations.incoming({ callSid: 'CA1' });
  conversations.hearPartial('CA1', partial(words));
  await jest.advanceTimersByTimeAsync(ms);
  expect(reply.calls).toHaveLength(begun);
});

test('a guess that fails is not adopted: the turn asks anew', async () => {
  const reply = model(new UpstreamError('groq', 'server-error'));
  const { conversations, outcomes } = core(reply);
  await conversations.incoming({ callSid: 'CA1' });
  conversations.hearPartial('CA1', partial('Are you open?'));
  await jest.advanceTimersByTimeAsync(200);
  await conversations.hear({ callSid: 'CA1' }, { speech: 'Are you open?', turn: 1 });
  expect([reply.calls.length, outcomes]).toEqual([2, ['failed']]);
});

test('a guess at the right words that is not adopted ends with the final ones', async () => {
  const reply = model(Infinity);
  const { conversations, parts, outcomes, inVain } = core(reply);
  await conversations.incoming({ callSid: 'CA1' });
  conversations.hearPartial('CA1', partial('Are you open?'));
  const other = model(1_000, 'Yes.');
  parts.models = [{ name: 'other', reply: other }];
  const answer = conversations.hear({ callSid: 'CA1' }, { speech: 'Are you open?', turn: 1 });
  await jest.advanceTimersByTimeAsync(5);
  expect([reply.calls[0]?.aborted, outcomes, other.calls.length]).toEqual([true, ['mistaken'], 1]);
  await jest.advanceTimersByTimeAsync(1_500);
  expect(JSON.stringify(await answer)).toContain('Yes.');
  expect([outcomes, inVain.length]).toEqual([['mistaken'], 1]);
});

test('a guess that is one request too many stops the extra ones of a hedge, too, as long as the service asks', async () => {
  const { conversations, parts } = core(model(new UpstreamError('groq', 'rate-limited', { retryAfterMs: 120_000 })));
  const hedge = (parts.hedge = createHedge(systemClock, nothing));
  for (let turns = 0; turns < 60; turns += 1) hedge.race(1_500).firstSpoke();
  expect(hedge.race(1_500).dueMs()).toBeLessThan(100);
  await conversations.incoming({ callSid: 'CA1' });
  conversations.hearPartial('CA1', partial('Are you open?'));
  await jest.advanceTimersByTimeAsync(100_000);
  expect(hedge.race(1_500).dueMs()).toBe(1_500);
  await jest.advanceTimersByTimeAsync(20_000);
  expect(hedge.race(1_500).dueMs()).toBeLessThan(100);
});

test('of generated streams at most one and a half requests are made for a turn, and hits come early', async () => {
  const random = randomFrom('7');
  let requests = 0;
  let adopted = 0;
  const turns = 300;
  for (let number = 0; number < turns; number += 1) {
    const reply = model('We are open.');
    const { conversations, outcomes } = core(reply);
    await conversations.incoming({ callSid: 'CA1' });
    const { partials, final, finalAtMs } = partialStream(random, { matching: 0.8, leadMs: [300, 900] });
    let now = 0;
    for (const { sequence, words, atMs } of partials) {
      await jest.advanceTimersByTimeAsync(atMs - now);
      now = atMs;
      conversations.hearPartial('CA1', partial(words, sequence));
    }
    await jest.advanceTimersByTimeAsync(finalAtMs - now);
    const answer = conversations.hear({ callSid: 'CA1' }, { speech: final, turn: 1 });
    await jest.advanceTimersByTimeAsync(300);
    await answer;
    requests += reply.calls.length;
    adopted += outcomes.filter((outcome) => outcome === 'adopted').length;
    await conversations.close('CA1');
  }
  expect(requests / turns).toBeLessThanOrEqual(1.5);
  expect(adopted / turns).toBeGreaterThan(0.7);
}, 60_000);

test('what was begun in vain is paid for, and brings its call no nearer to its limit', async () => {
  const reply = model('Yes.', 'Yes.', 'Yes.', 'From nine.');
  const { conversations, inVain } = core(reply, { tokensPerCall: 1_000 });
  await conversations.incoming({ callSid: 'CA1' });
  const long = 'and then '.repeat(150);
  for (const [sequence, words] of ['Are you open?', 'Is it far?', 'Who are you?'].entries()) {
    conversations.hearPartial('CA1', partial(`${long}${words}`, sequence));
    await jest.advanceTimersByTimeAsync(300);
  }
  await conversations.hear({ callSid: 'CA1' }, { speech: 'When do you open?', turn: 1 });
  expect(inVain.map(({ tokens }) => tokens.prompt)).toEqual([347, 347, 347]);
  const next = conversations.hear({ callSid: 'CA1' }, { speech: 'And when do you close?', turn: 2 });
  await jest.advanceTimersByTimeAsync(300);
  await next;
  expect(reply.calls).toHaveLength(5);
});
