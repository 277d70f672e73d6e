import { join } from 'node:path';
import type { RecordingReport, StatusReport } from '../common/call-reports';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Prices } from '../common/prices';
import type { Profile } from '../common/profile';
import type { Rules } from '../common/rules';
import type { Understand } from '../common/understanding';
import { inFull } from '../conversations/callers-number';
import type { SaveMessage, TakenMessage } from '../conversations/ports';
import type { Database } from '../storage/database';
import { announceEnd, type About, type Announce } from './announcing';
import { createBook, type WrittenBook } from './book';
import { importMessages } from './import-messages';
import { createLimitsOfDay } from './limits-of-day';
import { createSaveMessage, markMessage } from './messages';
import { settleOutcome } from './outcome';
import { createReconcile, type ReconcileOptions } from './reconcile';
import { createPlacing, type PlacingOptions } from './placing';
import { createPrivacy } from './privacy';
import { createReading } from './reading';
import { reap } from './reaper';
import { createUnderstanding } from './understanding';
import { createVoicemails, type RecordingsElsewhere } from './voicemails';
import { writeStatus } from './statuses';

/** How often calls without a reported end are looked for, in ms. */
const REAP_EVERY_MS = 60_000;

/**
 * What the call book needs. `directory` may hold the messages of an earlier Frontdesk, `sayVoice` names the voice of
 * what is said without a clip.
 */
export interface CallsOptions {
  database: Database;
  directory: string;
  announce: Announce;
  about: () => About;
  profile: () => Profile;
  understand: () => Understand | undefined;
  recordings: RecordingsElsewhere;
  /** Has what the caller of a call left written down, when nothing more is heard of it. */
  closeCall: (sid: string) => Promise<void>;
  reconcile: Pick<ReconcileOptions, 'history' | 'lookedAt' | 'looked'>;
  privacy: () => Rules['privacy'];
  /** Removes the sound of replies, by the names of the clips. */
  removeClips: (names: readonly string[]) => Promise<void>;
  placing: Omit<PlacingOptions, 'database' | 'profile' | 'spentToday' | 'changed' | 'clock' | 'log'>;
  prices: () => Prices;
  sayVoice: () => string;
  clock: Clock;
  log: Log;
}

/** The call book. */
export type Calls = ReturnType<typeof createCalls>;

/** Opens the call book: what the core writes in it, and what the pages read from it. */
export function createCalls(options: CallsOptions) {
  const { database, directory, announce, about, profile, prices, clock, log } = options;
  const folder = join(directory, 'voicemails');
  const limits = createLimitsOfDay({ ...options, rules: options.placing.rules });
  const { changed, onChange } = createListeners(limits.changed);
  const understanding = createUnderstanding({
    ...options,
    changed,
    understood: (db, sid) => announceEnd(db, sid, { announce, about, now: clock.now() }),
  });
  const ended = () => void understanding.work();
  const settle = settleOutcome;
  const book: WrittenBook = createBook(database, { ...options, changed, settle, ended });
  const save: SaveMessage = createSaveMessage(database, { settle, announce, about, profile });
  const andTell = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work;
    changed();
    return done;
  };
  const voicemails = createVoicemailsFor(options, { changed, save: (message) => andTell(save(message)) });
  const privacy = createPrivacy({ ...options, folder, flush: book.written, changed });
  const reported = async (report: StatusReport) => {
    await book.written();
    const { country } = profile();
    const [from, to] = [inFull(report.from, country), inFull(report.to, country)];
    await andTell(writeStatus(database, settle, { ...report, from, to }));
    ended();
  };
  const recorded = async (report: RecordingReport) => {
    await book.written();
    if (!(await privacy.isOfForgotten(report))) await voicemails.reported(report);
  };
  const { closeCall } = options;
  const reconcile = createReconcile({ ...options.reconcile, database, closeCall, reported, recorded, clock, log });
  const timer = setInterval(() => void tidy(options), REAP_EVERY_MS).unref();
  return {
    book,
    limitOfDay: limits.limitOfDay,
    saveMessage: (message: TakenMessage) => andTell(save(message)),
    start: () => startWork(options, [limits.start, ended, () => void reconcile.work(), privacy.start]),
    ...{ reported, recorded },
    ...createPlacingFor(options, { changed, spentToday: limits.spentToday }),
    aboutCaller: privacy.aboutCaller,
    forgetCaller: privacy.forgetCaller,
    voicemailFile: voicemails.file,
    fetchAgain: voicemails.again,
    ...createReading({ database, prices, clock, flush: book.written }),
    markMessage: (id: string, state: 'new' | 'done') => andTell(markMessage(database, id, { state, at: clock.now() })),
    onChange,
    async close() {
      clearInterval(timer);
      limits.close();
      await reconcile.close();
      await privacy.close();
      await book.close();
      await Promise.all([understanding.close(), voicemails.close()]);
    },
  };
}

const createVoicemailsFor = (
  { database, directory, recordings, privacy, clock, log }: CallsOptions,
  telling: { changed: () => void; save: SaveMessage },
) =>
  createVoicemails({
    ...{ database, folder: join(directory, 'voicemails'), elsewhere: recordings, clock, log, ...telling },
    removeElsewhere: () => privacy().removeRecordings,
  });
/** Those who want to know of changes in the book; `first` always does. */
function createListeners(first: () => void) {
  const listeners = new Set([first]);
  return {
    changed: () => listeners.forEach((listener) => listener()),
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const createPlacingFor = (
  { placing, database, profile, clock, log }: CallsOptions,
  others: Pick<PlacingOptions, 'changed' | 'spentToday'>,
) => {
  const { place, answered } = createPlacing({ ...placing, ...others, database, profile, clock, log });
  return { place, placedFor: answered };
};

/** What an earlier Frontdesk left comes first; the rest nobody waits for. */
async function startWork(options: CallsOptions, others: readonly (() => unknown)[]): Promise<void> {
  await importMessages(options.database, options.directory, options.log);
  await tidy(options);
  for (const begin of others) void begin();
}

const tidy = ({ database, closeCall, clock, log }: CallsOptions) =>
  reap(database, { settle: settleOutcome, close: closeCall, now: clock.now() }).catch((error: unknown) =>
    log.error('call_book', { step: 'not tidied', data: { reason: String(error) } }),
  );
