import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/common/clock';
import type { Log, LogFields } from '../../src/common/log';
import type { Clips, ClipsOptions } from '../../src/speech/clips';
import { createClips } from '../../src/speech/clips';

/** Loading Google's package and starting ffmpeg take seconds on a busy machine. */
jest.setTimeout(20_000);

export const VOICE = { name: 'en-US-Neural2-F', language: 'en-US' };

/** A clock that stands still until it is told. */
export function manualClock(start = Date.UTC(2026, 5, 1)): Clock & { pass(ms: number): void } {
  let now = start;
  return { now: () => now, pass: (ms) => void (now += ms) };
}

export interface LogLine extends LogFields {
  level: 'info' | 'warn' | 'error';
  type: string;
}

/** A log that remembers its lines. */
export function recordingLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: LogLine['level']) => (type: string, fields?: LogFields) =>
    void lines.push({ level, type, ...fields });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

const cleanups: (() => Promise<unknown> | undefined)[] = [];

/** Things to close once the current test is over, the latest first. */
export function afterwards(cleanup: () => Promise<unknown> | undefined): void {
  cleanups.push(cleanup);
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-test-'));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A clip store in a folder of its own, closed after the test. */
export async function openClips(options: Partial<ClipsOptions> = {}): Promise<Clips & { directory: string }> {
  const directory = options.directory ?? (await temporaryFolder());
  const defaults = { nameKey: Buffer.alloc(32, 7), clock: manualClock(), log: recordingLog() };
  const clips = createClips({ ...defaults, ...options, directory });
  afterwards(() => clips.close());
  return { ...clips, directory };
}

/** Waits, looking again and again, until `check` is true. Rejects after 5 s. */
export async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('It never happened.');
}

/** The WAV files in a folder and its subfolders. */
export async function filesIn(directory: string): Promise<string[]> {
  return (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.wav'));
}
