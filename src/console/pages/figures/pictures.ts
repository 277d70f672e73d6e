import type { Statistics } from '../../../common/figures';
import { bars, lyingBars } from '../../look/bars';
import type { PictureParts } from '../../look/drawing';
import { html, type Html } from '../../look/html';
import { lines } from '../../look/lines';
import { numbers } from '../../look/numbers';
import { outcomeWords } from '../calls/words';

/** The pictures of the home page: calls by hour and by day, how they ended, how fast they were answered. */
export const pictures = (figures: Statistics): Html => html`
  <div class="pictures">
    ${byDay(figures)} ${byHour(figures)} ${outcomes(figures)} ${figures.firstAudio.length > 0 && firstAudio(figures)}
  </div>
`;

const framed = ({ id, title }: PictureParts, content: Html): Html => html`
  <section aria-labelledby="${id}-heading">
    <h3 id="${id}-heading">${title}</h3>
    ${content}
  </section>
`;

const calls = (n: number) => (n === 1 ? '1 call' : `${n} calls`);
const hourWords = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

/** "20 Nov" of "2026-11-20". */
const dayWords = (day: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(Date.parse(day));

/** Every seventh day is named, today among them. */
const dayLabel = (day: string, { index, of }: { index: number; of: number }) =>
  (of - 1 - index) % 7 === 0 ? dayWords(day) : undefined;

function byDay({ byDay: days }: Statistics): Html {
  const busiest = days.reduce((most, day) => (day.calls > most.calls ? day : most));
  const parts = {
    id: 'by-day',
    title: 'Calls by day',
    description: `The last ${days.length} days. Most on ${dayWords(busiest.day)}: ${calls(busiest.calls)}.`,
  };
  const values = days.map(({ day, calls: value }, index) => ({
    label: dayLabel(day, { index, of: days.length }),
    words: `${dayWords(day)}: ${calls(value)}`,
    value,
  }));
  const rows = days.map(({ day, calls: n }) => [dayWords(day), n]);
  return framed(parts, html`${bars(parts, values)} ${numbers(parts.title, { head: ['Day', 'Calls'], rows })}`);
}

function byHour({ byHour: hours, timeZone }: Statistics): Html {
  const busiest = hours.indexOf(Math.max(...hours));
  const parts = {
    id: 'by-hour',
    title: 'Calls by hour of the day',
    description: `On the clock of ${timeZone}. Most from ${hourWords(busiest)}: ${calls(hours[busiest] ?? 0)}.`,
  };
  const values = hours.map((value, hour) => ({
    label: hour % 6 === 0 ? hourWords(hour) : undefined,
    words: `From ${hourWords(hour)}: ${calls(value)}`,
    value,
  }));
  const rows = hours.map((n, hour) => [hourWords(hour), n]);
  return framed(parts, html`${bars(parts, values)} ${numbers(parts.title, { head: ['From', 'Calls'], rows })}`);
}

function outcomes({ outcomes: counts, outgoing }: Statistics): Html {
  const { 'going on': goingOn, ...over } = counts;
  const named = [...Object.entries(over), ...(goingOn > 0 ? [['going on', goingOn] as const] : [])];
  const ended = named.map(([name, value]) => {
    const label = outcomeWords(name === 'going on' ? undefined : (name as keyof typeof over));
    return { label, words: `${label}: ${calls(value)}`, value };
  });
  const ours = { label: 'Placed by us', words: `Placed by us: ${calls(outgoing)}`, value: outgoing };
  const values = outgoing > 0 ? [...ended, ours] : ended;
  const parts = { id: 'outcomes', title: 'How calls ended', description: values.map(({ words }) => words).join('. ') };
  const rows = values.map(({ label, value }) => [label, value]);
  return framed(parts, html`${lyingBars(parts, values)} ${numbers(parts.title, { head: ['Outcome', 'Calls'], rows })}`);
}

function firstAudio({ firstAudio: known, byDay: days }: Statistics): Html {
  const last = known.at(-1);
  const parts = {
    id: 'first-audio',
    title: 'Time to first audio, in ms',
    description: `From the end of the caller's words until a reply can be heard. On ${dayWords(last?.day ?? '')}, half within ${last?.medianMs} ms, 95 of 100 within ${last?.p95Ms} ms.`,
  };
  const points = days.map(({ day }, index) => {
    const found = known.find((each) => each.day === day);
    const words = `${dayWords(day)}: median ${found?.medianMs} ms, 95 of 100 within ${found?.p95Ms} ms`;
    const values = found && ([found.medianMs, found.p95Ms] as const);
    return { label: dayLabel(day, { index, of: days.length }), words, values };
  });
  const rows = known.map(({ day, turns, medianMs, p95Ms }) => [dayWords(day), turns, medianMs, p95Ms]);
  return framed(
    parts,
    html`${lines(parts, points)}
      <p class="hint legend"><span class="lower">Median</span> <span class="upper">95 of 100 within</span></p>
      ${numbers(parts.title, { head: ['Day', 'Replies', 'Median', '95 of 100'], rows })}`,
  );
}
