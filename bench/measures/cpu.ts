import { figuresOf, median, type Figures } from '../arithmetic';
import { cpuOf } from '../driver/cpu';
import { sendLoad, wireRequest, type Load } from '../driver/load';
import { startProgram } from '../driver/processes';
import { openCall, say } from '../driver/turn';
import { fieldsOf, signed } from '../driver/twilio';
import { wordsFor } from '../corpus';
import type { Bench } from './bench';

/** Processor time of one request, in µs, in one round. */
interface Round {
  valid: number;
  forged: number;
  bare: readonly [number, number];
}

interface Series extends Load {
  pid: number | undefined;
  /** What every answer must be. */
  status: number;
}

/** As a proxy in front adds it: then a request is not taken for one of this machine. */
const FORWARDED = { 'x-forwarded-for': '192.0.2.10', 'x-forwarded-proto': 'https' };

/** Measures c and c2: what a repeat of an answered turn costs, and a forged one, against Express that does nothing. */
export async function measureCpu(bench: Bench): Promise<{ c: Figures; c2: Figures; control: Figures }> {
  await bench.setProfile('instant');
  const series = await seriesOf(bench);
  const rounds: Round[] = [];
  const count = bench.n ?? (bench.full ? 15 : 5);
  for (const each of [series.first, series.valid, series.forged, series.second]) await cost(each); // not measured cold
  for (let round = 0; round < count; round += 1) {
    rounds.push(await measureRound(series, round % 2 === 1));
    bench.progress(`processor time ${round + 1} of ${count}`);
  }
  const [valid, bare] = [median(rounds.map((round) => round.valid)), median(rounds.map((round) => round.bare[0]))];
  const forged = median(rounds.map((round) => round.forged));
  bench.note(
    `CPU per request: ${Math.round(valid)} µs valid, ${Math.round(forged)} forged, ${Math.round(bare)} bare Express.`,
  );
  return {
    c: figuresOf(rounds.map((round) => (2 * round.valid) / (round.bare[0] + round.bare[1]))),
    c2: figuresOf(rounds.map((round) => round.forged / round.valid)),
    control: figuresOf(rounds.map((round) => round.bare[1] / round.bare[0])),
  };
}

interface AllSeries {
  first: Series;
  valid: Series;
  forged: Series;
  second: Series;
}

async function seriesOf(bench: Bench): Promise<AllSeries> {
  const frontdesk = await bench.frontdesk();
  const bare = [await startBare(), await startBare()] as const;
  const call = await openCall(frontdesk.url, bench.callNumber());
  const marker = bench.marker(1, 1);
  await say(call, marker);
  const count = bench.full ? 8_000 : 3_000;
  const webhook = signed(call.action, fieldsOf(call.number, wordsFor(marker)));
  const headers = { ...webhook.headers, ...FORWARDED };
  const valid = wireRequest(call.action, { ...webhook, headers });
  const forged = wireRequest(call.action, {
    ...webhook,
    headers: { ...headers, 'x-twilio-signature': Buffer.from('twenty bytes of noise').toString('base64') },
  });
  const ours = { url: frontdesk.url, pid: frontdesk.child.pid, count };
  return {
    first: { url: bare[0].url, pid: bare[0].child.pid, request: valid, count, status: 200 },
    valid: { ...ours, request: valid, status: 200 },
    forged: { ...ours, request: forged, status: 403 },
    second: { url: bare[1].url, pid: bare[1].child.pid, request: valid, count, status: 200 },
  };
}

const startBare = () => startProgram<{ url: string }>('bare.js');

async function measureRound({ first, valid, forged, second }: AllSeries, backwards: boolean): Promise<Round> {
  const costs = new Map<Series, number>();
  const order = [first, valid, forged, second];
  for (const series of backwards ? order.reverse() : order) costs.set(series, await cost(series));
  const of = (series: Series) => costs.get(series) ?? NaN;
  return { valid: of(valid), forged: of(forged), bare: [of(first), of(second)] };
}

async function cost(series: Series): Promise<number> {
  const before = cpuOf(series.pid);
  const statuses = await sendLoad(series);
  if (statuses[series.status] !== series.count) {
    throw new Error(`Expected ${series.count} answers of ${series.status} and got ${JSON.stringify(statuses)}.`);
  }
  return (cpuOf(series.pid) - before) / series.count;
}
