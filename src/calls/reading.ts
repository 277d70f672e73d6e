import type { CallFilter, MessageFilter, WrittenCall } from '../common/call-record';
import type { Clock } from '../common/clock';
import type { StatisticsQuestion } from '../common/figures';
import type { Prices } from '../common/prices';
import type { Database } from '../storage/database';
import { costOfCall } from './cost';
import { countNew, listMessages } from './messages';
import { limitedToday } from './limited-calls';
import { costOfMonth } from './months-cost';
import { readCall } from './one-call';
import { searchCalls } from './search';
import { statisticsOf } from './statistics';
import { openQuestions, settleQuestion } from './unanswered';
import { everUsed } from './usage';
import { latestPairs } from './word-pairs';

interface ReadingOptions {
  database: Database;
  prices: () => Prices;
  clock: Clock;
  /** Resolves when everything told so far is written. */
  flush: () => Promise<void>;
}

/** What is read from the call book. */
export function createReading({ database, prices, clock, flush }: ReadingOptions) {
  return {
    search: (filter: CallFilter) => searchCalls(database, filter),
    read: async (sid: string) => {
      await flush();
      return readCall(database, sid);
    },
    cost: (call: WrittenCall) => costOfCall(call, prices()),
    costOfMonth: (timeZone: string) => costOfMonth(database, prices(), { timeZone, now: clock.now() }),
    limitedToday: (timeZone: string) => limitedToday(database, { timeZone, now: clock.now() }),
    latestPairs: () => latestPairs(database),
    everUsed: () => everUsed(database),
    statistics: (question: StatisticsQuestion) => statisticsOf(database, question, clock.now()),
    messages: (filter: MessageFilter) => listMessages(database, filter),
    newMessages: () => countNew(database),
    openQuestions: () => openQuestions(database),
    settleQuestion: (id: number) => settleQuestion(database, id),
  };
}
