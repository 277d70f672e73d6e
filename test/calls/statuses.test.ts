import fc from 'fast-check';
import type { StatusReport } from '../../src/common/call-reports';
import { openBook, writeCall } from './kit';

const AT = Date.UTC(2026, 10, 20, 9, 5);

const report = (status: string, sequence: number, seconds?: number): StatusReport => ({
  callSid: 'CA1',
  status,
  sequence,
  at: AT + sequence * 1_000,
  seconds,
  from: '+12025550101',
  to: '+12025550100',
  direction: 'inbound',
  test: false,
});

const REPORTS = [
  report('initiated', 0),
  report('ringing', 1),
  report('in-progress', 2),
  report('completed', 3, 42),
] as const;

const statusesInAnyOrder = fc
  .shuffledSubarray([...REPORTS], { minLength: REPORTS.length })
  .chain((order) => fc.array(fc.constantFrom(...REPORTS), { maxLength: 6 }).map((again) => [...order, ...again]));

test('status callbacks in any order and however often lead to the same record, also before the call itself', async () => {
  const records = new Set<string>();
  await fc.assert(
    fc.asyncProperty(statusesInAnyOrder, fc.nat(10), async (reports, after) => {
      const book = await openBook();
      for (const [index, each] of reports.entries()) {
        if (index === after % reports.length) await writeCall(book, 'CA1', [['When are you open?', 'From nine.']]);
        await book.calls.reported(each);
      }
      const { understanding, ...call } = (await book.calls.read('CA1')) ?? {};
      records.add(JSON.stringify(call));
    }),
    { numRuns: 60 },
  );
  expect(records.size).toBe(1);
  const record = JSON.parse([...records][0] ?? '') as Record<string, unknown>;
  expect(record).toMatchObject({ status: 'completed', outcome: 'answered', durationS: 42, endedAt: AT + 3_000 });
}, 30_000);

test.each([
  ['busy', 'failed'],
  ['failed', 'failed'],
  ['no-answer', 'missed'],
  ['canceled', 'missed'],
])('a call nobody here answered enters the book by its status: %s', async (status, outcome) => {
  const { calls } = await openBook();
  await calls.reported(report(status, 0, 0));
  expect(await calls.search({ limit: 10 })).toMatchObject([{ sid: 'CA1', status, outcome, turns: 0 }]);
});

test('a call whose caller hung up at once is told from one that was answered', async () => {
  const book = await openBook();
  await writeCall(book, 'CA1');
  await book.calls.reported(report('completed', 0, 3));
  expect(await book.calls.read('CA1')).toMatchObject({ outcome: 'abandoned', durationS: 3 });
});

test('a call whose end was never reported is ended where it fell silent, and not before', async () => {
  const book = await openBook();
  await writeCall(book, 'CA1', [['Hello', 'Hello!']]);
  const lastSeen = book.now();
  book.passTime(10 * 60_000);
  await book.calls.start();
  expect(await book.calls.read('CA1')).toMatchObject({ outcome: undefined, endedAt: undefined });
  book.passTime(10 * 60_000);
  await book.calls.start();
  expect(await book.calls.read('CA1')).toMatchObject({ outcome: 'answered', endedAt: lastSeen });
  await book.calls.reported(report('completed', 3, 42));
  expect(await book.calls.read('CA1')).toMatchObject({ durationS: 42 });
});

test('a call that is opened again after a restart, before anything was kept of it, is told of once', async () => {
  const book = await openBook();
  await book.calls.reported(report('ringing', 1));
  const call = { callSid: 'CA1', from: '+12025550101', to: '+12025550100', test: false, at: AT };
  for (const at of [AT, AT + 2_000]) {
    book.calls.book.opened({ ...call, at });
    await book.calls.book.written();
  }
  expect(book.told.map(({ type }) => type)).toEqual(['call.started']);
});

/** What becomes of these reports, told in this order and the other way round. */
async function bothWays(...reports: StatusReport[]) {
  const made: unknown[] = [];
  for (const order of [reports, [...reports].reverse()]) {
    const book = await openBook();
    for (const each of order) await book.calls.reported(each);
    const { startedAt, endedAt, durationS, from, status } = (await book.calls.read('CA1')) ?? {};
    made.push({ startedAt, endedAt, durationS, from, status });
  }
  return made;
}

test.each<[string, StatusReport, StatusReport]>([
  ['one end of two times', report('completed', 0, 40), { ...report('completed', 0, 41), at: AT + 3_000 }],
  ['an end without its length', report('completed', 0), { ...report('completed', 0, 41), at: AT + 3_000 }],
  ['an end without its caller', { ...report('completed', 3, 40), from: undefined }, report('completed', 3, 40)],
  ['two ends', report('completed', 3, 40), report('no-answer', 2, 0)],
])('the order of reports changes nothing: %s', async (_, one, other) => {
  const [first, second] = await bothWays(one, other);
  expect(first).toEqual(second);
  expect(first).toMatchObject({ from: '+12025550101' });
});

test('a call whose end was written before its turns is counted by them in the end', async () => {
  const book = await openBook();
  await book.calls.reported(report('completed', 3, 42));
  expect((await book.calls.read('CA1'))?.outcome).toBe('missed');
  await writeCall(book, 'CA1', [['When are you open?', 'From nine.']]);
  expect((await book.calls.read('CA1'))?.outcome).toBe('answered');
});

test('a voicemail of a call that comes into the book later has its number then', async () => {
  const { calls } = await openBook();
  await calls.recorded({ callSid: 'CA1', sid: `RE${'a'.repeat(32)}`, seconds: 9, at: AT, test: false });
  expect(await calls.messages({ limit: 10 })).toMatchObject([{ number: undefined }]);
  await calls.reported(report('completed', 3, 42));
  expect(await calls.messages({ limit: 10 })).toMatchObject([{ number: '+12025550101', from: '+12025550101' }]);
});
