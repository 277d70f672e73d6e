import type { CalendarDate } from '../../common/opening-hours';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const ORDINALS = (
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
  'sixteenth seventeenth eighteenth nineteenth twentieth'
).split(' ');
const ORDINALS_AFTER_TWENTY = ORDINALS.slice(0, 9).map((ordinal) => `twenty ${ordinal}`);
const DAY_NAMES = [...ORDINALS, ...ORDINALS_AFTER_TWENTY, 'thirtieth', 'thirty first'];

const MONTH = `(${MONTHS.map((month) => (month === 'may' ? month : `${month.slice(0, 3)}(?:${month.slice(3)}|t)?`)).join('|')})`;
const NUMBERED = '\\d{1,2}(?:st|nd|rd|th)?';
const DAY = `(${NUMBERED}|${[...DAY_NAMES].reverse().join('|')})`;
const YEAR = '(?: (20\\d\\d))?';

/** "December 24", "Dec the 24th", "january first". Groups: month, day, year. */
export const MONTH_WITH_DAY = new RegExp(`\\b${MONTH} (?:the )?${DAY}${YEAR}\\b(?! ?(?:am|pm|o'clock))`);
/** "the 24th of December", "first of january". Groups: day, month, year. */
export const DAY_WITH_MONTH = new RegExp(`\\b(?:the )?${DAY} (?:day )?(?:of )?${MONTH}${YEAR}\\b`);
/** "12/24"; "24/7" is no date. */
export const NUMERIC_DATE = /\b(?!24\/7\b)(\d{1,2})\/(\d{1,2})(?:\/\d{2,4})?\b/;
/** "the 26th". */
export const DAY_OF_MONTH = /\bthe (\d{1,2}(?:st|nd|rd|th))\b/;

/** A month by its number or name (absent: this one or the next that has the day), a day by number or ordinal. */
export interface SpokenDate {
  month?: string | undefined;
  day?: string | undefined;
  year?: string | undefined;
}

/** The first such date from today on, if the calendar has it; and the date as people say it. */
export function dateOf(spoken: SpokenDate, today: CalendarDate): { date: CalendarDate | undefined; name: string } {
  const day = dayNumber(spoken.day ?? '');
  const [thisYear = 0, thisMonth = 0] = today.split('-').map(Number);
  if (spoken.month === undefined) {
    const months = [0, 1, 2].map((ahead) => calendarDate(thisYear, thisMonth + ahead, day));
    return { date: months.find((date) => date !== undefined && date >= today), name: `day ${day}` };
  }
  const month = monthNumber(spoken.month);
  const years = spoken.year === undefined ? [thisYear, thisYear + 1] : [Number(spoken.year)];
  const date = years.map((year) => calendarDate(year, month, day)).find((each) => each !== undefined && each >= today);
  const monthName = MONTHS[month - 1] ?? '';
  return { date, name: `${monthName.charAt(0).toUpperCase()}${monthName.slice(1)} ${day}`.trim() };
}

function calendarDate(year: number, month: number, day: number): CalendarDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}

function dayNumber(day: string): number {
  return /^\d/.test(day) ? parseInt(day, 10) : DAY_NAMES.indexOf(day) + 1;
}

function monthNumber(month: string): number {
  return /^\d/.test(month) ? Number(month) : MONTHS.findIndex((name) => name.startsWith(month.slice(0, 3))) + 1;
}
