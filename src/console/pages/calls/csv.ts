import type { ListedCall } from '../../../common/call-record';

const COLUMNS = ['sid', 'started_at', 'direction', 'from', 'to', 'outcome', 'seconds', 'turns', 'first_words', 'test'];

/** A spreadsheet takes a cell that begins with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Calls as CSV (RFC 4180), a heading first. Nothing a caller said can become a formula. */
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
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const harmless = FORMULA.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
