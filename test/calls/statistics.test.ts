import type { Statistics } from '../../src/common/figures';
import { openBook } from './kit';

type Book = Awaited<ReturnType<typeof openBook>>;
const NEW_YORK = 'America/New_York';
const HOUR = 60 * 60_000;

/** A call at a time, with the times of its replies. */
async function call(
  { database }: Book,
  {
    at,
    test = 0,
    outcome = 'answered',
    audio = [],
    direction = 'inbound',
  }: { at: number; test?: number; outcome?: string | null; audio?: number[]; direction?: string },
) {
  const sid = `CA${Math.random()}`;
  const row = { sid, direction, test, started_at: at, seen_at: at, status: 'completed', outcome };
  await database.insertInto('calls').values(row).execute();
  for (const [index, ms] of audio.entries()) {
    const turn = { call_sid: sid, number: index + 1, at: at + index, reply: 'Yes.', first_audio_ms: ms, test };
    await database.insertInto('turns').values(turn).execute();
  }
}

const filled = ({ byHour }: Statistics) => byHour.flatMap((n, hour) => (n > 0 ? [[hour, n]] : []));
const busy = ({ byDay }: Statistics) => byDay.filter(({ calls }) => calls > 0);

test('calls are counted by the hour and the day on the wall of the business', async () => {
  const book = await openBook(); // it is 4 AM on Friday 20 November in New York
  await call(book, { at: Date.UTC(2026, 10, 20, 4, 59) }); // 11:59 PM on the 19th
  await call(book, { at: Date.UTC(2026, 10, 20, 5, 1) }); // 0:01 AM on the 20th
  await call(book, { at: Date.UTC(2026, 10, 1, 5, 30) }); // 1:30 AM, before the clocks go back
  await call(book, { at: Date.UTC(2026, 10, 1, 6, 30) }); // 1:30 AM once more
  const figures = await book.calls.statistics({ timeZone: NEW_YORK, tests: false });
  expect(figures).toMatchObject({ since: '2026-10-22', until: '2026-11-20', calls: 4 });
  expect(figures.byDay).toHaveLength(30);
  expect(filled(figures)).toEqual([
    [0, 1],
    [1, 2],
    [23, 1],
  ]);
  expect(busy(figures)).toEqual([
    { day: '2026-11-01', calls: 2 },
    { day: '2026-11-19', calls: 1 },
    { day: '2026-11-20', calls: 1 },
  ]);
  const katmandu = await book.calls.statistics({ timeZone: 'Asia/Kathmandu', tests: false });
  expect(filled(katmandu)).toEqual([
    [10, 2],
    [11, 1],
    [12, 1],
  ]);
});

test('what lies thirty days back at the wall is in, what lies before it is not', async () => {
  const book = await openBook();
  const midnight = Date.UTC(2026, 9, 22, 4); // in New York, the first of 30 days
  await call(book, { at: midnight, audio: [500] });
  await call(book, { at: midnight - 1, audio: [900] });
  const figures = await book.calls.statistics({ timeZone: NEW_YORK, tests: false });
  expect(figures.calls).toBe(1);
  expect(figures.firstAudio).toEqual([{ day: '2026-10-22', turns: 1, medianMs: 500, p95Ms: 500 }]);
});

test('outcomes are counted, and a call without one goes on', async () => {
  const book = await openBook();
  for (const outcome of ['answered', 'answered', 'message', 'missed', null])
    await call(book, { at: book.now(), outcome });
  const { outcomes } = await book.calls.statistics({ timeZone: 'UTC', tests: false });
  expect(outcomes).toEqual({
    ...{ answered: 2, message: 1, transferred: 0, abandoned: 0, failed: 0, missed: 1 },
    'going on': 1,
  });
});

test('calls of ours are counted, but not among those that callers missed', async () => {
  const book = await openBook();
  for (const direction of ['inbound', 'outbound', 'outbound'])
    await call(book, { at: book.now(), outcome: 'missed', direction });
  const figures = await book.calls.statistics({ timeZone: 'UTC', tests: false });
  expect(figures).toMatchObject({ calls: 3, outgoing: 2, outcomes: { missed: 1 } });
});

test('the time to first audio is the median and the 95th of a hundred, by nearest rank', async () => {
  const book = await openBook();
  const audio = Array.from({ length: 100 }, (_, index) => (100 - index) * 10);
  await call(book, { at: book.now(), audio });
  await call(book, { at: book.now() - 24 * HOUR, audio: [300, 100] });
  const { firstAudio } = await book.calls.statistics({ timeZone: 'UTC', tests: false });
  expect(firstAudio).toEqual([
    { day: '2026-11-19', turns: 2, medianMs: 100, p95Ms: 300 },
    { day: '2026-11-20', turns: 100, medianMs: 500, p95Ms: 950 },
  ]);
});

test('test calls are left out, counted as such, and shown to who wants them', async () => {
  const book = await openBook();
  await call(book, { at: book.now(), audio: [400] });
  await call(book, { at: book.now(), test: 1, outcome: 'message', audio: [9_000] });
  const real = await book.calls.statistics({ timeZone: 'UTC', tests: false });
  expect(real).toMatchObject({
    calls: 1,
    leftOut: 1,
    outcomes: { message: 0 },
    firstAudio: [{ turns: 1, p95Ms: 400 }],
  });
  const all = await book.calls.statistics({ timeZone: 'UTC', tests: true });
  expect(all).toMatchObject({
    calls: 2,
    leftOut: 0,
    outcomes: { message: 1 },
    firstAudio: [{ turns: 2, p95Ms: 9_000 }],
  });
});

test('an empty book gives noughts', async () => {
  const { calls } = await openBook();
  const figures = await calls.statistics({ timeZone: 'Pacific/Apia', tests: true });
  expect(figures).toMatchObject({ calls: 0, leftOut: 0, firstAudio: [] });
  expect(figures.byHour).toEqual(Array(24).fill(0));
});
