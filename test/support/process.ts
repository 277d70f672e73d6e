import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../bench/driver/free-port';
import { temporaryFolder, whenDone } from './frontdesk';

const MAIN = join(__dirname, '../../dist/main.js');

/** Frontdesk as `npm start` runs it, in a process and folders of its own. */
export interface FrontdeskProcess {
  url: string;
  port: number;
  directory: string;
  child: ChildProcess;
  /** Everything it has written to the terminal so far. */
  output(): string;
  /** Resolves to its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

/** Starts the built program; does not wait until it listens. */
export async function spawnFrontdesk(env: Record<string, string> = {}): Promise<FrontdeskProcess> {
  const directory = await temporaryFolder();
  const port = Number(env['PORT'] ?? (await freePort()));
  const child = spawn(process.execPath, [MAIN], {
    cwd: directory,
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATA_DIR: 'data',
      LOG_DIR: 'logs',
      AUDIO_DIR: 'audio',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  whenDone(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { url: `http://127.0.0.1:${port}`, port, directory, child, output: () => output, ended };
}

/** Starts the built program and waits until it answers. */
export async function runFrontdesk(env: Record<string, string> = {}): Promise<FrontdeskProcess> {
  const frontdesk = await spawnFrontdesk(env);
  for (;;) {
    const answer = await fetch(`${frontdesk.url}/health`).catch(() => undefined);
    if (answer?.ok) return frontdesk;
    if (frontdesk.child.exitCode !== null) throw new Error(`Frontdesk did not start:\n${frontdesk.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
