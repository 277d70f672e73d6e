import type { Profile, Weekday } from '../../common/profile';

const WEEK: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A model needs the next holidays only; each one costs tokens in every turn. */
const MOST_HOLIDAYS = 8;

/** The moment in the business's own time: `date` is ISO, `text` is for the model ("Tuesday, 24 November 2026, 14:05"). */
export interface LocalNow {
  date: string;
  weekday: Weekday;
  text: string;
}

const MINUTE_MS = 60_000;
/** Of so many minutes it is remembered how they are said: the prompt of each turn has the one its call began in. */
const MOST_MINUTES = 100;
const minutes = new Map<string, LocalNow>();

/** The business's local date, weekday and time, to the minute. */
export function localNow(timeZone: string, now: Date): LocalNow {
  const minute = `${Math.floor(now.getTime() / MINUTE_MS)} ${timeZone}`;
  const known = minutes.get(minute);
  if (known) return known;
  if (minutes.size >= MOST_MINUTES) minutes.clear();
  const read = inLocalTime(timeZone, now);
  minutes.set(minute, read);
  return read;
}

function inLocalTime(timeZone: string, now: Date): LocalNow {
  const { format, monthName } = formatsOf(timeZone);
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const part = (name: string) => parts[name] ?? '';
  const month = monthName.format(now);
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: WEEK.find((day) => day === part('weekday').toLowerCase()) ?? 'monday',
    text: `${part('weekday')}, ${Number(part('day'))} ${month} ${part('year')}, ${part('hour')}:${part('minute')}`,
  };
}

/** They are slow to make, and a business stays where it is. */
let latest: { timeZone: string; format: Intl.DateTimeFormat; monthName: Intl.DateTimeFormat } | undefined;

function formatsOf(timeZone: string) {
  if (latest?.timeZone === timeZone) return latest;
  const twoDigits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  latest = {
    timeZone,
    format: new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone, weekday: 'long', year: 'numeric', hourCycle: 'h23' },
      ...twoDigits,
    }),
    monthName: new Intl.DateTimeFormat('en-GB', { timeZone, month: 'long' }),
  };
  return latest;
}

/** The week's hours in few words, days that are alike drawn together; undefined when the profile names none. */
export function weekText({ hours }: Profile): string | undefined {
  if (!hours) return undefined;
  const runs: { days: Weekday[]; spans: string }[] = [];
  for (const day of WEEK) {
    const spans = spansText(hours[day]);
    const last = runs.at(-1);
    if (last?.spans === spans) last.days.push(day);
    else runs.push({ days: [day], spans });
  }
  return runs.map(({ days, spans }) => `${daysText(days)} ${spans}`).join('; ');
}

/** Today's hours, a holiday's own if it is one; undefined when nothing is known of them. */
export function todayText({ hours, holidays }: Profile, today: LocalNow): string | undefined {
  const holiday = holidays.find(({ date }) => date === today.date);
  if (holiday) return `${spansText(holiday.hours)} (${holiday.name ?? 'holiday'})`;
  return hours && spansText(hours[today.weekday]);
}

/** The holidays from today on, the nearest first; undefined when there are none. */
export function holidaysText({ holidays }: Profile, today: LocalNow): string | undefined {
  const coming = holidays
    .filter(({ date }) => date >= today.date)
    .sort((a, b) => a.date.localeCompare(b.date))
    .slice(0, MOST_HOLIDAYS)
    .map(({ date, name, hours }) => `${date}${name ? ` (${name})` : ''} ${spansText(hours)}`);
  return coming.length > 0 ? coming.join('; ') : undefined;
}

function spansText(spans: readonly string[]): string {
  return spans.length > 0 ? spans.join(' and ') : 'closed';
}

function daysText(days: readonly Weekday[]): string {
  const first = capital(days[0] ?? '');
  const last = capital(days.at(-1) ?? '');
  if (days.length === 7) return 'Every day';
  return days.length > 1 ? `${first} to ${last}` : first;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
