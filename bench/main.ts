import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figures } from './arithmetic';
import { ROOT, stopAll } from './driver/processes';
import { openBench } from './open-bench';
import { HELP, readOptions, type Options } from './options';
import { FAILED, measureAll } from './measure-all';
import type { Pair } from './measures/first-audio';
import { pictureOf } from './report/picture';
import { figuresIn, tableOf } from './report/table';

const BASELINE = join(ROOT, 'bench/baseline.json');

const write = (file: string, measures: Record<string, Figures>) =>
  writeFileSync(file, `${JSON.stringify({ measures }, null, 2)}\n`);

const print = (text: string) => void process.stdout.write(`${text}\n`);

function baselineFigures(): Record<string, Figures> {
  if (!existsSync(BASELINE)) return {};
  return (JSON.parse(readFileSync(BASELINE, 'utf8')) as { measures: Record<string, Figures> }).measures;
}

async function run(options: Options): Promise<void> {
  const notes: string[] = [];
  const startedAt = performance.now();
  print(`Frontdesk bench: seed ${options.seed}, profile ${options.profile}, ${options.full ? 'full' : 'quick'}.`);
  const bench = await openBench(options, (line) => notes.push(line));
  const { results, pairs } = await measureAll(bench, options);
  print(`\n${tableOf(results, baselineFigures())}\n`);
  notes.forEach(print);
  print(`Measured in ${Math.round((performance.now() - startedAt) / 1_000)} s.`);
  if (options.picture !== undefined && pairs.length > 0) writeFileSync(options.picture, picture(pairs, options));
  if (options.json !== undefined) write(options.json, figuresIn(results));
  if (Object.values(results).includes(FAILED)) process.exitCode = 1;
  if (options.keep) write(BASELINE, { ...baselineFigures(), ...figuresIn(results) });
}

function picture(pairs: readonly Pair[], { profile, seed }: Options): string {
  const caption = `First audio, ${pairs.length} turns, profile ${profile}, seed ${seed}`;
  const of = (name: string, colour: string, value: (pair: Pair) => number) => ({
    name,
    colour,
    values: pairs.map(value),
  });
  const lines = [
    of('Frontdesk', '#0b6e4f', ({ frontdesk }) => frontdesk.ms),
    of('the least possible (stub clock)', '#888888', ({ frontdesk }) => frontdesk.floor),
    of('naive twin', '#b3261e', ({ naive }) => naive.ms),
  ];
  return pictureOf(lines, caption);
}

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === 'help') print(HELP);
    else await run(options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await stopAll();
  }
}

void main();
