import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { figuresOf, type Figures } from '../arithmetic';
import { freshFolder, spawnFrontdesk, untilHealthy } from '../driver/processes';
import type { Bench } from './bench';

/** Measure f: from the start of `node dist/main.js` to the first 200 on /health, in starts of `node -e 0`. */
export async function measureStart(bench: Bench): Promise<Figures> {
  const directory = freshFolder();
  await frontdeskMs(bench, directory); // makes the database
  const count = bench.n ?? (bench.full ? 25 : 7);
  const ratios: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const before = await nodeMs();
    const ours = await frontdeskMs(bench, directory);
    ratios.push((2 * ours) / (before + (await nodeMs())));
    bench.progress(`start ${round + 1} of ${count}`);
  }
  return figuresOf(ratios);
}

async function nodeMs(): Promise<number> {
  const startedAt = performance.now();
  await once(spawn(process.execPath, ['-e', '0']), 'exit');
  return performance.now() - startedAt;
}

async function frontdeskMs({ stub }: Bench, directory: string): Promise<number> {
  const startedAt = performance.now();
  const served = await spawnFrontdesk({ stub, directory });
  const ms = (await untilHealthy(served)) - startedAt;
  await served.stop();
  return ms;
}
