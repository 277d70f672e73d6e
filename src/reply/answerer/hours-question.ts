import { addDays, hoursOn, localMoment, openingState, weekHours, weekdayOf } from '../../common/opening-hours';
import type { CalendarDate } from '../../common/opening-hours';
import type { Profile, Weekday } from '../../common/profile';
import { describeDay, describeNow, describeWeek, spokenSpans } from '../../common/spoken-hours';
import { isLight, isStopWord, meaningOf } from './vocabulary';

const ABOUT_HOURS =
  /\b(open|opens|opened|opening|close|closes|closed|closing|hours|shut)\b|\b(when|what time|until when|how late|what days?)\b.*\b(come (in|by|over)|stop by|drop by|swing by|visit|there)\b|\b(are you|is (anyone|anybody|someone|somebody)) (there|around|in)\b.*\b(today|tomorrow|weekend|\w+days?)\b|\b(can i|to) (come (in|by|over)|stop by|drop by|visit)\b.*\b(today|tomorrow|now|weekend|\w+days?)\b/;
/** "What about Saturday?": a day and nothing else is a question about hours. */
const ONLY_A_DAY =
  /^((and|what|how|about|on|then|ok|okay|uh|um|so) )*(today|tomorrow|(the )?weekends?|(mon|tues|wednes|thurs|fri|satur|sun)days?)$/;
const DAY_WORDS = /^(mon|tues|wednes|thurs|fri|satur|sun)days?$/;
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
/** Words that may stand in a question about hours without making it one about something else. */
const TIME_WORDS = new Set(
  (
    'open opens opened opening close closes closed closing hours hour shut today tonight tomorrow now moment currently ' +
    'weekend weekends weekday weekdays week day days holiday holidays morning noon afternoon evening night early late ' +
    'later till til until time times lunch break lunchtime pm am o clock come stop drop swing by visit business normal ' +
    'regular usual latest earliest between before after around store shop office place workshop studio clinic practice ' +
    'restaurant bar cafe salon shop clinic gym garage bakery showroom warehouse desk reception lobby ' +
    'one two three four five six seven eight nine ten eleven twelve thirty fifteen ' +
    'there here anybody public start finish bank schedule half past quarter'
  ).split(' '),
);

