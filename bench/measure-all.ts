import type { Bench } from './measures/bench';
import { figuresOf, type Figures } from './arithmetic';
import * as firstAudio from './measures/first-audio';
import type { Asked, Pair } from './measures/first-audio';
import { measureCpu } from './measures/cpu';
import { measureAdoptions } from './measures/adoptions';
import { measureAhead } from './measures/ahead';
import { measureHedge } from './measures/hedge';
import { measureHeld, measureLate } from './measures/held';
import { measureHeap, measureSlope } from './measures/heap';
import { measureStart } from './measures/start';
import { MEASURES, type Options } from './options';
import { short, type Results } from './report/table';

/** No first clip should be shorter, in ms. */
const SHORTEST_MS = 800;

/** The table's figures, and what the picture is drawn from. */
export interface Measured {
  results: Results;
  pairs: readonly Pair[];
}

/** Runs the measures that were asked for, one after the other. */
export async function measureAll(bench: Bench, options: Options): Promise<Measured> {
  const results: Results = {};
  let pairs: readonly Pair[] = [];
  const wants = (...ids: string[]) => ids.some((id) => options.only.includes(id));
  if (wants('a', 'a4', 'b')) {
    const asked = await firstAudio.measureFirstAudio(bench);
    pairs = asked.pairs;
    Object.assign(results, summary(bench, asked));
  }
  if (wants('s', 's2')) Object.assign(results, await measureAhead(bench, { s: wants('s'), s2: wants('s2') }));
  if (wants('s3')) results['s3'] = measureAdoptions(bench);
  if (wants('h') && (options.full || options.only.length < MEASURES.length))
    Object.assign(results, await measureHedge(bench));
  if (wants('c', 'c2')) {
    const { c, c2, control } = await measureCpu(bench);
    Object.assign(results, { c, c2 });
    bench.note(controlNote('bare Express', control));
  }
  if (wants('b2')) results['b2'] = await measureLate(bench, 'typical');
  if (wants('b2') && options.full) results['b2-tail'] = await measureLate(bench, 'slow-tail');
  if (wants('d')) results['d'] = await measureHeld(bench);
  if (wants('e')) results['e'] = await measureHeap(bench);
  if (wants('e') && options.full) results['e-slope'] = await measureSlope(bench);
  if (wants('f')) results['f'] = await measureStart(bench);
  return { results, pairs };
}

const controlNote = (name: string, { p50, n }: Figures) =>
  `Control, ${name} against itself: ${short(p50)} (n ${n}), ` +
  `${Math.abs(p50 - 1) > 0.05 ? 'MORE THAN 5 % OFF: do not believe this run' : 'within 5 %'}.`;

function summary(bench: Bench, asked: Asked): Results {
  const { pairs } = asked;
  const replies = firstAudio.againstNaive(pairs);
  bench.note(controlNote('naive', firstAudio.controlRatios(pairs)));
  const brief = pairs.filter(({ frontdesk }) => frontdesk.clipMs < SHORTEST_MS).length;
  bench.note(`First clips under 0.8 s of speech: ${brief} of ${pairs.length}.`);
  bench.note('Each reply: its bound (first-part floor / naive floor), measured Frontdesk / naive, and how it came.');
  for (const { reply, bound, ratio, shape } of replies)
    bench.note(`  ${reply}: ${short(bound)} ${short(ratio)} ${shape}`);
  return {
    a: firstAudio.splitRatios(asked),
    a4: firstAudio.coalescedWaits(asked),
    b: figuresOf(replies.map(({ beyond }) => beyond)),
    'b-naive': firstAudio.naiveRatios(pairs),
  };
}
