import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { StubAddresses } from '../stub/main';
import { freePort } from './free-port';
import { send } from './http';
import { AUTH_TOKEN } from './twilio';

export const ROOT = join(__dirname, '../../../..');
const MAIN = join(ROOT, 'dist/main.js');
const ADMIN_TOKEN = 'bench-admin-token-0001';
const STARTING_MS = 20_000;

const stops: (() => Promise<void>)[] = [];

/** Ends every process that was started here, last come first. */
export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A server under measurement. */
export interface Served {
  url: string;
  child: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a program of the bench, which tells its addresses in its first message. */
export async function startProgram<T>(
  file: string,
  given: readonly string[] = [],
): Promise<T & { child: ChildProcess }> {
  const child = fork(join(__dirname, '..', file), [...given]);
  stops.push(() => end(child));
  const [addresses] = (await once(child, 'message')) as [T];
  return { ...addresses, child };
}

export const startStub = (seed: string) => startProgram<StubAddresses>('stub/main.js', [seed]);

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** What Frontdesk runs with: variables of its environment, and arguments for Node. */
export interface FrontdeskOptions {
  stub: StubAddresses;
  env?: Record<string, string>;
  execArgv?: readonly string[];
  /** Where its folders are; otherwise in a new one, removed in the end. */
  directory?: string;
}

const folders: string[] = [];

/** A folder that is removed in the end. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));
  folders.push(folder);
  return folder;
}

/** Starts Frontdesk without waiting for it: `node dist/main.js` with folders of its own and signatures verified. */
export async function spawnFrontdesk({
  stub,
  env = {},
  execArgv = [],
  directory = freshFolder(),
}: FrontdeskOptions): Promise<Served> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, [...execArgv, MAIN], {
    cwd: directory,
    env: {
      ...{ PATH: process.env['PATH'], PORT: new URL(url).port, PUBLIC_BASE_URL: url },
      ...{ DATA_DIR: 'data', LOG_DIR: 'logs', AUDIO_DIR: 'audio', MAX_CONCURRENT_CALLS: '100000' },
      ...{ TWILIO_AUTH_TOKEN: AUTH_TOKEN, ADMIN_TOKEN, GROQ_API_KEY: 'gsk_bench' },
      ...{ GROQ_BASE_URL: stub.groq, GOOGLE_TTS_ENDPOINT: stub.google, ...env },
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const stop = () => end(child);
  stops.push(stop);
  return { url, child, stop };
}

/** Starts Frontdesk and waits until it answers calls, as many as come. */
export async function startFrontdesk(options: FrontdeskOptions): Promise<Served> {
  const served = await spawnFrontdesk(options);
  await untilHealthy(served);
  const limits = { callsPerCallerPerDay: 10_000, callsPerDay: 1_000_000, turns: 1_000, tokensPerCall: 10_000_000 };
  const answer = await send(`${served.url}/api/settings/rules`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ limits }),
  });
  if (answer.status >= 300) throw new Error(`The limits could not be set: ${answer.status} ${answer.body.toString()}`);
  await pause(1_500); // the fixed phrases are made
  return served;
}

/** Resolves with the time (performance.now) of the first 200 on /health. */
export async function untilHealthy({ url, child }: Served): Promise<number> {
  const giveUpAt = performance.now() + STARTING_MS;
  while (child.exitCode === null && performance.now() < giveUpAt) {
    const answer = await send(`${url}/health`).catch(() => undefined);
    if (answer?.status === 200) return performance.now();
    await pause(3);
  }
  throw new Error('Frontdesk did not start. Run `node dist/main.js` to see why.');
}
