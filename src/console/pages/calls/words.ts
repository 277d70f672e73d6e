import { maskPhone } from '../../../common/mask';
import type { Outcome } from '../../../common/call-record';
import type { Limit } from '../../../common/rules';

/** What an outcome is called on a page. */
const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  answered: 'Answered',
  message: 'Message taken',
  transferred: 'Put through',
  abandoned: 'Hung up at once',
  failed: 'Failed',
  missed: 'Missed',
};

/** An outcome in words; a call without one goes on. */
export const outcomeWords = (outcome: Outcome | undefined): string =>
  outcome === undefined ? 'Going on' : OUTCOME_WORDS[outcome];

/** What each limit is called, after "it reached". */
const LIMIT_WORDS: Readonly<Record<Limit, string>> = {
  callMinutes: 'the minutes a call may take',
  turns: 'the turns a call may have',
  unproductiveTurns: 'the turns in a row that lead nowhere',
  tokensPerCall: 'the tokens a call may use',
  callsPerCallerPerDay: 'the calls a caller has a day',
  callsPerDay: 'the calls a day',
  spendPerDay: 'the US dollars a day',
};

/** A limit in words: "the minutes a call may take". */
export const limitWords = (limit: Limit): string => LIMIT_WORDS[limit];

/** The latest zone's way to write a time. To make one takes time and memory, and a list has fifty. */
let writer: { timeZone: string; format: Intl.DateTimeFormat } | undefined;

/** A time of day at the business: "Sat 21 Nov 2026, 14:05". */
export function timeWords(at: number, timeZone: string): string {
  if (writer?.timeZone !== timeZone) writer = { timeZone, format: formatOf(timeZone) };
  return writer.format.format(at);
}

const formatOf = (timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });

/** "1 min 5 s". */
export function durationWords(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A caller in a list: all but the last two digits hidden. */
export const maskedCaller = (from: string | undefined): string => (from ? maskPhone(from) : 'Number withheld');
