import { sql, type Transaction } from 'kysely';
import { codeOf } from '../common/errors';
import type { Log } from '../common/log';
import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { Tables } from '../storage/tables';
import { forgottenAmong } from './forgotten';

/** Something told of a call, and how it is written down. It may be tried more than once. */
export interface Told {
  callSid: string;
  write: (db: Transaction<Tables>) => Promise<unknown>;
}

interface BatchOptions {
  log: Log;
  /** Told after every batch that was written. */
  changed: () => void;
}

/** What was told is written when somebody waits for it, or after so many ms. */
const AT_LATEST_MS = 50;
/** After a failure no call has it tried again for so many ms: each try holds everything up while it waits for a lock. */
const PAUSE_MS = 1_000;
/** By itself it is tried again after as long as it has been failing, and after so many ms at most. */
const LONGEST_PAUSE_MS = 10_000;
/** How many writes are kept for a database that cannot be written: those of some 500 turns. */
const MOST_WAITING = 2_000;

/** Troubles of the disk or of the moment, after which the same write may succeed. */
const PASSES = /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|NOMEM|CANTOPEN|READONLY|PROTOCOL)/;

/**
 * Gathers writes and makes them in their order, many at a time. What could not be written now is tried again; what was
 * told of a call whose caller was forgotten is not written.
 */
export function createBatches(database: Database, { log, changed }: BatchOptions) {
  let waiting: Told[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failing: { since: number; last: number } | undefined;
  let untried = false;
  const later = (ms: number) => void (timer ??= setTimeout(() => void attempt(), ms).unref());
  const putBack = (told: readonly Told[], reason: string) => {
    waiting = [...told, ...waiting];
    const lost = waiting.splice(0, Math.max(0, waiting.length - MOST_WAITING));
    const now = performance.now();
    failing = { since: failing?.since ?? now, last: now };
    log.error('call_book', { step: 'not written yet', data: { reason, writes: waiting.length } });
    if (lost.length > 0) log.error('call_book', { step: 'not written', data: { reason, writes: lost.length } });
    later(Math.min(Math.max(now - failing.since, PAUSE_MS), LONGEST_PAUSE_MS));
  };
  const write = async () => {
    const told = waiting;
    waiting = [];
    untried = false;
    if (told.length === 0) return;
    const reason = await writeAll(database, told, log);
    if (reason !== undefined) return putBack(told, reason);
    failing = undefined;
    changed();
  };
  const mayTry = () => failing === undefined || performance.now() - failing.last >= PAUSE_MS;
  /** Who asks for one while another is under way shares the next. */
  const attempt = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    next ??= last.then(() => {
      next = undefined;
      return write();
    });
    last = next;
    return last;
  };
  return {
    /** Resolves when everything told so far was tried once: nobody waits for what failed before, or is about to. */
    flush: () => (untried && mayTry() ? attempt() : last),
    add(callSid: string, writing: Told['write']) {
      waiting.push({ callSid, write: writing });
      untried = true;
      later(AT_LATEST_MS);
    },
    /** The last attempt. */
    async close() {
      await attempt();
      clearTimeout(timer);
      if (waiting.length === 0) return;
      log.error('call_book', { step: 'not written', data: { reason: 'the process ends', writes: waiting.length } });
    },
  };
}

async function ofKnownCallers(db: Transaction<Tables>, told: readonly Told[]): Promise<Told[]> {
  const forgotten = await forgottenAmong(
    db,
    told.map(({ callSid }) => callSid),
  );
  return told.filter(({ callSid }) => !forgotten.has(callSid));
}

/** Gives the reason why all of it is to be tried again; undefined when it is done with. */
async function writeAll(database: Database, told: readonly Told[], log: Log): Promise<string | undefined> {
  try {
    await promptly(database, async (db) => {
      for (const each of await ofKnownCallers(db, told)) await each.write(db);
    });
    return undefined;
  } catch (error) {
    return PASSES.test(codeOf(error)) ? String(error) : writeApart(database, told, log);
  }
}

/** Leaves out what cannot be written whenever it is tried: it must not take what was told of other calls with it. */
async function writeApart(database: Database, told: readonly Told[], log: Log): Promise<string | undefined> {
  try {
    await promptly(database, async (db) => {
      for (const each of await ofKnownCallers(db, told)) await writeOrLeaveOut(db, each, log);
    });
    return undefined;
  } catch (error) {
    if (codeOf(error).startsWith('SQLITE_')) return String(error);
    log.error('call_book', { step: 'not written', data: { reason: String(error), writes: told.length } });
    return undefined;
  }
}

async function writeOrLeaveOut(db: Transaction<Tables>, { callSid, write }: Told, log: Log): Promise<void> {
  await sql`SAVEPOINT told`.execute(db);
  try {
    await write(db);
  } catch (error) {
    if (PASSES.test(codeOf(error))) throw error;
    await sql`ROLLBACK TO told`.execute(db);
    log.error('call_book', { callSid, step: 'not written', data: { reason: String(error), writes: 1 } });
  }
  await sql`RELEASE told`.execute(db);
}
