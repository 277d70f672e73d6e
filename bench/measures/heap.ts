import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { single, type Figures } from '../arithmetic';
import { startFrontdesk, type Served } from '../driver/processes';
import { closeCall, hearOut, openCall, say, type OpenCall } from '../driver/turn';
import type { Bench } from './bench';

/** A question and an answer each. */
const TURNS = 10;
const AT_ONCE = 10;
/**
 * So many calls fill the 64 MB of clips that Frontdesk keeps in memory, and have V8 compile what it will: neither audio
 * nor machine code is what is measured here.
 */
const WARM_CALLS = 800;
/** What is written and forgotten in the background is done by then, in ms. */
const SETTLING_MS = 3_000;
/** The heap is looked at so often, and the least counts: what only passes through, as a list of files, is not held. */
const LOOKS = 3;
const PROBE = join(__dirname, '../heap-probe.js');

/** Measure e: what the heap of the process holds for each call that is open, after twenty messages. */
export async function measureHeap(bench: Bench): Promise<Figures> {
  await bench.setProfile('instant');
  const frontdesk = await startProbed(bench);
  const count = bench.n ?? (bench.full ? 600 : 150);
  const warm = await openCalls(bench, frontdesk, { count: WARM_CALLS, turns: TURNS });
  await inTurns(warm, (call) => closeCall(frontdesk.url, call));
  const before = await heapOf(frontdesk.child);
  await openCalls(bench, frontdesk, { count, turns: TURNS });
  const after = await heapOf(frontdesk.child);
  await frontdesk.stop();
  return single((after - before) / count, count);
}

const ALL_CALLS = 100_000;
const STEPS = 10;
/** So many, all of which speak, come before: clips and machine code have their room then. */
const FIRST_CALLS = 5_000;
/** Of so many calls that come and go one says something; the others hang up in the greeting. */
const ONE_SPEAKS_OF = 20;

/** Measure e's slope: how the heap grows with calls that come and go, in bytes a call, by least squares. */
export async function measureSlope(bench: Bench): Promise<Figures> {
  await bench.setProfile('instant');
  const frontdesk = await startProbed(bench);
  const step = ALL_CALLS / STEPS;
  const heaps: number[] = [];
  for (let at = 0; at <= STEPS; at += 1) {
    await openCalls(bench, frontdesk, {
      count: at === 0 ? FIRST_CALLS : step,
      turns: 1,
      close: true,
      speaks: (number) => at === 0 || number % ONE_SPEAKS_OF === 0,
    });
    heaps.push(await heapOf(frontdesk.child));
    bench.progress(`calls that come and go: ${at * step} of ${ALL_CALLS}`);
  }
  await frontdesk.stop();
  return single(slopeOf(heaps) / step, ALL_CALLS);
}

/** The slope of the line that fits values at 0, 1, 2 and so on best. */
export function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const squares = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return values.reduce((sum, value, at) => sum + (at - middle) * value, 0) / squares;
}

const startProbed = ({ stub }: Bench): Promise<Served> =>
  startFrontdesk({
    stub,
    env: { CONVERSATION_HISTORY_LIMIT: '20' },
    execArgv: ['--expose-gc', '--require', PROBE],
  });

/** So many calls of so many turns, and which of them have any. */
interface Calls {
  count: number;
  turns: number;
  close?: boolean;
  speaks?: (number: number) => boolean;
}

async function openCalls(
  bench: Bench,
  { url }: Served,
  { count, turns, close = false, speaks = () => true }: Calls,
): Promise<OpenCall[]> {
  const numbers = Array.from({ length: count }, () => bench.callNumber());
  return inTurns(numbers, async (number) => {
    let call = await openCall(url, number);
    for (let turn = 0; turn < (speaks(number) ? turns : 0); turn += 1) {
      call = await hearOut(call, await say(call, bench.marker(number * turns + turn, 1)));
    }
    if (close) await closeCall(url, call);
    return call;
  });
}

/** Does something with each, a few at once. */
async function inTurns<T, R>(each: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < each.length) done.push(await work(each[next++] as T));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done;
}

async function heapOf(child: ChildProcess): Promise<number> {
  const looks: number[] = [];
  while (looks.length < LOOKS) {
    await pause(SETTLING_MS);
    const answer = once(child, 'message');
    child.send('heap');
    const [{ heapUsed }] = (await answer) as [{ heapUsed: number }];
    looks.push(heapUsed);
  }
  return Math.min(...looks);
}
