import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/frontdesk';
import { runFrontdesk, type FrontdeskProcess } from '../support/process';
import { sidOf, startOf, writeManyCalls } from './many-calls';

const CALLS = 50_000;
const REQUESTS = 120;
const SERVER_CLOCK = `--require ${join(__dirname, 'server-clock.cjs')}`;
/**
 * The bounds. A machine that others use, too, stalls for tenths of a second now and then, which is not the book's: 19 of
 * 20 answers keep the bound by the processor's time, and every other one by the clock.
 */
const P95_MS = 50;
const FILE_BYTES = 300_000_000;
const PEAK_BYTES = 250_000_000;
/** How much more of the processor's time than with an empty book the start may take, in ms. */
const START_MS = 1_000;

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

const say = (words: string) => void process.stdout.write(`${words}\n`);

/** Starts Frontdesk; gives how long that took by the clock and by the processor's time, in ms. */
async function start(directory: string): Promise<{ frontdesk: FrontdeskProcess; ms: number; cpuMs: number }> {
  const began = performance.now();
  const frontdesk = await runFrontdesk({ DATA_DIR: directory, NODE_OPTIONS: SERVER_CLOCK });
  const ticks = readFileSync(`/proc/${frontdesk.child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return { frontdesk, ms: performance.now() - began, cpuMs: (Number(ticks[11]) + Number(ticks[12])) * TICK_MS };
}

/** The most memory a process has had so far, and what it has now, in bytes. */
function memoryOf({ child }: FrontdeskProcess): { peak: number; now: number } {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1_024;
  return { peak: read('VmHWM'), now: read('VmRSS') };
}

interface Measured {
  p50: number;
  p95: number;
  worst: number;
  cpu95: number;
  found: number;
}

/** Asks for one address after the other; the times are the server's own. */
async function measure(url: string, paths: (index: number) => string): Promise<Measured> {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  let found = 0;
  for (let index = 0; index < REQUESTS; index += 1) {
    const response = await fetch(url + paths(index), { headers: { accept: 'text/html, application/json' } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${paths(index)} is answered with ${response.status}: ${text.slice(0, 500)}`);
    const took = response.headers.get('server-timing') ?? '';
    times.push(Number(/app;dur=([\d.]+)/.exec(took)?.[1]));
    cpuTimes.push(Number(/cpu;dur=([\d.]+)/.exec(took)?.[1]));
    found += text.match(/CA[0-9a-f]{32}/g)?.length ?? 0;
  }
  const [p50, p95, worst] = [quantile(times, 0.5), quantile(times, 0.95), quantile(times, 1)];
  return { p50, p95, worst, cpu95: quantile(cpuTimes, 0.95), found };
}

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? NaN;

/** A place somewhere in the list; the same index gives the same. */
const somewhere = (index: number) => (index * 7_919) % CALLS;
const place = (index: number) => `before=${startOf(somewhere(index))}_${sidOf(somewhere(index))}`;
const day = (index: number) => new Date(startOf(somewhere(index))).toISOString().slice(0, 10);

const ASKED: Readonly<Record<string, (index: number) => string>> = {
  'the list': (index) => (index === 0 ? '/api/calls' : `/api/calls?${place(index)}`),
  'the list, 500 at once': (index) => `/api/calls?limit=500&${place(index)}`,
  'the list as a page': (index) => (index === 0 ? '/calls' : `/calls?${place(index)}`),
  'a frequent outcome': (index) => `/api/calls?outcome=answered&${place(index)}`,
  'a rare outcome': (index) => `/api/calls?outcome=failed&${place(index)}`,
  'calls that go on': () => '/api/calls?outcome=going-on',
  'one caller': (index) => `/api/calls?from=%2B120255501${String(index % 100).padStart(2, '0')}`,
  'since a day, as a page': (index) => `/calls?since=${day(index)}&outcome=message`,
  'until a day, without tests': (index) => `/api/calls?until=${day(index)}&tests=no`,
  'a common word': (index) => `/api/calls?q=${['the', 'bike', 'brake', 'dollars'][index % 4] ?? ''}`,
  'a common word, further down': (index) => `/api/calls?q=bike&${place(index)}`,
  'a common word as a page': (index) => `/calls?q=repair${index % 2 ? '' : 's'}`,
  'a common word, until a day': (index) => `/api/calls?q=brake&until=${day(index)}`,
  'a common word of one caller': (index) =>
    `/api/calls?q=tire&from=%2B120255501${String(index % 100).padStart(2, '0')}`,
  'a common word and a rare outcome': () => '/api/calls?q=brake&outcome=failed',
  'a rare word': () => '/api/calls?q=penny-farthing',
  'a word of one call': (index) => `/api/calls?q=${1_000_000 + somewhere(index)}`,
  'a phrase': (index) => `/api/calls?q=${['front+brake+squeaks', 'a+new+chain', 'bring+it+in+on+Saturday'][index % 3]}`,
  'a phrase as a page': () => '/calls?q=flat+tire+on+the+rear+wheel',
  'a word that nobody said': (index) => `/api/calls?q=unicycle${index}`,
  'one letter': () => '/api/calls?q=b',
  'one call': (index) => `/api/calls/${sidOf(somewhere(index))}`,
  'one call as a page': (index) => `/calls/${sidOf(somewhere(index))}`,
  'the inbox': () => '/messages',
  'the unanswered': () => '/unanswered',
};

/** Of these nothing is to be found. */
const EMPTY = ['calls that go on', 'a word that nobody said', 'one letter'];

test('with fifty thousand calls in the book every answer is as quick as with none', async () => {
  const directory = await temporaryFolder();
  const file = join(directory, 'frontdesk.db');
  const began = performance.now();
  await writeManyCalls(file, CALLS);
  const size = statSync(file).size;
  say(`${CALLS} calls: ${size} bytes, written in ${Math.round(performance.now() - began)} ms`);
  const empty = await start(join(directory, 'empty'));
  empty.frontdesk.child.kill('SIGKILL');
  const { frontdesk, ms, cpuMs } = await start(directory);
  say(
    `start: ${Math.round(ms)} ms, with an empty book ${Math.round(empty.ms)} ms; of the processor ${cpuMs} and ${empty.cpuMs} ms`,
  );

  const figures: Record<string, Measured> = {};
  for (const [name, paths] of Object.entries(ASKED)) {
    const measured = await measure(frontdesk.url, paths);
    figures[name] = measured;
    const { found, ...times } = measured;
    const [p50, p95, worst, cpu95] = Object.values(times).map((each) => each.toFixed(1).padStart(6));
    say(`${name.padEnd(34)} p50 ${p50}, p95 ${p95}, worst ${worst}, p95 of processor time ${cpu95} ms; ${found} calls`);
  }
  const memory = memoryOf(frontdesk);
  say(`memory: ${memory.now} bytes now, ${memory.peak} at the peak`);

  expect(Object.entries(figures).filter(([, { p50, cpu95 }]) => !(p50 <= P95_MS && cpu95 <= P95_MS))).toEqual([]);
  expect(Object.keys(figures).filter((name) => figures[name]?.found === 0)).toEqual(EMPTY);
  expect(cpuMs - empty.cpuMs).toBeLessThan(START_MS);
  expect(size).toBeLessThan(FILE_BYTES);
  expect(memory.peak).toBeLessThan(PEAK_BYTES);
}, 300_000);
