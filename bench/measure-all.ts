import type { Bench } from './measures/bench';
import { figuresOf } from './arithmetic';
import * as firstAudio from './measures/first-audio';
import type { Options } from './options';
import { short, type Results } from './report/table';

/** Runs the measures that were asked for, one after the other. */
export async function measureAll(bench: Bench, options: Options): Promise<Results> {
  const results: Results = {};
  const wants = (...ids: string[]) => ids.some((id) => options.only.includes(id));
  if (wants('a', 'a4', 'b')) Object.assign(results, await measureFirstAudio(bench));
  return results;
}

async function measureFirstAudio(bench: Bench): Promise<Results> {
  const pairs = await firstAudio.measurePairs(bench);
  const replies = firstAudio.againstNaive(pairs);
  const control = firstAudio.controlRatios(pairs);
  const off = Math.abs(control.p50 - 1) > 0.05 ? 'MORE THAN 5 % OFF: do not believe this run' : 'within 5 %';
  bench.note(`Control, naive against itself: ${short(control.p50)} (n ${control.n}), ${off}.`);
  bench.note('Each reply: its bound (first-part floor / naive floor), measured Frontdesk / naive, and how it came.');
  for (const { reply, bound, ratio, shape } of replies)
    bench.note(`  ${reply}: ${short(bound)} ${short(ratio)} ${shape}`);
  return {
    a: firstAudio.splitRatios(pairs),
    a4: firstAudio.coalescedWaits(pairs),
    b: figuresOf(replies.map(({ beyond }) => beyond)),
    'b-naive': firstAudio.naiveRatios(pairs),
  };
}
