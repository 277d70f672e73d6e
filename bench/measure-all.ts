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

/** What stands in the table where a measure came to no end. */
export const FAILED = 'failed';

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
  /** One measure that fails does not take the others with it. */
  const measure = async (id: string, isWanted: boolean, work: () => Results | Promise<Results>) => {
    if (!isWanted) return;
    try {
      Object.assign(results, await work());
    } catch (error) {
      results[id] = FAILED;
      bench.note(`${id} has failed: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
    }
    noteStandstills(bench, id, await bench.standstills());
  };
  const [s, s2, full] = [wants('s'), wants('s2'), options.full];
  await measure('a', wants('a', 'a4', 'b'), async () => {
    const asked = await firstAudio.measureFirstAudio(bench);
    pairs = asked.pairs;
    return summary(bench, asked);
  });
  await measure('s', s || s2, () => measureAhead(bench, { s, s2 }));
  await measure('s3', wants('s3'), () => ({ s3: measureAdoptions(bench) }));
  await measure('h', wants('h') && (full || options.only.length < MEASURES.length), () => measureHedge(bench));
  await measure('c', wants('c', 'c2'), async () => {
    const { c, c2, control } = await measureCpu(bench);
    bench.note(controlNote('bare Express', control));
    return { c, c2 };
  });
  await measure('b2', wants('b2'), async () => ({ b2: await measureLate(bench, 'typical') }));
  await measure('b2-tail', wants('b2') && full, async () => ({ 'b2-tail': await measureLate(bench, 'slow-tail') }));
  await measure('d', wants('d'), async () => ({ d: await measureHeld(bench) }));
  await measure('e', wants('e'), async () => ({ e: await measureHeap(bench) }));
  await measure('e-slope', wants('e') && full, async () => ({ 'e-slope': await measureSlope(bench) }));
  await measure('f', wants('f'), async () => ({ f: await measureStart(bench) }));
  return { results, pairs };
}

const controlNote = (name: string, { p50, n }: Figures) =>
  `Control, ${name} against itself: ${short(p50)} (n ${n}), ` +
  `${Math.abs(p50 - 1) > 0.05 ? 'MORE THAN 5 % OFF: do not believe this run' : 'within 5 %'}.`;

function noteStandstills(bench: Bench, id: string, standstills: readonly number[]): void {
  if (standstills.length === 0) return;
  const times = standstills.length === 1 ? 'once' : `${standstills.length} times`;
  const longest = Math.round(Math.max(...standstills));
  bench.note(`While ${id} was measured the machine itself stood still, ${times}, for up to ${longest} ms.`);
}

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
