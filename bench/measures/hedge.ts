import { figuresOf, quantile, single } from '../arithmetic';
import { getJson, send } from '../driver/http';
import { startFrontdesk, type Served } from '../driver/processes';
import type { Marker } from '../corpus';
import { beginningOfReply, closeCall, hearOut, openCall, say, type OpenCall } from '../driver/turn';
import type { Results } from '../report/table';
import type { Bench } from './bench';

/** More would keep the processors busy, and the wait for them is no tail of the model. */
const LANES = 16;
const TURNS_A_CALL = 8;
/** Known to the metrics of a Frontdesk that hedges. */
const HEDGES = /^# TYPE \w*hedge\w*/m;

/** What a Frontdesk came to: each wait for first audio in ms, and how many requests each turn took. */
interface Waited {
  ms: number[];
  requestsPerTurn: number;
}

/** Measure h: the tail of first audio with a second request and without, where only the model has a tail. */
export async function measureHedge(bench: Bench): Promise<Results> {
  const hedged = await startFrontdesk({ stub: bench.stub });
  const metrics = await send(`${hedged.url}/metrics`, { headers: { accept: 'text/plain' } });
  if (!HEDGES.test(metrics.body.toString())) return { h: 'not built' };
  await bench.setProfile('slow-model');
  const alone = await startFrontdesk({ stub: bench.stub, env: { GROQ_FALLBACK_MODEL: 'openai/gpt-oss-120b' } });
  const count = bench.n ?? (bench.full ? 10_000 : 500);
  const [without, withIt] = [await wait(bench, alone, count), await wait(bench, hedged, count)];
  const [before, after] = [quantile(without.ms, 0.999), quantile(withIt.ms, 0.999)];
  bench.note(
    `h: p99.9 of first audio ${Math.round(before)} ms without, ${Math.round(after)} ms with a second request.`,
  );
  const silent = [...without.ms, ...withIt.ms].filter((ms) => ms === Infinity).length;
  if (silent > 0) bench.note(`h: ${silent} of ${2 * count} turns had no clip and count as endless.`);
  bench.note(`h: medians ${Math.round(figuresOf(without.ms).p50)} and ${Math.round(figuresOf(withIt.ms).p50)} ms.`);
  return {
    h: single(after / before, count),
    'h-requests': single((withIt.requestsPerTurn / without.requestsPerTurn - 1) * 100, count),
  };
}

const firstWords = async (call: OpenCall, marker: Marker) => beginningOfReply(call, await say(call, marker));

/** The same draws for both, on many calls at once. */
async function wait(bench: Bench, { url, stop }: Served, count: number): Promise<Waited> {
  const requests = () => getJson<number>(`${bench.stub.control}/requests`);
  const before = await requests();
  const ms: number[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) {
      let call = await openCall(url, bench.callNumber());
      for (let turn = 0; turn < TURNS_A_CALL && next < count; turn += 1) {
        const draw = next++;
        const said = await firstWords(call, bench.marker(draw, 2_000_000 + draw)).catch(() => undefined);
        ms.push(said?.firstAudioMs ?? Infinity); // no clip came: later than every other
        bench.progress(`hedging: ${ms.length} of ${count}`);
        if (!said) break;
        call = await hearOut(call, said);
      }
      await closeCall(url, call);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const requestsPerTurn = ((await requests()) - before) / count;
  await stop();
  return { ms, requestsPerTurn };
}
