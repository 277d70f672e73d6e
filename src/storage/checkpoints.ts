import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import type { Database } from './database';

/** So many pages SQLite lets stand in its write-ahead log; the write that adds one more carries all of them over. */
const PAGES = 1_000;
/** The same while a thread does it: more than it lets come together, unless it hangs. */
const PAGES_BESIDE_A_THREAD = 10_000;

/**
 * Has a thread of its own carry what was written from the write-ahead log into the database's file. It takes 10 ms and
 * more, in which nobody is answered where it is done by the write of every thirtieth turn. `failed` is told why the
 * thread has ended by itself; then writes do it again. Gives the way to end it.
 */
export function checkpointAside(database: Database, file: string, failed: (reason: string) => void) {
  const worker = new Worker(join(__dirname, 'checkpoint-thread.js'), { workerData: file });
  worker.unref();
  const ended = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
  const letStand = (pages: number) => sql`PRAGMA wal_autocheckpoint = ${sql.lit(pages)}`.execute(database);
  worker.once('online', () => void letStand(PAGES_BESIDE_A_THREAD));
  worker.once('error', (error) => void letStand(PAGES).then(() => failed(String(error))));
  return async (): Promise<void> => {
    worker.ref();
    worker.postMessage('end');
    await ended;
  };
}
