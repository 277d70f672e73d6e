import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import type { Database } from './database';

/** So many pages SQLite lets stand in its write-ahead log; the write that adds one more carries all of them over. */
const PAGES = 1_000;
/** The same where a thread does it: more come together only where writes overtake it again and again, or it hangs. */
const PAGES_BESIDE_A_THREAD = 10_000;
/** Who carries pages over just now, the thread or another program, is done soon, in ms; looked for so often. */
const BUSY_MS = 50;
const LOOKS = 40;

/**
 * Has a thread of its own carry what was written from the write-ahead log into the database's file. It takes 10 ms and
 * more, in which nobody is answered where it is done by the write of every thirtieth turn. `failed` is told why the
 * thread has ended by itself; then writes do it again. Gives the way to end it.
 */
export function checkpointAside(database: Database, file: string, failed: (reason: string) => void) {
  const letStand = (pages: number) =>
    sql`PRAGMA wal_autocheckpoint = ${sql.lit(pages)}`.execute(database).catch(() => undefined); // it is closed
  const giveUp = (error: unknown) => void letStand(PAGES).then(() => failed(String(error)));
  let worker: Worker;
  try {
    worker = new Worker(join(__dirname, 'checkpoint-thread.js'), { workerData: file });
  } catch (error) {
    giveUp(error);
    return () => Promise.resolve();
  }
  worker.unref();
  const ended = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
  worker.once('online', () => void letStand(PAGES_BESIDE_A_THREAD));
  worker.once('error', giveUp);
  return (): Promise<void> => {
    worker.ref();
    worker.postMessage('end');
    return ended;
  };
}

/**
 * Empties the write-ahead log: what was removed stands there until it is written over. Resolves to whether it is empty;
 * false where another program reads the database all the time.
 */
export async function wipeLog(database: Database): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(database);
    if (rows[0]?.busy === 0) return true;
    await wait(BUSY_MS);
  }
  return false;
}
