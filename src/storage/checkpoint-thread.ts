import { parentPort, workerData } from 'node:worker_threads';
import { loadDriver } from './driver';

/** How often what was written meanwhile is carried over, in ms: a few hundred pages while many call. */
const EVERY_MS = 2_000;
/** The log begins anew only once all of it is carried over: what was written during one pass is the next one's. */
const PASSES = 8;

/** How many pages the log holds, and how many of them are in the database's file now. */
interface Checkpoint {
  log: number;
  checkpointed: number;
}

/** The program of `checkpointAside`: until it is told to end, for the database it is given. */
function carryOver(file: string): void {
  const sqlite = new (loadDriver())(file, { fileMustExist: true });
  const work = () => {
    try {
      for (let pass = 0; pass < PASSES; pass += 1) {
        const [{ log, checkpointed }] = sqlite.pragma('wal_checkpoint(PASSIVE)') as [Checkpoint];
        if (checkpointed === log) return;
      }
    } catch {
      // A full disk, say: it is tried again, and where that fails, too, a write meets it and is logged.
    }
  };
  const timer = setInterval(work, EVERY_MS);
  parentPort?.once('message', () => {
    clearInterval(timer);
    sqlite.close();
  });
}

carryOver(workerData as string);
