import type { Profile, Weekday } from './profile';

const WEEKDAYS: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DAY_MS = 86_400_000;
const END_OF_DAY = 1440;
const LOOK_AHEAD_DAYS = 366;

/** A day of the calendar, "2026-12-24", without a time zone. */
export type CalendarDate = string;

/** From minute to minute of a day: 540 is 9 AM, 1440 is the end of the day. */
export interface Span {
  opens: number;
  closes: number;
}

/** A day and a minute of it, in the business's own time. */
export interface Moment {
  date: CalendarDate;
  minute: number;
}

/** What is known of one day. `holiday` is set when the holidays' hours stand in for the weekday's. */
export interface DayHours {
  date: CalendarDate;
  weekday: Weekday;
  spans: Span[];
  holiday?: { name?: string };
}

/** Open or not. `until`: when that ends; absent if it never does. `unknown`: the profile names no hours. */
export type OpeningState = { kind: 'unknown' } | { kind: 'open' | 'closed'; until?: Moment };

/** The clock on the business's wall, daylight saving time included. */
export function localMoment(timeZone: string, now: Date): Moment {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

/** The date `days` later. Calendar arithmetic, so days of 23 or 25 hours do not matter. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The weekday of a date. */
export function weekdayOf(date: CalendarDate): Weekday {
  return WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'monday';
}

/** When the business is open on a date: the holiday's hours if it is one, else the weekday's. */
export function hoursOn(profile: Profile, date: CalendarDate): DayHours {
  const weekday = weekdayOf(date);
  const holiday = profile.holidays.find((each) => each.date === date);
  const spans = mergeSpans(holiday?.hours ?? profile.hours?.[weekday] ?? []);
  if (!holiday) return { date, weekday, spans };
  return { date, weekday, spans, holiday: holiday.name === undefined ? {} : { name: holiday.name } };
}

/** The weekly hours, Monday first, holidays left out. */
export function weekHours(profile: Profile): { weekday: Weekday; spans: Span[] }[] {
  return WEEKDAYS.map((weekday) => ({ weekday, spans: mergeSpans(profile.hours?.[weekday] ?? []) }));
}

/** Whether the business is open at `now`, and until when it stays so (looked up a year ahead). */
export function openingState(profile: Profile, now: Date): OpeningState {
  if (!profile.hours) return { kind: 'unknown' };
  const { date, minute } = localMoment(profile.timeZone, now);
  const current = hoursOn(profile, date).spans.find(({ opens, closes }) => opens <= minute && minute < closes);
  const until = current ? endOfOpen(profile, { date, minute: current.closes }) : nextOpening(profile, { date, minute });
  const kind = current ? 'open' : 'closed';
  return until ? { kind, until } : { kind };
}

/** Midnight is no closing time for a business that opens again at 00:00. */
function endOfOpen(profile: Profile, end: Moment): Moment | undefined {
  let { date, minute } = end;
  for (let days = 0; days < LOOK_AHEAD_DAYS; days++) {
    if (minute < END_OF_DAY) return { date, minute };
    const first = hoursOn(profile, addDays(date, 1)).spans[0];
    if (first?.opens !== 0) return { date, minute };
    date = addDays(date, 1);
    minute = first.closes;
  }
  return undefined;
}

function nextOpening(profile: Profile, from: Moment): Moment | undefined {
  for (let days = 0; days < LOOK_AHEAD_DAYS; days++) {
    const date = addDays(from.date, days);
    const next = hoursOn(profile, date).spans.find(({ opens }) => days > 0 || opens > from.minute);
    if (next) return { date, minute: next.opens };
  }
  return undefined;
}

/** In order, and touching or overlapping spans as one. */
function mergeSpans(spans: readonly string[]): Span[] {
  const sorted = spans.map(parseSpan).sort((a, b) => a.opens - b.opens);
  return sorted.reduce<Span[]>((merged, span) => {
    const last = merged.at(-1);
    if (last && span.opens <= last.closes) last.closes = Math.max(last.closes, span.closes);
    else merged.push(span);
    return merged;
  }, []);
}

function parseSpan(text: string): Span {
  const [opens = 0, closes = 0] = text.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return { opens, closes };
}
