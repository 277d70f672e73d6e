import type { RecordingReport } from '../common/call-reports';
import type { Clock } from '../common/clock';
import type { CallersTraces, Forgotten } from '../common/call-record';
import { createTurns } from '../common/turns';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { Rules } from '../common/rules';
import type { Database } from '../storage/database';
import { isForgotten, leftBehind, removeCalls } from './forgotten';
import { giveUpCaller, tracesOf } from './forgetting';
import { createRemovals, listRemovals } from './removals';
import { createRetention, wipe } from './retention';
import type { RecordingsElsewhere } from './voicemails';

/** A page waits so long for recordings to be removed; what takes longer goes on without it. */
const ANSWER_MS = 5_000;

interface PrivacyOptions {
  database: Database;
  /** The folder of the recordings. */
  folder: string;
  recordings: RecordingsElsewhere;
  privacy: () => Rules['privacy'];
  profile: () => Profile;
  /** Removes the sound of replies, by the names of the clips. */
  removeClips: (names: readonly string[]) => Promise<void>;
  /** Resolves when everything told so far is written. */
  flush: () => Promise<void>;
  changed: () => void;
  clock: Clock;
  log: Log;
}

/** What the book forgets: by itself after a while, and a caller at once where they ask for it. */
export function createPrivacy(options: PrivacyOptions) {
  const { database, folder, recordings, flush, changed, clock, log } = options;
  const country = () => options.profile().country;
  const removals = createRemovals({ database, folder, elsewhere: recordings, clock, log });
  const closing = new AbortController();
  const inTurn = createTurns();
  const remove = (sids: readonly string[]) =>
    inTurn(() => removeCalls({ database, removeClips: options.removeClips, closing: closing.signal }, sids));
  const finish = async () => {
    const sids = await leftBehind(database);
    if (sids.length === 0) return;
    await remove(sids);
    await wipe(options);
    changed();
  };
  const retention = createRetention({ ...options, listed: () => void removals.work() });
  return {
    start() {
      void retention.sweep();
      finish().catch((error: unknown) =>
        log.error('privacy', { step: 'not removed', data: { reason: String(error) } }),
      );
    },
    /** How much there is of the caller with a number in E.164 form. */
    async aboutCaller(number: string): Promise<CallersTraces> {
      await flush();
      return tracesOf(database, { number, country: country() });
    },
    /** Removes everything of the caller with this number (E.164). Nothing is removed while they are on the telephone. */
    async forgetCaller(number: string): Promise<Forgotten> {
      await flush();
      const forgotten = await giveUpCaller(database, { number, country: country() }, clock.now());
      if (forgotten === 'going on') return stillCalling;
      const { traces, calls, recordings: sids } = forgotten;
      await remove(calls);
      await wipe(options);
      log.info('privacy', { step: 'caller forgotten', data: { ...traces } });
      changed();
      await withinTime(removals.work());
      return { ok: true, removed: traces, recordingsLeft: await removals.stillThere(sids) };
    },
    /** Whether a recording's caller was forgotten before it came; it is removed then. */
    async isOfForgotten({ callSid, sid }: RecordingReport): Promise<boolean> {
      if (!(await isForgotten(database, callSid))) return false;
      const now = clock.now();
      await database.transaction().execute((db) => listRemovals(db, [{ sid, elsewhere: true }], now));
      return true;
    },
    async close() {
      closing.abort();
      await Promise.all([inTurn(() => Promise.resolve()), retention.close(), removals.close()]);
    },
  };
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ANSWER_MS)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}

const stillCalling = {
  ok: false as const,
  status: 409,
  field: 'number',
  code: 'call_going_on',
  error: 'A call with this number goes on. Nothing was removed.',
  remedy: 'Try again when it is over; one that nobody reports the end of is over after 15 minutes.',
};
