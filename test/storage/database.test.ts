import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDriver } from '../../src/storage/driver';
import { sql } from 'kysely';
import { ConfigError } from '../../src/common/errors';
import { openDatabase, type Database } from '../../src/storage/database';
import { MIGRATIONS } from '../../src/storage/migrations';
import { olderDatabase } from '../support/older-database';

let folder: string;
let file: string;
const opened: Database[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-database-'));
  file = join(folder, 'data', 'frontdesk.db');
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.destroy();
  rmSync(folder, { recursive: true });
});

function open(path = file): Database {
  const database = openDatabase(path);
  opened.push(database);
  return database;
}

async function setting(database: Database, name: string): Promise<string | undefined> {
  const row = await database.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

const keep = (database: Database, name: string, value: string) =>
  database.replaceInto('settings').values({ name, value, saved_at: 0 }).execute();

function problemOf(path: string): string {
  try {
    open(path);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join('\n');
    throw error;
  }
  return '';
}

async function filledDatabase(): Promise<string> {
  const database = open();
  for (let index = 0; index < 200; index++) await keep(database, `name ${index}`, `"${'x'.repeat(500)}"`);
  await opened.pop()?.destroy();
  return file;
}

test('the first start makes a database that only its owner can read', async () => {
  const database = open();
  await keep(database, 'a', '1');
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
  for (const name of ['frontdesk.db', 'frontdesk.db-wal', 'frontdesk.db-shm']) {
    expect(statSync(join(folder, 'data', name)).mode & 0o777).toBe(0o600);
  }
});

test('what was written is there at the next start', async () => {
  await keep(open(), 'a', '1');
  await opened.pop()?.destroy();
  expect(await setting(open(), 'a')).toBe('1');
});

test('what was acknowledged survives a crash in the middle of everything', async () => {
  await keep(open(), 'a', '1');
  cpSync(join(folder, 'data'), join(folder, 'after the crash'), { recursive: true });
  expect(await setting(open(join(folder, 'after the crash', 'frontdesk.db')), 'a')).toBe('1');
});

test('a write is on the disk before it is acknowledged', async () => {
  const database = open();
  const { rows: journal } = await sql`PRAGMA journal_mode`.execute(database);
  const { rows: synchronous } = await sql`PRAGMA synchronous`.execute(database);
  expect(journal).toEqual([{ journal_mode: 'wal' }]);
  expect(synchronous).toEqual([{ synchronous: 2 }]);
});

test('two that have the same file open see what the other writes', async () => {
  const [one, other] = [open(), open()];
  await keep(one, 'a', '1');
  await keep(other, 'b', '2');
  expect([await setting(other, 'a'), await setting(one, 'b')]).toEqual(['1', '2']);
});

test('an empty file left by a crash at the first start becomes a database', async () => {
  const empty = join(folder, 'empty.db');
  writeFileSync(empty, '');
  await keep(open(empty), 'a', '1');
  expect(await setting(open(empty), 'a')).toBe('1');
});

test.each(MIGRATIONS.map((_, version) => version))(
  'a database of version %i is brought up to date',
  async (version) => {
    const old = join(folder, 'old.db');
    olderDatabase(old, version).close();
    const database = open(old);
    await keep(database, 'a', '1');
    const { rows } = await sql`PRAGMA user_version`.execute(database);
    expect(rows).toEqual([{ user_version: MIGRATIONS.length }]);
  },
);

test.each([1, 2, 3, 4])('what was removed from a database of version %i is not in its file any more', (version) => {
  const old = join(folder, 'old.db');
  const sqlite = olderDatabase(old, version);
  const write = sqlite.prepare('INSERT INTO settings (name, value, saved_at) VALUES (?, ?, 0)');
  for (let index = 0; index < 200; index++) write.run(`name ${index}`, `velocipede ${'x'.repeat(500)}`);
  sqlite.exec('DELETE FROM settings');
  sqlite.close();
  expect(readFileSync(old, 'latin1')).toContain('velocipede');
  open(old);
  const files = readdirSync(folder).filter((name) => name.startsWith('old.db'));
  for (const name of files) expect(readFileSync(join(folder, name), 'latin1')).not.toContain('velocipede');
});

test('the database of a newer Frontdesk is refused with a sentence, and left as it is', () => {
  const newer = join(folder, 'newer.db');
  const sqlite = new (loadDriver())(newer);
  sqlite.exec('CREATE TABLE later (id INTEGER)');
  sqlite.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  sqlite.close();
  const before = readFileSync(newer);
  expect(problemOf(newer)).toMatch(/DATA_DIR.*newer\.db was written by a newer Frontdesk.*Start that one/);
  expect(readFileSync(newer).equals(before)).toBe(true);
});

test('a file that is no database is refused with a sentence, and left as it is', () => {
  const letter = join(folder, 'letter.db');
  writeFileSync(letter, 'Dear Ada, '.repeat(1_000));
  expect(problemOf(letter)).toMatch(/DATA_DIR.*letter\.db cannot be opened \(.*not a database.*restore the file/);
  expect(readFileSync(letter, 'utf8')).toMatch(/^Dear Ada/);
});

test('a database that was cut short is refused with a sentence', async () => {
  const path = await filledDatabase();
  truncateSync(path, statSync(path).size / 2);
  expect(problemOf(path)).toMatch(/DATA_DIR.*cannot be opened \(.*malformed\).*restore the file from a backup/);
});

test('a database with a damaged page is refused with a sentence', async () => {
  const path = await filledDatabase();
  const bytes = readFileSync(path);
  bytes.fill(0xaa, bytes.length - 3 * 4_096, bytes.length - 4_096);
  writeFileSync(path, bytes);
  expect(problemOf(path)).toMatch(/DATA_DIR.*cannot be opened \(it is damaged: .*restore the file from a backup/);
});

test('a folder in place of the file is refused with a sentence', () => {
  expect(problemOf(folder)).toMatch(/DATA_DIR.*cannot be opened/);
});

test('a folder that cannot be made is refused with a sentence', () => {
  writeFileSync(join(folder, 'data'), 'a file where the folder should be');
  expect(problemOf(file)).toMatch(/DATA_DIR.*cannot be opened \(E(?:EXIST|NOTDIR)/);
});

test('a refused file is let go, so that it can be replaced while we run', async () => {
  const path = await filledDatabase();
  const whole = readFileSync(path);
  writeFileSync(path, Buffer.from(whole).fill(0xaa, whole.length - 3 * 4_096, whole.length - 4_096));
  expect(problemOf(path)).not.toBe('');
  expect(readdirSync(join(folder, 'data'))).toEqual(['frontdesk.db']); // SQLite's others go when it is closed
  writeFileSync(path, whole);
  expect(await setting(open(path), 'name 7')).toMatch(/^"x+"$/);
});
