import { OVER, type RecordingReport, type StatusReport } from '../common/call-reports';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Database } from '../storage/database';
import { createRounds } from './rounds';

const H = 3_600_000;
const EVERY_MS = H;
/** How far back the first look goes, and how much of what was looked at before is looked at again, in ms. */
const FIRST_MS = 24 * H;
const OVERLAP_MS = 2 * H;
/** Longer ago than this, in ms, is not looked for: Twilio's lists would be long. */
const FURTHEST_MS = 7 * 24 * H;

/** What Twilio has of calls and recordings. Times in ms since 1970. */
export interface HistoryElsewhere {
  calls: readonly {
    sid: string;
    from: string;
    to: string;
    direction: string;
    status: string;
    startedAt: number;
    endedAt: number | undefined;
    seconds: number | undefined;
  }[];
  recordings: readonly { sid: string; callSid: string; status: string; seconds: number; createdAt: number }[];
}

/** What reconciling needs. */
export interface ReconcileOptions {
  database: Database;
  /** Undefined when it could not be read now, or there is nobody to ask. */
  history: (since: number) => Promise<HistoryElsewhere | undefined>;
  /** Until when was looked at before, in ms. */
  lookedAt: () => number | undefined;
  looked: (at: number) => Promise<void>;
  reported: (report: StatusReport) => Promise<void>;
  recorded: (report: RecordingReport) => Promise<void>;
  clock: Clock;
  log: Log;
}

/** Brings what happened while Frontdesk was away into the book: at the start, and every hour. */
export function createReconcile(options: ReconcileOptions) {
  const { log } = options;
  let stop: () => void = () => undefined;
  const stopped = new Promise<undefined>((resolve) => (stop = () => resolve(undefined)));
  const rounds = createRounds({
    everyMs: EVERY_MS,
    round: () => reconcile({ ...options, history: (since) => Promise.race([options.history(since), stopped]) }),
    failed: (error) => log.error('reconcile', { step: 'failed', data: { reason: String(error) } }),
  });
  return {
    work: rounds.work,
    /** Nobody waits for Twilio; what it has told already is written. */
    close() {
      stop();
      return rounds.close();
    },
  };
}

async function reconcile(options: ReconcileOptions): Promise<void> {
  const { clock, log, history } = options;
  const now = clock.now();
  const before = options.lookedAt();
  const since = Math.max(before === undefined ? now - FIRST_MS : before - OVERLAP_MS, now - FURTHEST_MS);
  const found = await history(since);
  if (!found) return;
  const calls = await takeCalls(options, found);
  const voicemails = await takeRecordings(options, found);
  await options.looked(now);
  if (calls + voicemails > 0) log.info('reconcile', { data: { calls, voicemails } });
}

/** Calls that the book does not know, and ends it was never told of. */
async function takeCalls({ database, reported }: ReconcileOptions, { calls }: HistoryElsewhere): Promise<number> {
  let taken = 0;
  for (const call of calls.filter(({ status }) => OVER.includes(status))) {
    const known = await database.selectFrom('calls').select('status').where('sid', '=', call.sid).executeTakeFirst();
    if (known && OVER.includes(known.status)) continue;
    const { sid: callSid, status, from, to, direction, seconds, startedAt } = call;
    const at = call.endedAt ?? startedAt + (seconds ?? 0) * 1_000;
    await reported({ callSid, status, sequence: 0, at, seconds, from, to, direction, test: false });
    taken += 1;
  }
  return taken;
}

async function takeRecordings(
  { database, recorded }: ReconcileOptions,
  { recordings }: HistoryElsewhere,
): Promise<number> {
  let taken = 0;
  for (const { sid, callSid, status, seconds, createdAt } of recordings) {
    if (status !== 'completed' || seconds === 0) continue;
    const known = await database.selectFrom('recordings').select('sid').where('sid', '=', sid).executeTakeFirst();
    const ours = await database.selectFrom('calls').select('sid').where('sid', '=', callSid).executeTakeFirst();
    if (known || !ours) continue;
    await recorded({ callSid, sid, seconds, at: createdAt, test: false });
    taken += 1;
  }
  return taken;
}
