import { figuresOf, floorOf, median, type Figures } from '../arithmetic';
import { corpus } from '../corpus';
import { closeCall, hearOut, openCall, say, timingsOf, type OpenCall, type Turn } from '../driver/turn';
import { clipLength } from '../wav';
import type { Bench } from './bench';

/** A turn against its floor, in ms. */
export interface Sample {
  reply: number;
  ms: number;
  floor: number;
  /** How the reply came: whole in one clip, whole in several, or in parts. */
  shape: 'one' | 'coalesced' | 'split';
  clipMs: number;
}

/** One reply, asked of Frontdesk and of the naive twin, and sometimes of the twin once more. */
export interface Pair {
  frontdesk: Sample;
  naive: Sample;
  control: Sample | undefined;
}

const TURNS_A_CALL = 8;
const WARM = 999_999;

/** What was asked: the pairs, and replies in parts that Frontdesk alone was asked for, because few come so. */
export interface Asked {
  pairs: readonly Pair[];
  alone: readonly Sample[];
}

/** Asks every reply of the corpus of both, in the order A B B A, one after the other. */
export async function measureFirstAudio(bench: Bench): Promise<Asked> {
  await bench.setProfile(bench.profile);
  const [frontdesk, naive] = [await bench.frontdesk(), await bench.naive()];
  const count = bench.n ?? (bench.full ? corpus.length * 5 : corpus.length);
  const pairs: Pair[] = [];
  let call: OpenCall | undefined;
  const askFrontdesk = async (reply: number, draw: number) => {
    call ??= await openCall(frontdesk.url, bench.callNumber());
    const turn = await say(call, bench.marker(reply, draw));
    const sample = await sampleOf(bench, turn);
    call = await hearOut(call, turn);
    return sample;
  };
  const twin = { number: bench.callNumber(), action: `${naive.url}/process`, partials: undefined };
  const askNaive = async (reply: number, draw: number) => sampleOf(bench, await say(twin, bench.marker(reply, draw)));
  await Promise.all([askFrontdesk(0, WARM), askNaive(0, WARM)]); // neither is measured cold
  for (let index = 0; index < count; index += 1) {
    const pair = await askBoth(index, { askFrontdesk, askNaive });
    if (pair) pairs.push(pair);
    bench.progress(`first audio ${index + 1} of ${count}`);
    if (call && index % TURNS_A_CALL === TURNS_A_CALL - 1) {
      await closeCall(frontdesk.url, call);
      call = undefined;
    }
  }
  if (pairs.length < count) bench.note(`${count - pairs.length} turns began with a clip from the cache: left out.`);
  const alone = bench.n === undefined ? await askForSplits(bench, pairs, askFrontdesk) : [];
  return { pairs, alone };
}

/** More of the replies that came in parts, until there are enough to tell a tail. */
async function askForSplits(bench: Bench, pairs: readonly Pair[], ask: Ask): Promise<Sample[]> {
  const inParts = pairs.map(({ frontdesk }) => frontdesk).filter(({ shape }) => shape === 'split');
  const alone: Sample[] = [];
  const count = bench.full ? 300 : 30;
  for (let index = 0; inParts.length > 0 && index < count; index += 1) {
    const sample = await ask(inParts[index % inParts.length]?.reply ?? 0, pairs.length + index);
    if (sample) alone.push(sample);
    bench.progress(`replies in parts ${index + 1} of ${count}`);
  }
  return alone;
}

type Ask = (reply: number, draw: number) => Promise<Sample | undefined>;

async function askBoth(
  index: number,
  { askFrontdesk, askNaive }: { askFrontdesk: Ask; askNaive: Ask },
): Promise<Pair | undefined> {
  const turned = index % 2 === 1;
  const controlled = index % 4 < 2;
  const first = turned && controlled ? await askNaive(index, index) : undefined;
  const early = turned ? await askNaive(index, index) : undefined;
  const frontdesk = await askFrontdesk(index, index);
  const naive = early ?? (await askNaive(index, index));
  const control = first ?? (controlled ? await askNaive(index, index) : undefined);
  return frontdesk && naive && { frontdesk, naive, control };
}

async function sampleOf({ stub }: Bench, turn: Turn): Promise<Sample | undefined> {
  const floor = floorOf(await timingsOf(stub.control, turn.marker));
  if (floor === undefined) return undefined;
  const { document, firstAudioMs: ms, firstClip, marker } = turn;
  const shape = document.redirect ? 'split' : document.plays.length > 1 ? 'coalesced' : 'one';
  return { reply: marker.reply, ms, floor, shape, clipMs: clipLength(firstClip) };
}

const overhead = ({ ms, floor }: Sample) => ms / floor;

/** Measure a: first audio / floor of replies in parts. */
export const splitRatios = (asked: Asked): Figures =>
  figuresOf(
    frontdeskOf(asked)
      .filter(({ shape }) => shape === 'split')
      .map(overhead),
  );

const frontdeskOf = ({ pairs, alone }: Asked): Sample[] => [...pairs.map(({ frontdesk }) => frontdesk), ...alone];

/** Measure a4: what a reply in one piece waited for its rest, in ms. */
export const coalescedWaits = (asked: Asked): Figures => {
  const coalesced = frontdeskOf(asked).filter(({ shape }) => shape === 'coalesced');
  return figuresOf(coalesced.map(({ ms, floor }) => ms - floor));
};

/** Measure b for each reply of the corpus: its bound (first-part floor / the twin's floor), and how near Frontdesk is. */
export function againstNaive(pairs: readonly Pair[]) {
  return corpus.flatMap((_, reply) => {
    const own = pairs.filter((pair) => pair.frontdesk.reply === reply);
    if (own.length === 0) return [];
    const bound = median(own.map(({ frontdesk, naive }) => frontdesk.floor / naive.floor));
    const ratio = median(own.map(({ frontdesk, naive }) => frontdesk.ms / naive.ms));
    const beyond = median(own.map(({ frontdesk, naive }) => overhead(frontdesk) / overhead(naive)));
    return [{ reply, bound, ratio, beyond, shape: own[0]?.frontdesk.shape ?? 'one' }];
  });
}

/** The twin against its own floor. */
export const naiveRatios = (pairs: readonly Pair[]): Figures => figuresOf(pairs.map(({ naive }) => overhead(naive)));

/** The twin against itself, both against their floors. */
export const controlRatios = (pairs: readonly Pair[]): Figures =>
  figuresOf(pairs.flatMap(({ naive, control }) => (control ? [overhead(control) / overhead(naive)] : [])));
