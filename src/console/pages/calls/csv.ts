import type { ListedCall } from '../../../common/call-record';

const COLUMNS = [
  'sid',
  'started_at',
  'direction',
  'from',
  'to',
  'outcome',
  'seconds',
  'turns',
  'first_words',
  'test',
  'answered_by',
];

/** What no reader sees: white space, control characters and marks without width. */
const INVISIBLE = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]+/u;
/** A spreadsheet takes a cell that begins with one of these for a formula; some strip what is invisible first. */
const FORMULA = /^[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]/u;
const CONTROL = /^[\t\r\n]/;
const PHONE_NUMBER = /^\+\d+$/;

/** Calls as lines of CSV (RFC 4180). Nothing a caller said can become a formula. */
export function toCsv(calls: readonly ListedCall[]): string {
  const rows = calls.map((call) => [
    call.sid,
    new Date(call.startedAt).toISOString(),
    call.direction,
    call.from,
    call.to,
    call.outcome ?? 'going on',
    call.durationS,
    call.turns,
    call.opening,
    call.test ? 'yes' : 'no',
    call.answeredBy,
  ]);
  return rows.map(line).join('');
}

const line = (row: readonly (string | number | undefined)[]): string => `${row.map(cell).join(',')}\r\n`;

/** Each cell has quotes, since some spreadsheets cut at other marks than commas. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const risky = CONTROL.test(text) || FORMULA.test(text.replace(INVISIBLE, ''));
  const harmless = risky && !PHONE_NUMBER.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** The first line of the file. */
export const CSV_HEADING = line(COLUMNS);
