import { sameWords } from '../../src/conversations/speculation/same-words';
import { single, type Figures } from '../arithmetic';
import { partialStream } from '../driver/partial-streams';
import { randomFrom } from '../random';
import type { Bench } from './bench';

const STREAMS = 100_000;
const LEAD_MS = [300, 900] as const;

/**
 * Measure s3: of generated streams, every second of which ends with other words than the caller's, how many have their
 * last partial words taken for the final ones though these mean something else.
 */
export function measureAdoptions(bench: Bench): Figures {
  const random = randomFrom(`${bench.seed} adoptions`);
  const count = bench.n ?? STREAMS;
  let [adopted, wrong] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const { partials, final, sameMeaning } = partialStream(random, { matching: 0.5, leadMs: LEAD_MS });
    const [first, ...others] = partials;
    const last = others.reduce((latest, each) => (each.sequence > (latest?.sequence ?? -1) ? each : latest), first);
    if (!last || !sameWords(last.words, final)) continue;
    adopted += 1;
    if (!sameMeaning) wrong += 1;
  }
  bench.note(`s3: ${adopted} of ${count} streams end with words that are taken for the final ones.`);
  return single(wrong, count);
}
