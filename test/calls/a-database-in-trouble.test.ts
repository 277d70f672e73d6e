import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { loadDriver } from '../../src/storage/driver';
import { whenDone } from '../support/frontdesk';
import { openBook, writeCall } from './kit';

type Book = Awaited<ReturnType<typeof openBook>>;

/** Another process writes, and does not come to an end until it is told to. */
function lock(file: string) {
  const other = new (loadDriver())(file);
  whenDone(() => Promise.resolve(other.close()));
  other.exec('BEGIN IMMEDIATE');
  return { release: () => other.exec('ROLLBACK') };
}

/** A program of its own that writes for `ms`. Resolves once it has begun. */
async function writeElsewhere(file: string, ms: number): Promise<void> {
  const program = `const db = new (require('./dist/storage/driver').loadDriver())(${JSON.stringify(file)});
    db.exec('BEGIN IMMEDIATE'); console.log('begun'); setTimeout(() => db.exec('ROLLBACK'), ${ms});`;
  const other = spawn(process.execPath, ['-e', program], { cwd: join(__dirname, '../..') });
  await once(other.stdout, 'data');
}

/** The calls in the book, once there are so many. */
async function callsOnce(book: Book, count: number) {
  for (let ms = 0; ms < 5_000 && (await book.calls.search({ limit: 9 })).length < count; ms += 50) await pause(50);
  return book.calls.search({ limit: 9 });
}

const asked = (callSid: string, turn: number, at: number) => ({
  ...{ callSid, turn, at, words: `question ${turn}` },
  ...{ confidence: 0.9, digits: undefined },
});
const steps = ({ logged }: Book) =>
  logged.flatMap(({ fields }) => (fields?.step?.startsWith('not written') ? [fields] : []));

test('another program that writes for a moment is waited for: what was told is in the book then, at once', async () => {
  const book = await openBook({ onDisk: true });
  await writeElsewhere(book.file, 150);
  await writeCall(book, 'CA1', [['When are you open?', 'From nine.']]);
  expect(steps(book)).toEqual([]);
  expect(await book.calls.search({ limit: 9 })).toMatchObject([{ sid: 'CA1', turns: 1 }]);
});

test('a lock that stays holds up no call after call: it is tried again a second later at the earliest', async () => {
  const book = await openBook({ onDisk: true });
  const locked = lock(book.file);
  for (let turn = 1; turn <= 20; turn += 1) {
    book.calls.book.heard(asked('CA1', turn, book.now()));
    await book.calls.book.written();
  }
  expect(steps(book)).toHaveLength(1);
  locked.release();
  expect(await callsOnce(book, 1)).toMatchObject([{ sid: 'CA1', turns: 20 }]);
});

test('what was told while the database was locked is in the book once it is not', async () => {
  const book = await openBook({ onDisk: true });
  const locked = lock(book.file);
  await writeCall(book, 'CA1', [['When are you open?', 'From nine.']]);
  await writeCall(book, 'CA2', [['Hello', 'Hello!']]);
  locked.release();
  await writeCall(book, 'CA3', [['Hello', 'Hello!']]);
  expect((await callsOnce(book, 3)).map(({ sid, turns }) => [sid, turns])).toEqual([
    ['CA3', 1],
    ['CA2', 1],
    ['CA1', 1],
  ]);
  expect(book.told.map(({ data }) => (data as { call_sid: string }).call_sid)).toEqual(['CA1', 'CA2', 'CA3']);
});

test('what was told while the disk was full is in the book once there is room', async () => {
  const book = await openBook({ onDisk: true });
  const long = 'word '.repeat(2_000);
  await sql`PRAGMA max_page_count = 1`.execute(book.database);
  await writeCall(book, 'CA1', [[long, long]]);
  await writeCall(book, 'CA2', [[long, long]]);
  expect(await book.calls.search({ limit: 9 })).toEqual([]);
  for (const { data } of steps(book)) expect(data?.['reason']).toMatch(/full/);
  await sql`PRAGMA max_page_count = 100000`.execute(book.database);
  await writeCall(book, 'CA3', [['Hello', 'Hello!']]);
  expect((await callsOnce(book, 3)).map(({ sid }) => sid)).toEqual(['CA3', 'CA2', 'CA1']);
});

test('it is tried again by itself', async () => {
  const book = await openBook({ onDisk: true });
  const locked = lock(book.file);
  await writeCall(book, 'CA1', [['When are you open?', 'From nine.']]);
  locked.release();
  expect(await callsOnce(book, 1)).toMatchObject([{ sid: 'CA1', turns: 1 }]);
});

test('nobody waits for what failed before', async () => {
  const book = await openBook({ onDisk: true });
  lock(book.file);
  await writeCall(book, 'CA1');
  const began = performance.now();
  await book.calls.book.written();
  expect(await book.calls.book.reopen('CA9')).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(200);
});

