import type { CallFilter, MessageFilter } from '../common/call-record';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { Understand } from '../common/understanding';
import type { SaveMessage, TakenMessage } from '../conversations/ports';
import type { Database } from '../storage/database';
import { announceEnd, type About, type Announce } from './announcing';
import { createBook, type WrittenBook } from './book';
import { importMessages } from './import-messages';
import { countNew, createSaveMessage, listMessages, markMessage } from './messages';
import { readCall } from './one-call';
import { settleOutcome } from './outcome';
import { reap } from './reaper';
import { searchCalls } from './search';
import { openQuestions, settleQuestion } from './unanswered';
import { createUnderstanding } from './understanding';
import { writeStatus, type StatusReport } from './statuses';

/** How often calls without a reported end are looked for, in ms. */
const REAP_EVERY_MS = 60_000;

/** What the call book needs. `directory` may hold the messages of an earlier Frontdesk. */
export interface CallsOptions {
  database: Database;
  directory: string;
  announce: Announce;
  about: () => About;
  profile: () => Profile;
  understand: () => Understand | undefined;
  clock: Clock;
  log: Log;
}

/** The call book. */
export type Calls = ReturnType<typeof createCalls>;

/** Opens the call book: what the core writes in it, and what the pages read from it. */
export function createCalls(options: CallsOptions) {
  const { database, directory, announce, about, profile, clock, log } = options;
  const listeners = new Set<() => void>();
  const changed = () => listeners.forEach((listener) => listener());
  const understanding = createUnderstanding({
    ...options,
    changed,
    understood: (db, sid) => announceEnd(db, sid, { announce, about, now: clock.now() }),
  });
  const ended = () => void understanding.work();
  const settle = settleOutcome;
  const book: WrittenBook = createBook(database, { clock, log, changed, settle, announce, profile, ended });
  const save: SaveMessage = createSaveMessage(database, { settle, announce, about, profile });
  const andTell = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work;
    changed();
    return done;
  };
  const tidy = () =>
    reap(database, settle, clock.now()).catch((error: unknown) =>
      log.error('call_book', { step: 'not tidied', data: { reason: String(error) } }),
    );
  const timer = setInterval(() => void tidy(), REAP_EVERY_MS).unref();
  return {
    book,
    saveMessage: (message: TakenMessage) => andTell(save(message)),
    async start() {
      await importMessages(database, directory, log);
      await tidy();
      ended();
    },
    async reported(report: StatusReport) {
      await book.flush();
      await andTell(writeStatus(database, settle, report));
      ended();
    },
    search: (filter: CallFilter) => searchCalls(database, filter),
    read: async (sid: string) => {
      await book.flush();
      return readCall(database, sid);
    },
    messages: (filter: MessageFilter) => listMessages(database, filter),
    newMessages: () => countNew(database),
    markMessage: (id: string, state: 'new' | 'done') => andTell(markMessage(database, id, { state, at: clock.now() })),
    openQuestions: () => openQuestions(database),
    settleQuestion: (id: number) => settleQuestion(database, id),
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      clearInterval(timer);
      await book.close();
      await understanding.close();
    },
  };
}
