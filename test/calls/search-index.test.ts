import { join } from 'node:path';
import { sql } from 'kysely';
import { searchCalls } from '../../src/calls/search';
import { openDatabase } from '../../src/storage/database';
import { loadDriver } from '../../src/storage/driver';
import { temporaryFolder, whenDone } from '../support/frontdesk';
import { olderDatabase } from '../support/older-database';
import { openBook, writeCall } from './kit';

type Book = Awaited<ReturnType<typeof openBook>>;

const found = async ({ calls }: Book, words: string) =>
  (await calls.search({ limit: 9, words })).map(({ sid }) => sid).sort();
const indexed = async ({ database }: Book) =>
  (await database.selectFrom('turns').select(['call_sid', 'number']).where('searchable', '=', 1).execute()).length;
/** SQLite compares the index with the words it was made of; throws where they differ. */
const check = ({ database }: Pick<Book, 'database'>) =>
  sql`INSERT INTO turns_text (turns_text, rank) VALUES ('integrity-check', 1)`.execute(database);

const said = (book: Book, turn: number, text: string) => {
  book.calls.book.said({ callSid: 'CA1', turn, at: book.now(), utterances: [{ text }] });
  return book.calls.book.written();
};

test('no turn is put into the index while its call goes on; at the end all are', async () => {
  const book = await openBook();
  await writeCall(book, 'CA1', [['Do you repair wheels?', 'We do.']]);
  await writeCall(book, 'CA2', [['Hello', 'Hello!']]);
  expect(await indexed(book)).toBe(0);
  book.calls.book.ended('CA1');
  await book.calls.book.written();
  expect(await indexed(book)).toBe(2);
  await check(book);
});

test('what is said in a call that goes on is found, and so is what is said in it after that', async () => {
  const book = await openBook();
  await writeCall(book, 'CA1', [['Do you repair wheels?', '']]);
  expect(await found(book, 'wheel')).toEqual(['CA1']);
  await said(book, 1, 'Yes, spokes too.');
  await said(book, 2, 'Until Friday.');
  expect([await found(book, 'spokes'), await found(book, 'friday'), await found(book, 'wheel')]).toEqual([
    ['CA1'],
    ['CA1'],
    ['CA1'],
  ]);
  await check(book);
});

test('of more turns than go into the index at once none is left out', async () => {
  const book = await openBook();
  for (let call = 0; call < 25; call += 1) await writeCall(book, `CA${call}`, [['Hello', `Number ${call}.`]]);
  expect(await found(book, 'number')).toHaveLength(9);
  expect(await indexed(book)).toBe(50);
});

test('what is removed is not found, whether it was in the index or not', async () => {
  const book = await openBook();
  await writeCall(book, 'CA1', [['Do you repair wheels?', 'We do.']]);
  await writeCall(book, 'CA2', [['My wheels are bent', 'Bring them.']]);
  await book.database.updateTable('turns').set({ words: null }).where('call_sid', '=', 'CA1').execute();
  expect(await found(book, 'wheel')).toEqual(['CA2']);
  await book.database.updateTable('turns').set({ words: null }).where('call_sid', '=', 'CA2').execute();
  expect(await found(book, 'wheel')).toEqual([]);
  await book.database.deleteFrom('turns').execute();
  await check(book);
});

test('what is removed before it comes into the index leaves the index as it is', async () => {
  const book = await openBook();
  await writeCall(book, 'CA1', [['Do you repair wheels?', 'We do.']]);
  await book.database.deleteFrom('turns').execute();
  await check(book);
  expect(await found(book, 'wheel')).toEqual([]);
});

test('what is in the index already does not come into it once more', async () => {
  const book = await openBook();
  await writeCall(book, 'CA1', [['Do you repair wheels?', 'We do.']]);
  await found(book, 'wheel');
  await book.database.updateTable('turns').set({ searchable: 1 }).execute();
  await check(book);
});

test('others have their turn while many words come into the index', async () => {
  const book = await openBook();
  for (let call = 0; call < 50; call += 1) await writeCall(book, `CA${call}`, [['Hello', `Number ${call}.`]]);
  let turns = 0;
  const others = () => void ((turns += 1), (next = setImmediate(others)));
  let next = setImmediate(others);
  await found(book, 'number');
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(4);
});

test('the words of a book from before are found, and those that were removed are not', async () => {
  const file = join(await temporaryFolder(), 'old.db');
  const sqlite = olderDatabase(file, 8);
  sqlite.exec(`
    INSERT INTO calls (sid, direction, test, started_at, seen_at, status) VALUES ('CA1', 'inbound', 0, 1, 1, 'completed');
    INSERT INTO turns (call_sid, number, at, words, reply) VALUES ('CA1', 1, 1, 'Do you repair wheels?', 'We do.'),
      ('CA1', 2, 2, 'And spokes?', 'Yes.');
    UPDATE turns SET words = NULL, reply = '' WHERE number = 2;
  `);
  sqlite.close();
  const database = openDatabase(file);
  whenDone(() => database.destroy());
  const sids = async (words: string) => (await searchCalls(database, { limit: 9, words })).map(({ sid }) => sid);
  expect([await sids('wheel'), await sids('spokes')]).toEqual([['CA1'], []]);
  await database.deleteFrom('turns').execute();
  await check({ database });
  expect(await sids('wheel')).toEqual([]);
});

test('while another program writes, what is in the index already is found', async () => {
  const book = await openBook({ onDisk: true });
  await writeCall(book, 'CA1', [['Do you repair wheels?', 'We do.']]);
  expect(await found(book, 'wheel')).toEqual(['CA1']);
  await writeCall(book, 'CA2', [['My wheels are bent', 'Bring them.']]);
  const other = new (loadDriver())(book.file);
  whenDone(() => Promise.resolve(other.close()));
  other.exec('BEGIN IMMEDIATE');
  expect(await found(book, 'wheel')).toEqual(['CA1']);
  other.exec('ROLLBACK');
  expect(await found(book, 'wheel')).toEqual(['CA1', 'CA2']);
});
