import { addDays, hoursOn, localMoment, openingState, weekHours } from './opening-hours';
import type { CalendarDate, DayHours, Moment, Span } from './opening-hours';
import type { Profile } from './profile';

const END_OF_DAY = 1440;

/** The week in one phrase: "Monday to Friday from 9 AM to 5 PM, closed on Saturday and Sunday". Undefined without hours. */
export function describeWeek(profile: Profile): string | undefined {
  if (!profile.hours) return undefined;
  const groups = daysWithTheSameHours(profile);
  const open = groups.filter(({ hours }) => hours !== '');
  const closed = groups.filter(({ hours }) => hours === '').flatMap(({ days }) => days);
  if (open.length === 0) return 'closed all week';
  const phrases = open.map(({ days, hours }) => `${dayRange(days)} ${hours}`);
  if (closed.length > 0) phrases.push(`closed on ${joined(closed)}`);
  return phrases.join(', ');
}

/** One day's hours as a sentence, seen from `now`: "Tomorrow we are open from 9 AM to 5 PM." */
export function describeDay(profile: Profile, date: CalendarDate, now: Date): string {
  const day = hoursOn(profile, date);
  const name = dayName(date, localMoment(profile.timeZone, now).date);
  const holiday = day.holiday?.name === undefined ? '' : ` for ${day.holiday.name}`;
  if (day.spans.length === 0) return capital(`${name} we are closed${holiday}.`);
  const occasion = holiday === '' ? '' : `, which is ${holiday.slice(5)},`;
  return capital(`${name}${occasion} we are open ${spokenSpans(day.spans)}.`);
}

/** Open or closed at `now`, and until when, as a sentence. Undefined without hours. */
export function describeNow(profile: Profile, now: Date): string | undefined {
  const state = openingState(profile, now);
  if (state.kind === 'unknown') return undefined;
  const today = localMoment(profile.timeZone, now).date;
  if (state.kind === 'open') {
    return state.until ? `Yes, we are open until ${spokenMoment(state.until, today)}.` : 'Yes, we are always open.';
  }
  const closed = 'No, we are closed at the moment.';
  if (!state.until) return closed;
  const at = state.until.date === today ? 'at ' : '';
  return `${closed} We open again ${at}${spokenMoment(state.until, today)}.`;
}

/** "9 AM", "1:30 PM", "noon", "midnight". */
export function spokenTime(minute: number): string {
  if (minute === 720) return 'noon';
  if (minute === 0 || minute === END_OF_DAY) return 'midnight';
  const hour = Math.floor(minute / 60);
  const past = minute % 60;
  const minutes = past === 0 ? '' : `:${String(past).padStart(2, '0')}`;
  return `${((hour + 11) % 12) + 1}${minutes} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** "from 9 AM to noon and from 1 PM to 5 PM". */
export function spokenSpans(spans: readonly Span[]): string {
  return joined(
    spans.map(({ opens, closes }) =>
      opens === 0 && closes === END_OF_DAY ? 'all day' : `from ${spokenTime(opens)} to ${spokenTime(closes)}`,
    ),
  );
}

function spokenMoment({ date, minute }: Moment, today: CalendarDate): string {
  const time = spokenTime(minute);
  const day = dayName(date, today);
  return day === 'today' ? `${time} today` : `${day} at ${time}`;
}

function dayName(date: CalendarDate, today: CalendarDate): string {
  if (date === today) return 'today';
  if (date === addDays(today, 1)) return 'tomorrow';
  const utc = new Date(`${date}T00:00:00Z`);
  const name = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'long', month: 'long', day: 'numeric' });
  return `on ${name.format(utc)}`;
}

interface DayGroup {
  days: string[];
  hours: string;
}

function daysWithTheSameHours(profile: Profile): DayGroup[] {
  return weekHours(profile).reduce<DayGroup[]>((groups, { weekday, spans }: Pick<DayHours, 'weekday' | 'spans'>) => {
    const hours = spokenSpans(spans);
    const last = groups.at(-1);
    if (last?.hours === hours) last.days.push(capital(weekday));
    else groups.push({ days: [capital(weekday)], hours });
    return groups;
  }, []);
}

function dayRange(days: readonly string[]): string {
  if (days.length === 7) return 'every day';
  return days.length > 2 ? `${days[0] ?? ''} to ${days.at(-1) ?? ''}` : joined(days);
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
