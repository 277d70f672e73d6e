import type { Outcome } from './call-record';
import type { Limit } from './rules';

/** A thing that was used, and what it cost in US dollars; undefined is what is not known. */
export interface CostLine {
  what: string;
  amount: number | undefined;
  unit: string;
  /** The price of `size` units. */
  price: number | undefined;
  size: number;
  usd: number | undefined;
}

/** An estimate in US dollars, after the prices as they are now. */
export interface Cost {
  /** Undefined where something is missing. */
  total: number | undefined;
  /** The sum of the lines that are known. */
  known: number;
  lines: readonly CostLine[];
  /** What is missing, in words. */
  missing: readonly string[];
}

/** What the calls of a calendar month cost, in the business's own time. */
export interface MonthsCost {
  /** "2026-11". */
  month: string;
  calls: number;
  cost: Cost;
}

/** How many calls reached a limit. */
export interface LimitedCalls {
  limit: Limit;
  calls: number;
}

/** How fast replies could be heard on a day: ms after the caller's words, by nearest rank. */
export interface DaysFirstAudio {
  day: string;
  turns: number;
  medianMs: number;
  p95Ms: number;
}

/** Calls in figures, by the wall clock of the business. Days are like "2026-11-20". */
export interface Statistics {
  timeZone: string;
  /** The first and the last day. */
  since: string;
  until: string;
  /** Whether test calls are counted. */
  tests: boolean;
  calls: number;
  /** Test calls in these days that are not counted. */
  leftOut: number;
  /** 24 numbers. */
  byHour: readonly number[];
  byDay: readonly { day: string; calls: number }[];
  /** How many of them we placed; their outcomes are not among those of callers. */
  outgoing: number;
  outcomes: Readonly<Record<Outcome | 'going on', number>>;
  /** Days on which nobody was replied to are left out. */
  firstAudio: readonly DaysFirstAudio[];
}

/** Which calls are counted: those of the last 30 days in a time zone, with test calls or without. */
export interface StatisticsQuestion {
  timeZone: string;
  tests: boolean;
}
