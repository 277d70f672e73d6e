import { createDraft, type Draft } from '../../src/conversations/draft';
import { climb, type Climbed } from '../../src/conversations/ladder';
import type { Reply } from '../../src/conversations/ports';
import { CALL, failure, model } from './replies';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const NEVER = Infinity;
const ANSWER = 'We open at nine.';
const answerer = () => model('I can take a message.');

/** A climb at work, with the clock in hand. Words can be handed out at once, since making them audible takes no time. */
function start(first: Reply, second: Reply, { last = answerer() as Reply, secondDueMs = 1_500 } = {}) {
  const draft: Draft = createDraft((text) => Promise.resolve({ text }), Date.now);
  const controller = new AbortController();
  controller.signal.addEventListener('abort', () => draft.bell.ring());
  const failed: string[] = [];
  const outrun: string[] = [];
  const said: string[] = [];
  let climbed: Climbed | undefined;
  const rungs = [
    { name: 'first', dueMs: 0, reply: first },
    { name: 'second', dueMs: secondDueMs, reply: second },
    { name: 'answerer', dueMs: 6_000, reply: last },
  ];
  void climb({
    rungs,
    call: CALL,
    draft,
    signal: controller.signal,
    outrun: (rung: string) => void outrun.push(rung),
    spoke: () => undefined,
    noted: () => undefined,
    failed: (rung, error) => failed.push(`${rung}: ${(error as { reason?: string }).reason ?? 'defect'}`),
  }).then((result) => (climbed = result));
  return {
    draft,
    failed,
    outrun,
    said,
    abort: () => controller.abort(),
    after: (ms: number) => jest.advanceTimersByTimeAsync(ms),
    handOut: () => said.push(...draft.handOut(draft.waiting.length).map(({ text }) => text)),
    /** Everything the caller gets to hear, as one text. */
    heard: () => [...said, ...draft.waiting.map(({ text }) => text)].join(' '),
    climbed: () => climbed,
  };
}

test('a model that answers in time is the only one asked', async () => {
  const [second, last] = [model('No.'), answerer()];
  const turn = start(model(900, 'We open ', 300, 'at nine.', { kind: 'endCall' }), second, { last });
  await turn.after(899);
  expect(turn.draft.begun).toBe(false);
  await turn.after(1);
  expect(turn.draft.begun).toBe(true);
  await turn.after(10_000);
  expect(turn.climbed()).toEqual({ rung: 'first', decision: { kind: 'endCall' } });
  expect(turn.heard()).toBe(ANSWER);
  expect([second.calls.length, last.calls.length, turn.failed.length]).toEqual([0, 0, 0]);
});

test('without first words by 1,500 ms the second model is asked as well, and whoever speaks first is heard', async () => {
  const [first, second] = [model(1_700, 'We open at ', 900, 'nine.'), model(500, 'Wrong.')];
  const turn = start(first, second);
  await turn.after(1_495);
  expect(second.calls).toHaveLength(0);
  await turn.after(10);
  expect(second.calls).toHaveLength(1);
  await turn.after(10_000);
  expect(turn.heard()).toBe(ANSWER);
  expect(turn.climbed()?.rung).toBe('first');
  expect(second.calls[0]?.aborted).toBe(true);
});

test('the second model is heard when it is the faster one, and the first is let go', async () => {
  const first = model(3_000, 'Too late.');
  const turn = start(first, model(200, ANSWER));
  await turn.after(1_750);
  expect(turn.climbed()?.rung).toBe('second');
  expect([turn.outrun, turn.failed]).toEqual([['first'], []]);
  expect(first.calls[0]?.aborted).toBe(true);
  await turn.after(5_000);
  expect(turn.heard()).toBe(ANSWER);
});

test('a second model that was let go before it spoke is asked again when the first breaks off', async () => {
  const second = model(600, ANSWER);
  const turn = start(model(1_700, 'We ', 100, failure('truncated')), second);
  await turn.after(2_500);
  expect(second.calls).toHaveLength(2);
  expect([turn.heard(), turn.climbed()?.rung]).toEqual([ANSWER, 'second']);
  expect(turn.failed).toEqual(['first: truncated']);
});

test('a first model that was overtaken is not asked again when the second breaks off', async () => {
  const first = model(NEVER);
  const turn = start(first, model(100, 'We ', 100, failure('truncated')));
  await turn.after(1_800);
  expect([first.calls.length, turn.climbed()?.rung]).toEqual([1, 'answerer']);
});

test('an error brings the second model at once', async () => {
  const second = model(ANSWER);
  const turn = start(model(40, failure('rate-limited')), second);
  await turn.after(50);
  expect(turn.climbed()?.rung).toBe('second');
  expect(turn.failed).toEqual(['first: rate-limited']);
});

test.each([
  ['says nothing', model()],
  ['says nothing that can be said', model('** ', '\n```')],
  [
    'throws before it begins',
    () => {
      throw new Error('a defect');
    },
  ],
])('a model that %s has failed', async (_, first: Reply) => {
  const turn = start(first, model(ANSWER));
  await turn.after(50);
  expect(turn.heard()).toBe(ANSWER);
  expect(turn.failed).toHaveLength(1);
});

test('two failures bring the built-in answerer at once', async () => {
  const turn = start(model(failure('server-error')), model(30, failure('unreachable')));
  await turn.after(50);
  expect(turn.climbed()?.rung).toBe('answerer');
  expect(turn.failed).toEqual(['first: server-error', 'second: unreachable']);
});

