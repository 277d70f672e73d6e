import { once } from 'node:events';
import { createMarkers } from './driver/plan';
import { startFrontdesk, startProgram, startStub, type Served } from './driver/processes';
import { send } from './driver/http';
import { AUTH_TOKEN } from './driver/twilio';
import type { Bench } from './measures/bench';
import type { Options } from './options';

/** Starts the stubs; the servers are started by the first measure that needs them. */
export async function openBench(options: Options, note: (line: string) => void): Promise<Bench> {
  const { full, n, profile, seed } = options;
  const [stub, sleeper] = [await startStub(seed), await startProgram('standstills.js')];
  let frontdesk: Promise<Served> | undefined;
  let naive: Promise<{ url: string }> | undefined;
  let number = 0;
  return {
    ...{ full, n, profile, seed, stub, note },
    frontdesk: () => (frontdesk ??= startFrontdesk({ stub })),
    naive: () => (naive ??= startProgram<{ url: string }>('naive.js', [stub.groq, stub.google, AUTH_TOKEN])),
    marker: createMarkers(),
    callNumber: () => (number += 1),
    setProfile: async (name) => {
      await send(`${stub.control}/profile?name=${name}`);
    },
    standstills: async () => {
      sleeper.child.send('since');
      return ((await once(sleeper.child, 'message')) as [number[]])[0];
    },
    progress: (line) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${line.padEnd(60)}`);
    },
  };
}
