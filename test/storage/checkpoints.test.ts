import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { sayInTurn } from '../../src/simulator/caller';
import { placeCall } from '../../src/simulator/place-call';
import { checkpointAside, wipeLog } from '../../src/storage/checkpoints';
import { openDatabase } from '../../src/storage/database';
import { loadDriver } from '../../src/storage/driver';
import { temporaryFolder, whenDone } from '../support/frontdesk';
import { runFrontdesk } from '../support/process';

/** How many calls stand in a database's file itself, without its write-ahead log. */
async function callsInFile(file: string): Promise<number> {
  const copy = join(await temporaryFolder(), 'copy.db');
  await copyFile(file, copy);
  const sqlite = new (loadDriver())(copy);
  try {
    return sqlite.prepare('SELECT count(*) FROM calls').pluck().get() as number;
  } catch {
    return 0; // not even its tables were carried over
  } finally {
    sqlite.close();
  }
}

test('what was written is carried into the database beside the calls, long before a write would do it', async () => {
  const frontdesk = await runFrontdesk();
  const file = join(frontdesk.directory, 'data', 'frontdesk.db');
  await placeCall({ url: frontdesk.url }, sayInTurn([{ say: 'When are you open?' }], 'hang up'));
  const giveUpAt = Date.now() + 10_000;
  while ((await callsInFile(file)) === 0 && Date.now() < giveUpAt) await sleep(200);
  expect(await callsInFile(file)).toBe(1);
  expect((await stat(`${file}-wal`)).size).toBeLessThan(1_000 * 4_096);
  frontdesk.child.kill('SIGTERM');
  expect(await frontdesk.ended).toBe(0);
  await expect(stat(`${file}-wal`)).rejects.toThrow('ENOENT');
});

test('where no thread can do it, the writes do', async () => {
  const file = join(await temporaryFolder(), 'frontdesk.db');
  const database = openDatabase(file);
  whenDone(() => database.destroy());
  const pages = async () =>
    (await sql<{ wal_autocheckpoint: number }>`PRAGMA wal_autocheckpoint`.execute(database)).rows[0];
  let end = () => Promise.resolve();
  // The thread's program is there only once it is built: beside the sources it is missing.
  const reason = await new Promise<string>((failed) => (end = checkpointAside(database, file, failed)));
  expect(reason).toContain('checkpoint-thread');
  expect(await pages()).toEqual({ wal_autocheckpoint: 1_000 });
  await end();
});

test('what was removed is wiped from the write-ahead log, also while somebody else reads for a moment', async () => {
  const file = join(await temporaryFolder(), 'frontdesk.db');
  const database = openDatabase(file);
  whenDone(() => database.destroy());
  const reader = new (loadDriver())(file);
  const write = (value: string) => database.replaceInto('settings').values({ name: 'a', value, saved_at: 0 }).execute();
  await write('before');
  const reading = reader.prepare('SELECT name FROM settings UNION ALL SELECT name FROM sqlite_master').iterate();
  reading.next();
  await write('after');
  const wiped = wipeLog(database);
  await sleep(120);
  expect((await stat(`${file}-wal`)).size).toBeGreaterThan(0);
  reading.return?.();
  reader.close();
  expect(await wiped).toBe(true);
  expect((await stat(`${file}-wal`)).size).toBe(0);
});
