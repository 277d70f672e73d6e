import type { CallFilter, MessageFilter, WrittenCall } from '../common/call-record';
import type { Clock } from '../common/clock';
import type { StatisticsQuestion } from '../common/figures';
import type { Log } from '../common/log';
import type { Prices } from '../common/prices';
import type { SaveMessage, TakenMessage } from '../conversations/ports';
import type { Database } from '../storage/database';
import { createSettle, type About, type Announce } from './announcing';
import { createBook, type WrittenBook } from './book';
import { costOfCall } from './cost';
import { importMessages } from './import-messages';
import { countNew, createSaveMessage, listMessages, markMessage } from './messages';
import { costOfMonth } from './months-cost';
import { readCall } from './one-call';
import { reap } from './reaper';
import { searchCalls } from './search';
import { statisticsOf } from './statistics';
import { openQuestions, settleQuestion } from './unanswered';
import { everUsed } from './usage';
import { writeStatus, type StatusReport } from './statuses';

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
  prices: () => Prices;
  sayVoice: () => string;
  clock: Clock;
  log: Log;
}

/** The call book. */
export type Calls = ReturnType<typeof createCalls>;

/** Opens the call book: what the core writes in it, and what the pages read from it. */
export function createCalls(options: CallsOptions) {
  const { database, directory, announce, about, prices, sayVoice, clock, log } = options;
  const settle = createSettle(announce, about);
  const listeners = new Set<() => void>();
  const changed = () => listeners.forEach((listener) => listener());
  const book: WrittenBook = createBook(database, { clock, log, changed, settle, announce, sayVoice });
  const save: SaveMessage = createSaveMessage(database, { settle, announce, about });
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
    },
    async reported(report: StatusReport) {
      await book.flush();
      await andTell(writeStatus(database, settle, report));
    },
    search: (filter: CallFilter) => searchCalls(database, filter),
    read: async (sid: string) => {
      await book.flush();
      return readCall(database, sid);
    },
    cost: (call: WrittenCall) => costOfCall(call, prices()),
    costOfMonth: (timeZone: string) => costOfMonth(database, prices(), { timeZone, now: clock.now() }),
    everUsed: () => everUsed(database),
    statistics: (question: StatisticsQuestion) => statisticsOf(database, question, clock.now()),
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
      await book.flush();
    },
  };
}
