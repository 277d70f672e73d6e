import { addDays, weekdayOf } from '../../common/opening-hours';
import type { CalendarDate } from '../../common/opening-hours';
import type { Profile, Weekday } from '../../common/profile';
import { DAY_OF_MONTH, DAY_WITH_MONTH, MONTH_WITH_DAY, NUMERIC_DATE, dateOf } from './spoken-date';
import type { SpokenDate } from './spoken-date';

/** A day a caller named. `weekday` without `every` is the coming one; `next` may also be the one after it. */
export type NamedDay =
  | { kind: 'now' }
  | { kind: 'date'; date: CalendarDate }
  | { kind: 'weekday'; weekday: Weekday; every: boolean; next: boolean }
  | { kind: 'noSuchDate'; name: string };

/** The days named, in the order they were said, and what else was said. */
export interface NamedDays {
  days: NamedDay[];
  rest: string;
}

interface Finder {
  pattern: RegExp;
  days: (match: RegExpExecArray) => NamedDay[];
}

const WEEKDAY = /\b(?:(this|next|coming) )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)(s?)( after next)?\b/;
const SHIFT = /\b(?:the )?day (after|before|following) (?:the )?$/;
/** A business that lists one holiday over several days lists them within this time. */
const SAME_HOLIDAY_DAYS = 21;

/** Finds every day named in words of lower case without punctuation. Holidays are those of the profile. */
export function namedDays(said: string, profile: Profile, today: CalendarDate): NamedDays {
  const found: { at: number; days: NamedDay[] }[] = [];
  let rest = said;
  const blank = (at: number, length: number) => {
    rest = rest.slice(0, at) + ' '.repeat(length) + rest.slice(at + length);
  };
  for (const { pattern, days } of [...holidayFinders(profile, today), ...dayFinders(profile, today)]) {
    for (let match = pattern.exec(rest); match; match = pattern.exec(rest)) {
      blank(match.index, match[0].length);
      const shift = SHIFT.exec(rest.slice(0, match.index));
      if (shift) blank(shift.index, shift[0].length);
      found.push({ at: match.index, days: days(match).map((day) => shifted(day, shift?.[1], today)) });
    }
  }
  const days = found.sort((a, b) => a.at - b.at).flatMap((each) => each.days);
  if (days.length === 0 && /\bstill\b/.test(rest)) days.push({ kind: 'now' });
  return { days, rest: rest.replace(/ +/g, ' ').trim() };
}

/** The next date, today included, that falls on a weekday. */
export function comingDate(weekday: Weekday, today: CalendarDate): CalendarDate {
  const ahead = [0, 1, 2, 3, 4, 5, 6].find((days) => weekdayOf(addDays(today, days)) === weekday);
  return addDays(today, ahead ?? 0);
}

function dayFinders(profile: Profile, today: CalendarDate): Finder[] {
  const on = (date: CalendarDate) => (): NamedDay[] => [{ kind: 'date', date }];
  const spoken = (part: (match: RegExpExecArray) => SpokenDate) => (match: RegExpExecArray) => [
    named(part(match), today),
  ];
  return [
    { pattern: MONTH_WITH_DAY, days: spoken(([, month, day, year]) => ({ month, day, year })) },
    { pattern: DAY_WITH_MONTH, days: spoken(([, day, month, year]) => ({ month, day, year })) },
    {
      pattern: NUMERIC_DATE,
      days: spoken(([, first = '', second = '']) => {
        const monthFirst = Number(second) > 12 || (profile.country === 'US' && Number(first) <= 12);
        return monthFirst ? { month: first, day: second } : { month: second, day: first };
      }),
    },
    { pattern: DAY_OF_MONTH, days: spoken(([, day]) => ({ day })) },
    { pattern: WEEKDAY, days: (match) => [weekdayNamed(match)] },
    { pattern: /\b(?:this |the |next )?weekends?\b/, days: () => [everyWeek('saturday'), everyWeek('sunday')] },
    { pattern: /\b(?:right |just )?now\b|\bcurrently\b|\bat the moment\b/, days: () => [{ kind: 'now' }] },
    { pattern: /\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b/, days: on(today) },
    { pattern: /\btomorrow\b/, days: on(addDays(today, 1)) },
  ];
}

function weekdayNamed([, before, weekday = 'monday', plural, after]: RegExpExecArray): NamedDay {
  const next = before === 'next' || after !== undefined;
  return { kind: 'weekday', weekday: weekday as Weekday, every: plural === 's', next };
}

function everyWeek(weekday: Weekday): NamedDay {
  return { kind: 'weekday', weekday, every: false, next: false };
}

function named(spoken: SpokenDate, today: CalendarDate): NamedDay {
  const { date, name } = dateOf(spoken, today);
  return date === undefined ? { kind: 'noSuchDate', name } : { kind: 'date', date };
}

/** "The day after tomorrow", "the day before Thanksgiving". */
function shifted(day: NamedDay, direction: string | undefined, today: CalendarDate): NamedDay {
  if (direction === undefined || day.kind === 'now' || day.kind === 'noSuchDate') return day;
  const date = day.kind === 'date' ? day.date : comingDate(day.weekday, today);
  return { kind: 'date', date: addDays(date, direction === 'before' ? -1 : 1) };
}

/** The coming holidays by their names, "day" left out or not; the longest name first, so that an eve is not the day. */
function holidayFinders({ holidays }: Profile, today: CalendarDate): Finder[] {
  const coming = holidays.filter(({ date }) => date >= today).sort((a, b) => (a.date < b.date ? -1 : 1));
  const names = [...new Set(coming.flatMap(({ name }) => (name === undefined ? [] : [name])))];
  return names
    .map((name) => ({
      name,
      words:
        name
          .toLowerCase()
          .replace(/['’]s\b/g, '')
          .match(/[\p{L}\d]+/gu) ?? [],
    }))
    .map(({ name, words }) => ({ name, words: words.filter((word) => word !== 'day') }))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length)
    .map(({ name, words }) => {
      const [first, ...others] = coming.filter((holiday) => holiday.name === name);
      const last = addDays(first?.date ?? today, SAME_HOLIDAY_DAYS);
      const dates = [first, ...others].flatMap((each) => (each && each.date <= last ? [each.date] : []));
      return {
        pattern: new RegExp(`\\b${words.join("(?:'?s)? ")}(?:'?s)?(?: day)?\\b(?!'| eve\\b)`),
        days: () => dates.map((date) => ({ kind: 'date', date })),
      };
    });
}