test('the oldest is dropped when too much waits, which is logged, and so is what a stop leaves', async () => {
  const book = await openBook({ onDisk: true });
  lock(book.file);
  for (let turn = 1; turn <= 2_030; turn += 1) book.calls.book.heard(asked('CA1', turn, book.now()));
  await book.calls.book.written();
  await book.calls.close();
  expect(steps(book).map(({ step, data }) => [step, data?.['writes']])).toEqual([
    ['not written yet', 2_000],
    ['not written', 30],
    ['not written yet', 2_000],
    ['not written', 2_000],
  ]);
});

test('what cannot be written of one call takes nothing of another with it', async () => {
  const book = await openBook();
  const { book: inBook } = book.calls;
  inBook.heard(asked('CA1', 1, book.now()));
  inBook.heard(asked('CA2', 1, 1.5));
  inBook.heard(asked('CA2', 2, book.now()));
  inBook.heard(asked('CA3', 1, book.now()));
  await inBook.written();
  expect((await book.calls.search({ limit: 9 })).map(({ sid, turns }) => `${sid} ${turns}`)).toEqual([
    'CA3 1',
    'CA2 1',
    'CA1 1',
  ]);
  expect(steps(book)).toMatchObject([{ callSid: 'CA2', step: 'not written', data: { writes: 1 } }]);
});

const nothing = {
  tokens: undefined,
  split: false,
  unanswered: false,
  firstWordsMs: 1,
  firstClipMs: 1,
  firstAudioMs: 2,
};
test.each<[string, (written: Book['calls']['book'], at: number) => unknown]>([
  ['heard', (written, at) => written.heard(asked('CA1', 1, at))],
  ['said', (written, at) => written.said({ callSid: 'CA1', turn: 1, at, utterances: [{ text: 'Hello.' }] })],
  [
    'replied',
    (written) => written.replied({ callSid: 'CA1', turn: 1, rung: 'a', voice: 'b', wholeReplyMs: 3, ...nothing }),
  ],
])('a call whose beginning was lost enters the book by what comes next: %s', async (_, tell) => {
  const book = await openBook();
  tell(book.calls.book, book.now());
  await book.calls.book.written();
  expect(await book.calls.read('CA1')).toMatchObject({ startedAt: book.now(), turns: [{ number: 1 }] });
});

test('also beside what cannot be written', async () => {
  const book = await openBook();
  book.calls.book.heard(asked('CA1', 1, 1.5));
  book.calls.book.heard(asked('CA2', 1, book.now()));
  await book.calls.book.written();
  expect((await book.calls.search({ limit: 9 })).map(({ sid, turns }) => `${sid} ${turns}`)).toEqual(['CA2 1']);
});

const conversation = { from: '+12025550101', to: '+12025550100', test: true, trial: false, messages: [], answers: [] };
const keptWith = (transfer: { accepted: boolean; over: boolean } | undefined) => ({ transfer }) as never;

test('and its numbers by the conversation', async () => {
  const book = await openBook();
  book.calls.book.heard(asked('CA1', 1, book.now()));
  book.calls.book.keep('CA1', { ...conversation, kept: keptWith(undefined) });
  await book.calls.book.written();
  expect(await book.calls.read('CA1')).toMatchObject({ from: '+12025550101', to: '+12025550100', test: true });
});

test('a call that was put through stays so when it goes on with us', async () => {
  const book = await openBook();
  const bridge = () =>
    book.database
      .selectFrom('calls')
      .select(['transfer', 'transferred_at', 'bridged_until', 'seen_at'])
      .executeTakeFirstOrThrow();
  await writeCall(book, 'CA1');
  const acceptedAt = book.now();
  book.calls.book.keep('CA1', { ...conversation, kept: keptWith({ accepted: true, over: false }) });
  await book.calls.book.written();
  const bridged = await bridge();
  expect(bridged).toMatchObject({ transfer: 'accepted', transferred_at: acceptedAt, seen_at: acceptedAt });
  expect(bridged.bridged_until).toBeGreaterThan(acceptedAt);
  book.passTime(60_000);
  book.calls.book.keep('CA1', { ...conversation, kept: keptWith({ accepted: true, over: true }) });
  await book.calls.book.written();
  const after = { transfer: 'accepted', transferred_at: acceptedAt, bridged_until: null, seen_at: book.now() };
  expect(await bridge()).toEqual(after);
});

test('of a caller who was forgotten meanwhile nothing is written, of others everything', async () => {
  const book = await openBook();
  const { book: inBook } = book.calls;
  inBook.heard(asked('CA1', 1, book.now()));
  inBook.heard(asked('CA2', 1, book.now()));
  inBook.keep('CA1', { ...conversation, kept: keptWith(undefined) });
  await book.database.insertInto('forgotten_calls').values({ sid: 'CA1', at: book.now() }).execute();
  await inBook.written();
  const turns = await book.database.selectFrom('turns').select('call_sid').execute();
  const calls = await book.database.selectFrom('calls').select('sid').execute();
  expect([turns, calls]).toEqual([[{ call_sid: 'CA2' }], [{ sid: 'CA2' }]]);
});
