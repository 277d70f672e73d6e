import { setTimeout as wait } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Rules } from '../common/rules';
import type { Database } from '../storage/database';
import { wipeLog } from '../storage/checkpoints';
import { promptly } from '../storage/promptly';
import type { Tables } from '../storage/tables';
import type { Due } from './due';
import { maskCalls, maskMessages, maskPlaced } from './number-masking';
import { listRemovals } from './removals';
import { removeDeliveries, removeDoneMessages, removeReasons, removeWords } from './words-removal';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOOK_EVERY_MS = 1_000;
/** To take a call's words out of the search takes some 10 ms; between two batches everybody else has their turn. */
const BREATH_MS = 25;
const BATCH = 2;

interface RetentionOptions {
  database: Database;
  privacy: () => Rules['privacy'];
  /** Told of recordings on the list of removals. */
  listed: () => void;
  changed: () => void;
  clock: Clock;
  log: Log;
}

type Step = readonly [what: string, before: number | undefined, (db: Transaction<Tables>, due: Due) => Promise<number>];

/** Removes what has been kept long enough, once an hour, in batches. Calls that go on are left alone. */
export function createRetention(options: RetentionOptions) {
  const { clock, log } = options;
  const closing = new AbortController();
  let last = -Infinity;
  let working: Promise<void> = Promise.resolve();
  const sweep = () => {
    last = clock.now();
    return (working = working
      .then(() => sweepAll(options, closing.signal))
      .catch((error: unknown) => log.error('privacy', { step: 'not swept', data: { reason: String(error) } })));
  };
  const timer = setInterval(() => {
    if (clock.now() - last >= HOUR_MS) void sweep();
  }, LOOK_EVERY_MS).unref();
  return {
    sweep,
    async close() {
      clearInterval(timer);
      closing.abort();
      await working;
    },
  };
}

async function sweepAll(options: RetentionOptions, closing: AbortSignal): Promise<void> {
  const { database, clock, listed, changed, log } = options;
  const done: Record<string, number> = {};
  for (const [what, before, remove] of stepsOf(options.privacy(), clock.now())) {
    if (before === undefined) continue;
    const due = { before, now: clock.now(), most: BATCH };
    let some = 0;
    do {
      if (closing.aborted) return;
      some = await promptly(database, (db) => remove(db, due));
      done[what] = (done[what] ?? 0) + some;
      await wait(BREATH_MS);
    } while (some > 0);
  }
  if (Object.values(done).every((count) => count === 0)) return;
  await wipe(options);
  log.info('privacy', { step: 'swept', data: done });
  listed();
  changed();
}

function stepsOf(privacy: Rules['privacy'], now: number): readonly Step[] {
  const since = (days: number | null) => (days === null ? undefined : now - days * DAY_MS);
  const [words, audio, numbers] = [privacy.transcriptDays, privacy.audioDays, privacy.numberDays].map(since);
  const sent = words === undefined && numbers === undefined ? undefined : Math.max(words ?? 0, numbers ?? 0);
  return [
    ['recordings', audio, removeAudio],
    ['messages', words, removeDoneMessages],
    ['words', words, removeWords],
    ['reasons', words, removeReasons],
    ['deliveries', sent, removeDeliveries],
    ['numbers', numbers, maskCalls],
    ['numbers in messages', numbers, maskMessages],
    ['numbers called', numbers, maskPlaced],
  ];
}

/**
 * What was removed is overwritten where it stood; this takes it from the write-ahead log, too. In the unused part of a
 * page a word may stay until SQLite uses that part.
 */
export async function wipe({ database, log }: { database: Database; log: Log }): Promise<void> {
  if (!(await wipeLog(database))) log.error('privacy', { step: 'not wiped', data: { reason: 'the log is in use' } });
}

/** Voicemails, unless nobody has seen to their message. */
async function removeAudio(db: Transaction<Tables>, { before, now, most }: Due): Promise<number> {
  const due = await db
    .selectFrom('recordings')
    .select(['sid', 'removed_at'])
    .where('made_at', '<', before)
    .where('state', 'not in', ['gone', 'test'])
    .where('sid', 'not in', sql<string>`(SELECT recording FROM messages WHERE state = 'new' AND recording IS NOT NULL)`)
    .limit(most)
    .execute();
  if (due.length === 0) return 0;
  await listRemovals(
    db,
    due.map(({ sid, removed_at: at }) => ({ sid, elsewhere: at === null })),
    now,
  );
  const sids = due.map(({ sid }) => sid);
  await db.updateTable('recordings').set({ state: 'gone' }).where('sid', 'in', sids).execute();
  return due.length;
}
