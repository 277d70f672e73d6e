import { OVER, type RecordingReport, type StatusReport } from '../common/call-reports';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Database } from '../storage/database';
import { isForgotten } from './forgotten';
import { createRounds } from './rounds';

const MIN = 60_000;
const H = 60 * MIN;
const EVERY_MS = H;
/** When it is looked again after Twilio could not be asked, in ms; the last pause stays. */
const PAUSES_MS = [MIN, 5 * MIN, 15 * MIN] as const;
/**
 * How much of what was looked at before is looked at again, in ms: calls are listed by their start, and go on for 4 h at
 * most (twilio.com/docs/voice/twiml/dial).
 */
const OVERLAP_MS = 5 * H;
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
  /** False where there is more than Twilio was asked for. */
  whole: boolean;
}

/** What reconciling needs. */
export interface ReconcileOptions {
  database: Database;
  /** Undefined when it could not be read now, or there is nobody to ask. */
  history: (since: number) => Promise<HistoryElsewhere | undefined>;
  /** Until when was looked at before, or since when the number is ours, in ms. */
  lookedAt: () => number | undefined;
  looked: (at: number) => Promise<void>;
  /** Has what the caller of a call left written down. */
  closeCall: (sid: string) => Promise<void>;
  reported: (report: StatusReport) => Promise<void>;
  recorded: (report: RecordingReport) => Promise<void>;
  clock: Clock;
  log: Log;
}

/** Brings what happened while Frontdesk was away into the book: at the start, and every hour. */
export function createReconcile(options: ReconcileOptions) {
  const { clock, log } = options;
  let stop: () => void = () => undefined;
  const stopped = new Promise<undefined>((resolve) => (stop = () => resolve(undefined)));
  const history = (since: number) => Promise.race([options.history(since), stopped]);
  let [dueAt, failures] = [0, 0];
  const round = async () => {
    const now = clock.now();
    if (now < dueAt && dueAt - now <= EVERY_MS) return;
    failures = (await reconcile({ ...options, history })) ? 0 : failures + 1;
    dueAt = now + (failures === 0 ? EVERY_MS : (PAUSES_MS[failures - 1] ?? PAUSES_MS[2]));
  };
  const failed = (error: unknown) => log.error('reconcile', { step: 'failed', data: { reason: String(error) } });
  const rounds = createRounds({ everyMs: MIN, round, failed });
  return {
    work: rounds.work,
    /** Nobody waits for Twilio; what it has told already is written. */
    close() {
      stop();
      return rounds.close();
    },
  };
}

/** False when Twilio could not be asked. */
async function reconcile(options: ReconcileOptions): Promise<boolean> {
  const { clock, log, history } = options;
  const now = clock.now();
  const since = await sinceWhen(options, now);
  if (since === undefined) return false;
  const found = await history(since);
  if (!found) return false;
  const calls = await takeCalls(options, found);
  const voicemails = await takeRecordings(options, found);
  await options.looked(now);
  if (calls + voicemails > 0) log.info('reconcile', { data: { calls, voicemails } });
  if (!found.whole) log.warn('reconcile', { step: 'more than can be listed', data: { since: new Date(since) } });
  return true;
}

/**
 * From when on to look: never before the number was pointed here or our own first call, for until then it was somebody
 * else's, and so were its recordings. Undefined while it may still be so. A look by a clock that was ahead counts as one
 * made now.
 */
async function sinceWhen({ database, lookedAt }: ReconcileOptions, now: number): Promise<number | undefined> {
  const call = await database
    .selectFrom('calls')
    .select('started_at')
    .where('test', '=', 0)
    .where('answered_at', 'is not', null)
    .orderBy('started_at')
    .executeTakeFirst();
  const before = lookedAt() ?? call?.started_at;
  if (before === undefined) return undefined;
  const first = Math.min(call?.started_at ?? before, before, now);
  return Math.max(Math.min(before, now) - OVERLAP_MS, first, now - FURTHEST_MS);
}

/** Calls that the book does not know, and ends it was never told of. */
async function takeCalls(
  { database, closeCall, reported }: ReconcileOptions,
  { calls }: HistoryElsewhere,
): Promise<number> {
  let taken = 0;
  for (const call of calls.filter(({ status }) => OVER.includes(status))) {
    const known = await database.selectFrom('calls').select('status').where('sid', '=', call.sid).executeTakeFirst();
    if (known && OVER.includes(known.status)) continue;
    const { sid: callSid, status, from, to, direction, seconds, startedAt } = call;
    const at = call.endedAt ?? startedAt + (seconds ?? 0) * 1_000;
    await closeCall(callSid); // with the end its conversation goes
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
    const call = await database.selectFrom('calls').select('sid').where('sid', '=', callSid).executeTakeFirst();
    const ours = call !== undefined || (await isForgotten(database, callSid)); // then it is removed
    if (known || !ours) continue;
    await recorded({ callSid, sid, seconds, at: createdAt, test: false });
    taken += 1;
  }
  return taken;
}
