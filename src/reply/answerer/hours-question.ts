import { addDays, hoursOn, localMoment, openingState, weekHours } from '../../common/opening-hours';
import type { CalendarDate } from '../../common/opening-hours';
import type { Profile, Weekday } from '../../common/profile';
import { describeDay, describeNow, describeWeek, spokenSpans } from '../../common/spoken-hours';
import { comingDate, namedDays } from './named-days';
import type { NamedDay } from './named-days';
import { isLight, isStopWord, meaningOf } from './vocabulary';

const OPENING = /\b(open|opens|opened|opening|close|closes|closed|closing|hours|shut|lunch break)\b/;
const TIME_ASKED = /\b(when|what time|until when|how (late|early)|what days?|which days?|latest|earliest|soonest)\b/;
/** What a caller does at a business whatever its trade; what they bring or fetch is not the subject. */
const VISIT =
  /\b(i|we|to)( (can|could|should|may|still|just))* (come( (in|by|over|down))?|(drop|bring|pick)( (my|our|the|an?|it|them|stuff)( \w+){0,3}?)? (off|in|by|up)( (my|our|the|an?) \w+)?|(collect|fetch) (my|our|the) \w+|(stop|drop|swing|pop|walk)( (in|by|over))?|visit|be there)\b/;
const PRESENCE =
  /\b(are you( guys| all)?|is (anyone|anybody|someone|somebody)|will (you|anyone|anybody|someone|somebody) be) (there|around|in|here)\b/;
/** "What about Saturday?": a day and nothing else is a question about hours. */
const ONLY_A_DAY = /^((and|or|what|how|about|on|for|then|ok|okay|uh|um|so|the|just)( |$))*$/;
const OPENS_AGAIN = /\b(again|next time|open next$|next opening)\b/;
const DAY_RANGE = /day (through|thru|to|till|until|and) \w+day\b/;
const MONTH_NAMED = /\bin (january|february|march|april|may|june|july|august|september|october|november|december)\b/;
const AROUND_A_HOLIDAY = /\b(over|around|between)\b/;
const MOST_HOLIDAYS = 5;
/** Words that may stand in a question about hours without making it one about something else. */
const TIME_WORDS = new Set(
  (
    'open opens opened opening close closes closed closing hours hour shut week day days holiday holidays morning noon ' +
    'afternoon evening night early late later till til until time times lunch break lunchtime pm am o clock come stop ' +
    'drop swing by visit business normal regular usual latest earliest soonest between before after around store shop ' +
    'office place workshop studio clinic practice restaurant bar cafe salon gym garage bakery showroom warehouse desk ' +
    'reception lobby one two three four five six seven eight nine ten eleven twelve thirty fifteen there here anybody ' +
    'public start finish bank federal schedule half past quarter through thru during weekday weekdays again year'
  ).split(' '),
);

/** The answer to a question about when the business is open, as it stands at `now`; undefined if it is about more. */
export function answerAboutHours(question: string, profile: Profile, now: Date): string | undefined {
  if (!profile.hours) return undefined;
  const said = simplified(question, profile);
  const { days, rest } = namedDays(said, profile, localMoment(profile.timeZone, now).date);
  if (!asksForHours(rest, days)) return undefined;
  if (otherWords(rest.replace(VISIT, ' ').replace(MONTH_NAMED, ' ')).length > 0) return undefined;
  if (/\bholidays?\b/.test(rest) && days.length === 0) return aboutHolidays(profile, now);
  const month = MONTH_NAMED.exec(said)?.[1];
  if (
    DAY_RANGE.test(said) ||
    month !== undefined ||
    (AROUND_A_HOLIDAY.test(rest) && days.some(({ kind }) => kind === 'date'))
  ) {
    return aboutWeek(profile, now, { days, month });
  }
  if (days.length > 0) return aboutDays(days, profile, now);
  if (OPENS_AGAIN.test(rest)) return describeNow(profile, now);
  return closingToday(rest, profile, now) ?? aboutWeek(profile, now, { days, nextWeek: /\bnext week\b/.test(rest) });
}

