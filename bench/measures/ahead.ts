import { figuresOf, mean, single, type Figures } from '../arithmetic';
import { corpus, wordsFor, type Marker } from '../corpus';
import { getJson } from '../driver/http';
import { speakPartials, streamOf, type Stream } from '../driver/partials';
import { startFrontdesk } from '../driver/processes';
import { closeCall, hearOut, openCall, say, timingsOf, type OpenCall, type Turn } from '../driver/turn';
import { randomFrom } from '../random';
import type { Results } from '../report/table';
import type { Bench } from './bench';

const ENV = { SPECULATION: 'on', SPECULATION_PER_MINUTE: '100000' };
const TRIGGER_MS = 500;
const LANES = 4;
const TURNS_A_CALL = 8;

/** Measures s and s2, of a Frontdesk that begins to think while the caller still speaks. */
export async function measureAhead(bench: Bench, { s, s2 }: { s: boolean; s2: boolean }): Promise<Results> {
  await bench.setProfile('typical');
  const { url, stop } = await startFrontdesk({ stub: bench.stub, env: ENV });
  const first = await openCall(url, bench.callNumber());
  await closeCall(url, first);
  const results: Results = first.partials
    ? { ...(s ? { s: await measureHit(bench, url) } : {}), ...(s2 ? await measureStreams(bench, url) : {}) }
    : { ...(s ? { s: NOT_BUILT } : {}), ...(s2 ? { s2: NOT_BUILT } : {}) };
  await stop();
  return results;
}

const NOT_BUILT = 'not built';

/** Says the words of a marker, partial ones first, and hears the reply out. */
async function speak(call: OpenCall, marker: Marker, stream: Stream): Promise<{ turn: Turn; call: OpenCall }> {
  await speakPartials(call, stream);
  const turn = await say(call, marker);
  return { turn, call: await hearOut(call, turn) };
}

/** Measure s: from `process` to TwiML where the reply was begun 500 ms before, in ms. */
async function measureHit(bench: Bench, url: string): Promise<Figures> {
  const count = bench.n ?? (bench.full ? 300 : 40);
  const waits: number[] = [];
  let call: OpenCall | undefined;
  for (let index = 0; index < count + 1; index += 1) {
    call ??= await openCall(url, bench.callNumber());
    const marker = bench.marker(index, index);
    const stream = { partials: [{ words: wordsFor(marker), atMs: 0 }], finalAtMs: TRIGGER_MS, isExact: true };
    const spoken = await speak(call, marker, stream);
    if (index > 0) waits.push(spoken.turn.twimlMs); // the first is cold
    await timingsOf(bench.stub.control, marker);
    call = index % TURNS_A_CALL === TURNS_A_CALL - 1 ? undefined : spoken.call;
    bench.progress(`speculative hits ${index} of ${count}`);
  }
  return figuresOf(waits);
}

/** Measure s2: the mean wait for first audio with generated partial words, in waits of the naive twin. */
async function measureStreams(bench: Bench, url: string): Promise<Results> {
  const count = bench.n ?? (bench.full ? 400 : 80);
  const requests = () => getJson<number>(`${bench.stub.control}/requests`);
  const draws = Array.from({ length: count }, (_, index) => 500_000 + index);
  const before = await requests();
  const waits = await inLanes(draws, async (own) => {
    const lane: { ms: number; isExact: boolean }[] = [];
    let call: OpenCall | undefined;
    for (const [index, draw] of own.entries()) {
      call ??= await openCall(url, bench.callNumber());
      const marker = bench.marker(draw, draw);
      const stream = streamOf(wordsFor(marker), randomFrom(`${bench.seed} ${draw} words`));
      const spoken = await speak(call, marker, stream);
      lane.push({ ms: spoken.turn.firstAudioMs, isExact: stream.isExact });
      call = index % TURNS_A_CALL === TURNS_A_CALL - 1 ? undefined : spoken.call;
      bench.progress(`partial streams ${index + 1} of ${own.length}`);
    }
    return lane;
  });
  const asked = (await requests()) - before;
  const naive = mean(await naiveWaits(bench, draws));
  const meanOf = (exact: boolean) => mean(waits.filter(({ isExact }) => isExact === exact).map(({ ms }) => ms));
  bench.note(
    `s2: mean wait ${Math.round(meanOf(true))} ms where the last partial words were the final ones, ` +
      `${Math.round(meanOf(false))} ms where they were not, ${Math.round(naive)} ms of the naive twin.`,
  );
  return {
    s2: single(mean(waits.map(({ ms }) => ms)) / naive, count),
    's2-requests': single(asked / count, count),
  };
}

async function naiveWaits(bench: Bench, draws: readonly number[]): Promise<number[]> {
  const { url } = await bench.naive();
  return inLanes(draws, async (own) => {
    const lane: number[] = [];
    const twin: OpenCall = { number: bench.callNumber(), action: `${url}/process`, partials: undefined };
    for (const draw of own) lane.push((await say(twin, bench.marker(draw % corpus.length, draw))).firstAudioMs);
    return lane;
  });
}

async function inLanes<T, R>(all: readonly T[], work: (own: T[]) => Promise<R[]>): Promise<R[]> {
  const lanes = Array.from({ length: LANES }, (_, lane) => work(all.filter((_each, index) => index % LANES === lane)));
  return (await Promise.all(lanes)).flat();
}
