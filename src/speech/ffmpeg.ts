import type { ChildProcess } from 'node:child_process';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { FfmpegCommand } from 'fluent-ffmpeg';
import { UpstreamError } from '../common/errors';
import { TELEPHONE_RATE } from './wav';

/** An audio file to convert. Of a longer one only the first `mostSeconds` are; `timeoutMs` bounds the whole work. */
export interface Conversion {
  file: string;
  ffmpegPath: string;
  mostSeconds: number;
  timeoutMs: number;
}

const SERVICE = 'ffmpeg';
const VERSION_TIMEOUT_MS = 10_000;

/** The wrapper keeps the binary's path for the whole process, so conversions take turns in the whole process too. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Converts any audio file to a mu-law WAV, 8 kHz, mono. Throws UpstreamError: `unreachable` when there is no ffmpeg,
 * `garbage` when it cannot read the file, `timeout`.
 */
export function convertForTelephone(conversion: Conversion): Promise<Buffer> {
  const converted = turn.then(() => convert(conversion));
  turn = converted.catch(() => undefined);
  return converted;
}

async function convert(conversion: Conversion): Promise<Buffer> {
  await checkRuns(conversion.ffmpegPath);
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-audio-'));
  try {
    // To a file, not a pipe: the wrapper reports some good conversions to a pipe as failed, and a pipe's header has no length.
    const output = join(folder, 'telephone.wav');
    await run(await command(conversion, output), conversion.timeoutMs);
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkRuns(ffmpegPath: string): Promise<void> {
  try {
    await promisify(execFile)(ffmpegPath, ['-version'], { timeout: VERSION_TIMEOUT_MS, killSignal: 'SIGKILL' });
  } catch (cause) {
    const message = `ffmpeg does not run as "${ffmpegPath}". Install ffmpeg, or set FFMPEG_PATH to the full path of its program.`;
    throw new UpstreamError(SERVICE, 'unreachable', { message, cause });
  }
}

async function command({ file, ffmpegPath, mostSeconds }: Conversion, output: string): Promise<FfmpegCommand> {
  const { default: ffmpeg } = await import('fluent-ffmpeg');
  return ffmpeg(resolve(file))
    .setFfmpegPath(ffmpegPath)
    .inputOptions(['-protocol_whitelist', 'file']) // a playlist must not make ffmpeg fetch from the network
    .noVideo()
    .audioCodec('pcm_mulaw')
    .audioFrequency(TELEPHONE_RATE)
    .audioChannels(1)
    .duration(mostSeconds)
    .outputOptions(['-bitexact', '-map_metadata', '-1'])
    .format('wav')
    .output(output);
}

function run(command: FfmpegCommand, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      command.kill('SIGKILL'); // ffmpeg may outlive a SIGTERM
      reject(new UpstreamError(SERVICE, 'timeout'));
    }, timeoutMs);
    const fail = (cause: Error) => {
      clearTimeout(timer);
      reject(new UpstreamError(SERVICE, 'garbage', { message: `ffmpeg: ${cause.message.trim()}`, cause }));
    };
    command
      .on('error', fail)
      .on('start', () => takeSpawnErrors(command, fail))
      .on('end', () => {
        clearTimeout(timer);
        resolve();
      })
      .run();
  });
}

/** The wrapper's own listener for a failed spawn throws where nobody can catch it; ours takes its place. */
function takeSpawnErrors(command: FfmpegCommand, fail: (cause: Error) => void): void {
  const { ffmpegProc } = command as unknown as { ffmpegProc?: ChildProcess };
  ffmpegProc?.removeAllListeners('error').on('error', fail);
}
