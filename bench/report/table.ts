import type { Figures } from '../arithmetic';
import { inWords, keeps, ROWS, type Row } from './rows';

/** What was measured, by the rows' ids; a text says why there is no figure. */
export type Results = Record<string, Figures | string>;

/** The figures alone, as `--json` writes them and the baseline keeps them. */
export const figuresIn = (results: Results): Record<string, Figures> =>
  Object.fromEntries(
    Object.entries(results).flatMap(([id, result]) => (typeof result === 'string' ? [] : [[id, result] as const])),
  );

const HEADINGS = ['id', 'measure', 'p50', 'p95', 'min', 'max', 'n', 'must reach', 'reached', 'aim', 'baseline'];

/** One table of everything measured, for the terminal. */
export function tableOf(results: Results, baseline: Readonly<Record<string, Figures>>): string {
  const rows = ROWS.filter(({ id }) => id in results).map((row) => cells(row, results[row.id], baseline[row.id]));
  const widths = HEADINGS.map((heading, at) => Math.max(heading.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [HEADINGS, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}

function cells(row: Row, result: Figures | string | undefined, before: Figures | undefined): string[] {
  const what = row.unit ? `${row.what} (${row.unit})` : row.what;
  if (result === undefined || typeof result === 'string')
    return [row.id, what, result ?? '', '', '', '', '', inWords(row.must)];
  const { p50, p95, min, max, n } = result;
  const reached = keeps(result, row.must) ? 'yes' : 'NO';
  const aimed = row.aim.length === 0 ? '' : `${inWords(row.aim)}: ${keeps(result, row.aim) ? 'yes' : 'no'}`;
  return [
    row.id,
    what,
    ...[p50, p95, min, max].map(short),
    String(n),
    inWords(row.must),
    reached,
    aimed,
    change(p50, before),
  ];
}

/** Four figures are more than the noise leaves. */
export const short = (value: number): string =>
  Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(4)));

function change(p50: number, before: Figures | undefined): string {
  if (!before) return '';
  if (before.p50 === 0) return short(before.p50);
  const percent = Math.round((p50 / before.p50 - 1) * 1_000) / 10;
  return `${short(before.p50)} (${percent >= 0 ? '+' : ''}${percent} %)`;
}
