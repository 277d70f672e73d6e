import type { Figures } from '../arithmetic';

/** A figure that must not be above `most`, or not below `least`. */
export interface Bound {
  figure: keyof Figures;
  most?: number;
  least?: number;
}

/** A row of the table: what is measured, in what, what it must reach, and what it aims at. */
export interface Row {
  id: string;
  what: string;
  unit: '' | 'ms' | 'bytes' | 'calls' | '%';
  must: readonly Bound[];
  aim: readonly Bound[];
}

const p50 = (most: number): Bound => ({ figure: 'p50', most });
const p95 = (most: number): Bound => ({ figure: 'p95', most });
const all = (most: number): Bound => ({ figure: 'max', most });

/** The table. */
export const ROWS: readonly Row[] = [
  {
    id: 'a',
    what: 'first audio / floor, split replies',
    unit: '',
    must: [p50(1.04), p95(1.07)],
    aim: [p50(1.02), p95(1.04)],
  },
  { id: 'a4', what: 'coalesced replies: added wait', unit: 'ms', must: [all(250), p50(120)], aim: [] },
  { id: 'b', what: '(Frontdesk / naive) / (their floors), per reply', unit: '', must: [p50(1.05)], aim: [p50(1.03)] },
  { id: 'b-naive', what: 'naive / its own floor', unit: '', must: [p50(1.05)], aim: [] },
  { id: 'b2', what: 'late clips, typical', unit: '%', must: [p50(0)], aim: [] },
  { id: 'b2-tail', what: 'late clips, slow tail', unit: '%', must: [p50(0.1)], aim: [] },
  { id: 's', what: 'speculative hit: process to TwiML', unit: 'ms', must: [p50(5)], aim: [p50(2.5)] },
  { id: 's2', what: 'generated partial streams: mean wait / naive', unit: '', must: [p50(0.12)], aim: [p50(0.1)] },
  { id: 's2-requests', what: 'model requests per turn', unit: '', must: [p50(1.5)], aim: [] },
  { id: 's3', what: 'wrong adoptions', unit: '', must: [p50(0)], aim: [] },
  { id: 'c', what: 'CPU of process (repeat) / bare Express', unit: '', must: [p50(2)], aim: [p50(1.5)] },
  { id: 'c2', what: 'CPU of a forged request / a valid one', unit: '', must: [p50(1)], aim: [p50(0.6)] },
  {
    id: 'd',
    what: 'calls held, p99 overhead 25 ms',
    unit: 'calls',
    must: [{ figure: 'p50', least: 100 }],
    aim: [{ figure: 'p50', least: 300 }],
  },
  { id: 'e', what: 'heap per open call with 20 messages', unit: 'bytes', must: [p50(8_000)], aim: [p50(4_500)] },
  {
    id: 'e-slope',
    what: 'heap slope over many calls, 1 in 20 speaks, per call',
    unit: 'bytes',
    must: [p50(16)],
    aim: [],
  },
  { id: 'f', what: 'start to 200 on /health / node -e 0', unit: '', must: [p50(6)], aim: [p50(4)] },
  { id: 'h', what: 'p99.9 of first audio, hedged / not', unit: '', must: [p50(0.5)], aim: [p50(0.4)] },
  { id: 'h-requests', what: 'more requests for it', unit: '%', must: [p50(5)], aim: [] },
];

/** Whether the figures keep every bound. */
export const keeps = (figures: Figures, bounds: readonly Bound[]): boolean =>
  bounds.every(({ figure, most = Infinity, least = -Infinity }) => figures[figure] <= most && figures[figure] >= least);

/** Bounds in words: `p50 ≤ 1.04, p95 ≤ 1.07`. */
export const inWords = (bounds: readonly Bound[]): string =>
  bounds
    .map(({ figure, most, least }) => `${figure} ${most === undefined ? `≥ ${least ?? ''}` : `≤ ${most}`}`)
    .join(', ');