/** The hours of the days a question names that fall on closed days, as sentences; undefined if none does. */
export function closedDaysIn(question: string, profile: Profile, now: Date): string | undefined {
  const sentences = daysNamed(question, profile, now).filter((sentence) => /\bclosed\b/.test(sentence));
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** The hours of the days a question names, as sentences; undefined if it names none. */
export function hoursOfDaysIn(question: string, profile: Profile, now: Date): string | undefined {
  const sentences = daysNamed(question, profile, now);
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function daysNamed(question: string, profile: Profile, now: Date): string[] {
  if (!profile.hours) return [];
  const { days } = namedDays(simplified(question, profile), profile, localMoment(profile.timeZone, now).date);
  return days.filter(({ kind }) => kind !== 'now').map((day) => aboutDay(day, profile, now));
}

function simplified(question: string, { businessName }: Profile): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/’/g, "'")
      .replace(/[^a-z0-9'/ ]+/g, ' ')
      .replace(/ +/g, ' ')
      .trim();
  return plain(question)
    .replace(plain(businessName), ' ')
    .replace(/\bxmas\b/g, 'christmas');
}

function asksForHours(rest: string, days: readonly NamedDay[]): boolean {
  const day = days.some(({ kind }) => kind !== 'now');
  if (day && ONLY_A_DAY.test(rest)) return true;
  if (OPENING.test(rest) || (days.length > 0 && PRESENCE.test(rest))) return true;
  return VISIT.test(rest) && (days.length > 0 || (TIME_ASKED.test(rest) && !/\b(up|collect|fetch)\b/.test(rest)));
}

/** Words that are neither about time nor empty: what the question is really about. */
function otherWords(rest: string): string[] {
  return (rest.match(/[a-z']+/g) ?? []).filter(
    (word) =>
      !isStopWord(word) &&
      !TIME_WORDS.has(word.replace(/'s$/, '')) &&
      !/^(th|st|nd|rd)$/.test(word) &&
      !isLight(meaningOf(word)),
  );
}

function aboutDays(days: readonly NamedDay[], profile: Profile, now: Date): string {
  const sentences = [...new Set(days.map((day) => aboutDay(day, profile, now)))];
  const today = localMoment(profile.timeZone, now).date;
  const [only] = days;
  const closedToday = days.length === 1 && only?.kind === 'date' && only.date === today && isClosed(profile, today);
  const next = closedToday && openingState(profile, now).kind === 'closed' ? describeNow(profile, now) : undefined;
  return [...sentences, next?.split('. ')[1] ?? ''].join(' ').trim();
}

function aboutDay(day: NamedDay, profile: Profile, now: Date): string {
  if (day.kind === 'now') return describeNow(profile, now) ?? '';
  if (day.kind === 'date') return describeDay(profile, day.date, now);
  if (day.kind === 'weekday') return aboutWeekday(day, profile, now);
  return `There is no ${day.name}. ${aboutWeek(profile, now, { days: [] })}`;
}

const isClosed = (profile: Profile, date: CalendarDate): boolean => hoursOn(profile, date).spans.length === 0;

/** "When do you close?", "how late are you open?": today is meant. */
function closingToday(rest: string, profile: Profile, now: Date): string | undefined {
  if (!/\b(late|close|closing|till|til|until|latest)\b/.test(rest) || /\b(closed|lunch)\b/.test(rest)) return undefined;
  return aboutDays([{ kind: 'date', date: localMoment(profile.timeZone, now).date }], profile, now);
}

interface Named {
  days: readonly NamedDay[];
  month?: string | undefined;
  nextWeek?: boolean;
}

/** The weekly hours, and every holiday of the next seven days (fourteen for next week), of the month named and around the days named. */
function aboutWeek(profile: Profile, now: Date, { days, month, nextWeek }: Named): string {
  const today = localMoment(profile.timeZone, now).date;
  const dates = days.flatMap((day) => (day.kind === 'date' ? [day.date] : []));
  const near = (date: CalendarDate) =>
    date < addDays(today, nextWeek ? 14 : 7) ||
    monthOf(date) === month ||
    dates.some((each) => addDays(each, -3) <= date && date <= addDays(each, 7));
  const exceptions = comingHolidays(profile, today).filter(near);
  const week = describeWeek(profile) ?? '';
  const sentences = exceptions.slice(0, MOST_HOLIDAYS).map((date) => describeDay(profile, date, now));
  return [`We are ${/^closed/.test(week) ? '' : 'open '}${week}.`, ...sentences].join(' ');
}

function aboutHolidays(profile: Profile, now: Date): string | undefined {
  const dates = comingHolidays(profile, localMoment(profile.timeZone, now).date).slice(0, MOST_HOLIDAYS);
  return dates.length === 0 ? undefined : dates.map((date) => describeDay(profile, date, now)).join(' ');
}

function comingHolidays({ holidays }: Profile, today: CalendarDate): CalendarDate[] {
  return holidays
    .map(({ date }) => date)
    .filter((date) => date >= today)
    .sort();
}

function monthOf(date: CalendarDate): string {
  const month = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'long' });
  return month.format(new Date(`${date}T00:00:00Z`)).toLowerCase();
}

/** "Saturdays" is every Saturday; "Saturday" the next one, which may be a holiday; "next Saturday" one of the next two. */
function aboutWeekday(day: Extract<NamedDay, { kind: 'weekday' }>, profile: Profile, now: Date): string {
  const coming = comingDate(day.weekday, localMoment(profile.timeZone, now).date);
  const meant = day.every ? [] : [coming, ...(day.next ? [addDays(coming, 7)] : [])];
  const holidays = meant
    .filter((date) => hoursOn(profile, date).holiday)
    .map((date) => describeDay(profile, date, now));
  if (holidays.length > 0 && !day.next) return holidays.join(' ');
  return [everyWeek(day.weekday, profile), ...holidays].join(' ');
}

function everyWeek(weekday: Weekday, profile: Profile): string {
  const spans = weekHours(profile).find((day) => day.weekday === weekday)?.spans ?? [];
  const day = weekday.charAt(0).toUpperCase() + weekday.slice(1);
  return spans.length === 0 ? `We are closed on ${day}.` : `On ${day} we are open ${spokenSpans(spans)}.`;
}
