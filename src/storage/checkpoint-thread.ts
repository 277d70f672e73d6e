import { parentPort, workerData } from 'node:worker_threads';
import { loadDriver } from './driver';

/** How often what was written meanwhile is carried over, in ms: a few hundred pages while many call. */
const EVERY_MS = 2_000;

/** The program of `checkpointAside`: until it is told to end, for the database it is given. */
function carryOver(file: string): void {
  const sqlite = new (loadDriver())(file, { fileMustExist: true });
  const timer = setInterval(() => sqlite.pragma('wal_checkpoint(PASSIVE)'), EVERY_MS);
  parentPort?.once('message', () => {
    clearInterval(timer);
    sqlite.close();
  });
}

carryOver(workerData as string);