/** The answer to a question about when the business is open, as it stands at `now`; undefined if it is about more. */
export function answerAboutHours(question: string, profile: Profile, now: Date): string | undefined {
  if (!profile.hours) return undefined;
  const said = question
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[^a-z0-9' ]+/g, ' ');
  if (!ABOUT_HOURS.test(said) && !ONLY_A_DAY.test(said.trim())) return undefined;
  const holiday = holidayIn(said, profile, localMoment(profile.timeZone, now).date);
  if (otherWords(said, `${profile.businessName} ${holiday?.name ?? ''}`).length > 0) return undefined;
  if (holiday) return describeDay(profile, holiday.date, now);
  return aboutDays(said, profile, now) ?? aboutNow(said, profile, now) ?? aboutWeek(profile, now);
}

/** Words that are neither about time nor empty: what the question is really about. */
function otherWords(said: string, names: string): string[] {
  const named = new Set(names.toLowerCase().match(/[a-z]+/g));
  return (said.match(/[a-z']+/g) ?? []).filter(
    (word) =>
      !isStopWord(word) &&
      !TIME_WORDS.has(word.replace(/'s$/, '')) &&
      !DAY_WORDS.test(word) &&
      !MONTHS.includes(word) &&
      !named.has(word) &&
      !/^(th|st|nd|rd)$/.test(word) &&
      !isLight(meaningOf(word)),
  );
}

function aboutDays(said: string, profile: Profile, now: Date): string | undefined {
  const { date: today } = localMoment(profile.timeZone, now);
  const dated = datedDay(said, today);
  if (dated !== undefined) return describeDay(profile, dated, now);
  if (/\bweekends?\b/.test(said))
    return ['saturday', 'sunday'].map((day) => everyWeek(day as Weekday, profile)).join(' ');
  const weekdays = said.match(/\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b/g) ?? [];
  if (weekdays.length > 0) return weekdays.map((day) => aboutWeekday(day, profile, now)).join(' ');
  if (/\btomorrow\b/.test(said)) return describeDay(profile, addDays(today, 1), now);
  return undefined;
}

function aboutNow(said: string, profile: Profile, now: Date): string | undefined {
  const { date: today } = localMoment(profile.timeZone, now);
  if (/\b(now|currently|at the moment|still)\b/.test(said)) return describeNow(profile, now);
  const closingTime = /\b(late|close|closing|till|til|until|latest)\b/.test(said) && !/\bclosed\b/.test(said);
  if (!closingTime && !/\b(today|tonight|this (morning|afternoon|evening))\b/.test(said)) return undefined;
  const open = hoursOn(profile, today).spans.length > 0;
  const state = openingState(profile, now);
  const day = describeDay(profile, today, now);
  return open || state.kind !== 'closed' ? day : `${day} ${describeNow(profile, now)?.split('. ')[1] ?? ''}`.trim();
}

function aboutWeek(profile: Profile, now: Date): string {
  const today = localMoment(profile.timeZone, now).date;
  const week = describeWeek(profile) ?? '';
  const exceptions = [0, 1, 2, 3, 4, 5, 6]
    .map((days) => addDays(today, days))
    .filter((date) => profile.holidays.some((holiday) => holiday.date === date))
    .map((date) => ` ${describeDay(profile, date, now)}`);
  return `We are ${/^closed/.test(week) ? '' : 'open '}${week}.${exceptions.slice(0, 1).join('')}`;
}

/** "Saturdays" is every Saturday; "Saturday" the next one, which may be a holiday. */
function aboutWeekday(word: string, profile: Profile, now: Date): string {
  const weekday = word.replace(/s$/, '') as Weekday;
  const { date: today } = localMoment(profile.timeZone, now);
  const next = [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(today, days)).find((date) => weekdayOf(date) === weekday);
  if (!word.endsWith('s') && next !== undefined && hoursOn(profile, next).holiday)
    return describeDay(profile, next, now);
  return everyWeek(weekday, profile);
}

function everyWeek(weekday: Weekday, profile: Profile): string {
  const spans = weekHours(profile).find((day) => day.weekday === weekday)?.spans ?? [];
  const day = weekday.charAt(0).toUpperCase() + weekday.slice(1);
  return spans.length === 0 ? `We are closed on ${day}.` : `On ${day} we are open ${spokenSpans(spans)}.`;
}

/** "December 24th", this year or next. */
function datedDay(said: string, today: CalendarDate): CalendarDate | undefined {
  const [, month = '', day = ''] =
    new RegExp(`\\b(${MONTHS.join('|')}) (?:the )?(\\d{1,2})(?:st|nd|rd|th)?\\b`).exec(said) ?? [];
  if (month === '') return undefined;
  const inYear = (year: number) =>
    `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const year = Number(today.slice(0, 4));
  const date = inYear(year) < today ? inYear(year + 1) : inYear(year);
  return Number.isNaN(Date.parse(date)) ? undefined : date;
}

/** The next holiday the caller names, by all its words except "day". */
function holidayIn(
  said: string,
  profile: Profile,
  today: CalendarDate,
): { date: CalendarDate; name: string } | undefined {
  const words = new Set(said.replace(/'s\b/g, 's').match(/[a-z]+/g));
  return profile.holidays
    .flatMap(({ date, name }) => (name === undefined || date < today ? [] : [{ date, name }]))
    .sort((a, b) => b.name.split(' ').length - a.name.split(' ').length || (a.date < b.date ? -1 : 1))
    .find(({ name }) => {
      const parts =
        name
          .toLowerCase()
          .replace(/'s\b/g, 's')
          .match(/[a-z]+/g) ?? [];
      return parts.filter((part) => part !== 'day').every((part) => words.has(part));
    });
}