test('without any words by 6,000 ms the built-in answerer speaks, and both models are let go', async () => {
  const [first, second] = [model(NEVER), model(NEVER)];
  const turn = start(first, second);
  await turn.after(5_990);
  expect(turn.heard()).toBe('');
  await turn.after(20);
  expect(turn.heard()).toBe('I can take a message.');
  expect(turn.failed).toEqual(['first: timeout', 'second: timeout']);
  expect([first, second].map(({ calls }) => calls[0]?.aborted)).toEqual([true, true]);
});

test('a second model that is not due is asked after a failure alone, and does not keep the answerer back', async () => {
  const second = model(ANSWER);
  const silent = start(model(NEVER), second, { secondDueMs: NEVER });
  await silent.after(6_010);
  expect([silent.heard(), second.calls.length]).toEqual(['I can take a message.', 0]);
  const failed = start(model(40, failure('server-error')), model(ANSWER), { secondDueMs: NEVER });
  await failed.after(50);
  expect([failed.heard(), failed.climbed()?.rung]).toEqual([ANSWER, 'second']);
});

test('a model that began and then fell silent before a sentence was whole gives way to the answerer', async () => {
  const turn = start(model('We', NEVER), model('No.'));
  await turn.after(6_010);
  expect(turn.heard()).toBe('I can take a message.');
  expect(turn.failed).toEqual(['first: timeout']);
});

test('a reply that breaks off before anything was heard is begun anew, and nothing of it is said', async () => {
  const turn = start(model('We open at nine. And we', 100, failure('truncated')), model(50, ANSWER));
  await turn.after(50);
  expect(turn.draft.waiting).toHaveLength(1);
  await turn.after(75);
  expect(turn.draft.begun).toBe(false);
  await turn.after(75);
  expect(turn.heard()).toBe(ANSWER);
  expect(turn.climbed()).toEqual({ rung: 'second', decision: undefined });
});

test('a reply that breaks off after its beginning was heard ends in an apology, and no other model speaks', async () => {
  const second = model('Never.');
  const turn = start(model('We open at nine. On Sundays. And', 100, failure('stalled')), second);
  await turn.after(50);
  turn.handOut();
  await turn.after(10_000);
  expect(turn.heard()).toMatch(/^We open at nine\. On Sundays\. I'm sorry, I lost my thread/);
  expect(turn.climbed()).toEqual({ rung: 'first', decision: undefined });
  expect(second.calls).toHaveLength(0);
});

test('an effect decided on in a reply that broke off does not happen', async () => {
  const turn = start(model({ kind: 'takeMessage' }, 'Fine. And', 50, failure('truncated')), model(ANSWER));
  await turn.after(100);
  expect(turn.climbed()).toEqual({ rung: 'second', decision: undefined });
});

test('of a reply cut by the token limit the whole sentences are said, or its words if there is none', async () => {
  const whole = start(model('We open at nine. On Sundays we', failure('length')), model('No.'));
  await whole.after(50);
  expect([whole.heard(), whole.climbed()?.rung]).toEqual([ANSWER, 'first']);
  const torn = start(model('We open at nine on', failure('length')), model('No.'));
  await torn.after(50);
  expect([torn.heard(), torn.climbed()?.rung]).toEqual(['We open at nine on', 'first']);
});

test('words before a tool call that failed are an answer; without any, the next model is asked', async () => {
  const spoke = start(model('We open at nine', failure('tool-use-failed')), model('No.'));
  await spoke.after(50);
  expect([spoke.heard(), spoke.climbed()?.rung]).toEqual(['We open at nine', 'first']);
  const silent = start(model(failure('tool-use-failed')), model(ANSWER));
  await silent.after(50);
  expect([silent.heard(), silent.climbed()?.rung]).toEqual([ANSWER, 'second']);
});

test('a decision alone is a reply', async () => {
  const turn = start(model({ kind: 'takeMessage', name: 'Ana' }, { kind: 'endCall' }), model('No.'));
  await turn.after(50);
  expect(turn.climbed()).toEqual({ rung: 'first', decision: { kind: 'takeMessage', name: 'Ana' } });
});

test('when the turn is over nobody works on, and nothing is said', async () => {
  const first = model(100, 'We open ', NEVER);
  const turn = start(first, model('No.'));
  await turn.after(50);
  turn.abort();
  await turn.after(10_000);
  expect(turn.climbed()).toEqual({ rung: 'none', decision: undefined });
  expect(first.calls[0]?.aborted).toBe(true);
  expect([turn.heard(), turn.failed.length, jest.getTimerCount()]).toEqual(['', 0, 0]);
});

test('even when everybody fails it comes to an end', async () => {
  const turn = start(model(failure('empty')), model(failure('empty')), { last: model(failure('empty')) });
  await turn.after(50);
  expect(turn.climbed()).toEqual({ rung: 'none', decision: undefined });
  expect(turn.failed).toHaveLength(3);
});

test('words that trickle on and on end after twenty seconds', async () => {
  const turn = start(model('One comes first. Two', NEVER), model('No.'));
  await turn.after(50);
  turn.handOut();
  await turn.after(19_000);
  expect(turn.climbed()).toBeUndefined();
  await turn.after(1_100);
  expect(turn.climbed()).toBeDefined();
  expect(turn.heard()).toBe('One comes first.');
});
