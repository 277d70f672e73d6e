import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { floorOf, quantile, single, wholeFloorOf, type Figures } from '../arithmetic';
import { corpus, type Marker } from '../corpus';
import { playOut } from '../driver/play-out';
import { closeCall, openCall, say, timingsOf, type Turn } from '../driver/turn';
import { randomFrom } from '../random';
import type { Bench } from './bench';

/** So many calls at once, until so many clips have followed others or so much time (ms) has passed. */
interface Level {
  calls: number;
  profile: string;
  clips: number;
  forMs: number;
}

/** What came of it. `overheads` are ms over each turn's floor; `lateBy` is as `playOut` gives it. */
interface Held {
  overheads: number[];
  lateBy: number[];
  failed: number;
}

const MOST_OVERHEAD_MS = 25;
/** Speech of the stub, in ms a character; what a caller takes to think and speak; what the answer may take. */
const CHARACTER_MS = 65;
const CALLER_MS = 4_500;
const ANSWER_MS = 1_000;
const MOST_FAILURES = 20;
/** In this time (ms) all calls come in; then it counts what is held. */
const OPENING_MS = 15_000;
/** A call comes in so long (ms) before its first turn. */
const GREETING_MS = 3_000;

/**
 * Holds calls whose callers speak at times that were fixed before: who answers late does not get fewer turns. Between
 * two turns the reply is heard out and the caller speaks for 4.5 s. The overhead is of turns while all are held.
 */
async function hold(bench: Bench, { calls, profile, clips, forMs }: Level): Promise<Held> {
  await bench.setProfile(profile);
  const { url } = await bench.frontdesk();
  const held: Held = { overheads: [], lateBy: [], failed: 0 };
  const startedAt = performance.now();
  const end = new AbortController();
  setMaxListeners(calls + 1, end.signal);
  const timer = setTimeout(() => end.abort(), forMs);
  const over = () => {
    if (held.lateBy.length >= clips || held.failed > MOST_FAILURES) end.abort();
    return end.signal.aborted;
  };
  const random = randomFrom(`${bench.seed} ${calls} callers`);
  const caller = async () => {
    let due = startedAt + GREETING_MS + random() * (OPENING_MS - GREETING_MS);
    await pause(Math.max(0, due - GREETING_MS - performance.now()));
    let call = await openCall(url, bench.callNumber());
    while (!over()) {
      const reply = Math.floor(random() * corpus.length);
      const marker = bench.marker(reply, Math.floor(random() * 1e6));
      await pause(Math.max(0, due - performance.now()), undefined, { signal: end.signal }).catch(() => undefined);
      if (over()) break;
      due += (corpus[reply] ?? '').length * CHARACTER_MS + CALLER_MS + ANSWER_MS;
      const counts = performance.now() > startedAt + OPENING_MS;
      const turn = await say(call, marker);
      const played = await playOut(call, turn);
      call = played.call;
      held.lateBy.push(...played.lateBy);
      if (counts) await account(bench, held, turn);
      bench.progress(`${calls} calls, ${profile}: ${held.overheads.length} turns, ${held.lateBy.length} clips`);
    }
    await closeCall(url, call);
  };
  const fail = (error: unknown) => {
    held.failed += 1;
    bench.note(`A call was lost: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`);
  };
  await Promise.all(Array.from({ length: calls }, () => caller().catch(fail)));
  clearTimeout(timer);
  return held;
}

/** A reply in one piece waits for its last clip on purpose: its floor is that of the whole. */
async function account({ stub }: Bench, held: Held, { marker, document, firstAudioMs }: Turn): Promise<void> {
  const timings = await timingsOf(stub.control, marker satisfies Marker);
  const floor = document.redirect ? floorOf(timings) : wholeFloorOf(timings);
  if (floor !== undefined && floorOf(timings) !== undefined) held.overheads.push(firstAudioMs - floor);
}

/** From Twilio's request for what follows to its last byte, in ms: a gap that nobody hears. */
const UNHEARD_MS = 50;

/** Measure b2: the share of clips that came late, in percent. */
export async function measureLate(bench: Bench, profile: string): Promise<Figures> {
  const [quick, full] = profile === 'typical' ? [1_000, 10_000] : [200, 2_000];
  const clips = bench.n ?? (bench.full ? full : quick);
  const { lateBy } = await hold(bench, { calls: bench.full ? 150 : 100, profile, clips, forMs: 20 * 60_000 });
  const late = lateBy.filter((ms) => ms > UNHEARD_MS);
  bench.note(
    `b2, ${profile}: ${late.length} of ${lateBy.length} clips more than ${UNHEARD_MS} ms late; ` +
      `p50 ${Math.round(quantile(lateBy, 0.5))}, p99 ${Math.round(quantile(lateBy, 0.99))}, ` +
      `latest ${Math.round(quantile(lateBy, 1))} ms after their predecessor.`,
  );
  return single((100 * late.length) / lateBy.length, lateBy.length);
}

/** Measure d: the most calls of these levels whose p99 of the overhead stays within 25 ms; 0 if none. */
export async function measureHeld(bench: Bench): Promise<Figures> {
  const levels = bench.full ? [50, 100, 200, 300, 500] : [100, 300];
  let most = 0;
  let turns = 0;
  for (const calls of levels) {
    const { overheads, failed } = await hold(bench, {
      ...{ calls, profile: 'typical', clips: Infinity },
      forMs: bench.full ? 90_000 : 30_000,
    });
    const p99 = quantile(overheads, 0.99);
    bench.note(
      `d: ${calls} calls: overhead p50 ${Math.round(quantile(overheads, 0.5))}, p99 ${Math.round(p99)} ms (n ${overheads.length}).`,
    );
    if (failed > 0 || p99 > MOST_OVERHEAD_MS) break;
    [most, turns] = [calls, overheads.length];
  }
  return single(most, turns);
}
