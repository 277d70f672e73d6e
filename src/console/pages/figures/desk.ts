import type { WrittenCall } from '../../../common/call-record';
import type { Cost, LimitedCalls, MonthsCost, Statistics, StatisticsQuestion } from '../../../common/figures';
import type { Prices } from '../../../common/prices';
import type { Usage } from '../../../common/usage';

/** The call book in figures. */
export interface FiguresDesk {
  statistics(question: StatisticsQuestion): Promise<Statistics>;
  costOfMonth(timeZone: string): Promise<MonthsCost>;
  /** How many of today's calls reached a limit, the most first. */
  limitedToday(timeZone: string): Promise<readonly LimitedCalls[]>;
  cost(call: WrittenCall): Cost;
  /** Everything any call has used. */
  everUsed(): Promise<readonly Pick<Usage, 'kind' | 'name'>[]>;
}

/** What the owner pays for things, by key; see common/prices.ts. */
export interface PriceDesk {
  prices(): Prices;
  /** Corrects some; null forgets one. */
  savePrices(changed: Readonly<Record<string, number | null>>): Promise<void>;
  /** Brings back the list prices. */
  forgetPrices(): Promise<void>;
}
