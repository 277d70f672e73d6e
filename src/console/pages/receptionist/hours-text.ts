/** Opening hours as people write them, to spans like "09:00-17:00"; undefined where they cannot be understood. */
export function readHours(text: string): string[] | undefined {
  const words = text.trim().toLowerCase();
  if (words === '' || /^(?:closed|none|-)$/.test(words)) return [];
  if (/^(?:24 ?h(?:ours)?|always|all day)$/.test(words)) return ['00:00-24:00'];
  const spans = words.split(/\s*(?:,|;|\band\b|&)\s*/).map(readSpan);
  return spans.every((span) => span !== undefined) ? spans : undefined;
}

/** Spans as a person reads them. */
export const writeHours = (spans: readonly string[]): string =>
  spans.map((span) => span.replace('-', ' – ')).join(', ');

function readSpan(text: string): string | undefined {
  const [from = '', to = '', ...more] = text.split(/\s*(?:-|–|—|\bto\b|\buntil\b)\s*/);
  const [opens, closes] = [readTime(from), readTime(to)];
  if (opens === undefined || closes === undefined || more.length > 0) return undefined;
  // "9 - 5" is said of a day's work, never of a night's.
  const afternoon = closes <= opens && !/[ap]/.test(to) && closes <= 12 * 60 ? closes + 12 * 60 : closes;
  return `${clock(opens)}-${clock(afternoon)}`;
}

/** Minutes since midnight. */
function readTime(text: string): number | undefined {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?)?$/.exec(text.trim());
  if (!found) return undefined;
  const [, hour = '', minute = '0', half] = found;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'p' ? 12 : 0);
  const minutes = hours * 60 + Number(minute);
  return hours <= 24 && Number(minute) < 60 && minutes <= 24 * 60 ? minutes : undefined;
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
