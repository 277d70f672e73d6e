import type { ChildProcess } from 'node:child_process';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { FfmpegCommand } from 'fluent-ffmpeg';
import { UpstreamError } from '../common/errors';
import { TELEPHONE_RATE, readWav } from './wav';

/** An audio file to convert. Of a longer one only the first `mostSeconds` are; `timeoutMs` bounds the whole work. */
export interface Conversion {
  file: string;
  ffmpegPath: string;
  mostSeconds: number;
  timeoutMs: number;
}

const SERVICE = 'ffmpeg';
/** As loud as a synthetic voice, whatever the recording (EBU R 128 measures it; -16 LUFS is usual for speech). */
const LOUDNESS = 'loudnorm=I=-16:TP=-1.5:LRA=11';
/** A recording whose container promises more than this much beyond its sound was cut off, in ms. */
const CUT_OFF_MS = 500;
const VERSION_TIMEOUT_MS = 10_000;

/** The wrapper keeps the binary's path for the whole process, so conversions take turns in the whole process too. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Converts any audio file to a mu-law WAV, 8 kHz, mono, of an even loudness. Throws UpstreamError: `unreachable` when
 * there is no ffmpeg, `garbage` when it cannot read the file, `truncated` when the file ends too early, `timeout`.
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
    const promisedMs = await run(await command(conversion, output), conversion.timeoutMs);
    const wav = await readFile(output);
    refuseCutOff(wav, Math.min(promisedMs, conversion.mostSeconds * 1_000));
    return wav;
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
    .audioFilters(LOUDNESS)
    .audioCodec('pcm_mulaw')
    .audioFrequency(TELEPHONE_RATE)
    .audioChannels(1)
    .duration(mostSeconds)
    .outputOptions(['-bitexact', '-map_metadata', '-1'])
    .format('wav')
    .output(output);
}

/** A file that was cut off while it was copied may still begin well, and would end in mid-sentence. */
function refuseCutOff(wav: Buffer, promisedMs: number): void {
  const { durationMs = 0 } = readWav(wav) ?? {};
  if (durationMs >= promisedMs - CUT_OFF_MS) return;
  throw new UpstreamError(SERVICE, 'truncated', { message: `ffmpeg: ${durationMs} ms of ${promisedMs} ms are there` });
}

/** Runs it and resolves to the length, in ms, that the file says it has; 0 where it says none. */
function run(command: FfmpegCommand, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let promisedMs = 0;
    const timer = setTimeout(() => {
      command.kill('SIGKILL'); // ffmpeg may outlive a SIGTERM
      reject(new UpstreamError(SERVICE, 'timeout'));
    }, timeoutMs);
    const fail = (cause: Error, told = '') => {
      clearTimeout(timer);
      const reason = /moov atom not found|partial file/i.test(told) ? 'truncated' : 'garbage';
      reject(new UpstreamError(SERVICE, reason, { message: `ffmpeg: ${cause.message.trim()}`, cause }));
    };
    command
      .on('error', (cause: Error, _output, told?: string | null) => fail(cause, told ?? ''))
      .on('codecData', (input: { format?: string; duration?: string }) => (promisedMs = lengthIn(input)))
      .on('start', () => takeSpawnErrors(command, fail))
      .on('end', () => {
        clearTimeout(timer);
        resolve(promisedMs);
      })
      .run();
  });
}

/** The length an MP4 says it has, in ms: "00:01:02.50". Other files say none, or one that is an estimate: then 0. */
function lengthIn({ format = '', duration = '' }: { format?: string; duration?: string }): number {
  if (!format.includes('mp4')) return 0;
  const [, hours = 0, minutes = 0, seconds = 0] = /^(\d+):(\d+):([\d.]+)$/.exec(duration) ?? [];
  return Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000);
}

/** The wrapper's own listener for a failed spawn throws where nobody can catch it; ours takes its place. */
function takeSpawnErrors(command: FfmpegCommand, fail: (cause: Error) => void): void {
  const { ffmpegProc } = command as unknown as { ffmpegProc?: ChildProcess };
  ffmpegProc?.removeAllListeners('error').on('error', fail);
}
