import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UpstreamError } from '../common/errors';
import type { Clip } from '../conversations/ports';
import type { Clips } from './clips';
import { convertRecordedGreeting, RecordingError } from './recorded-greeting';

/** As many as the profile has versions, so that an undo finds its recording. */
const MOST_KEPT = 50;

/** Where recordings are kept, and what makes clips of them. */
export interface UploadOptions {
  directory: string;
  ffmpegPath?: string | undefined;
  clips: Clips;
}

/** A recording that callers can hear: where it is kept, and its clip. */
export interface KeptRecording {
  ok: true;
  path: string;
  clip: Clip;
}

/** Why a recording cannot be used, for its owner. */
export interface RefusedRecording {
  ok: false;
  code: string;
  error: string;
  remedy: string;
}

/** Keeps a copy of an uploaded recording once it is known that callers can hear it. Throws when it cannot be written. */
export async function keepRecording(
  uploaded: string,
  options: UploadOptions,
): Promise<KeptRecording | RefusedRecording> {
  const { directory, ffmpegPath, clips } = options;
  try {
    const clip = await convertRecordedGreeting({ file: uploaded, ffmpegPath, clips });
    const path = await copyInto(directory, uploaded);
    await prune(directory, path);
    return { ok: true, path, clip };
  } catch (error) {
    return refusalOf(error);
  }
}

async function copyInto(directory: string, uploaded: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const hash = createHash('sha256');
  await pipeline(createReadStream(uploaded), hash);
  const path = resolve(directory, hash.digest('hex').slice(0, 32));
  await copyFile(uploaded, `${path}.part`);
  const file = await open(`${path}.part`, 'r+');
  await file.sync().finally(() => file.close());
  await rename(`${path}.part`, path);
  return path;
}

async function prune(directory: string, newest: string): Promise<void> {
  const paths = (await readdir(directory)).map((name) => resolve(join(directory, name)));
  const aged = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  const old = aged.filter(({ path }) => path !== newest).sort((a, b) => b.at - a.at);
  await Promise.all(old.slice(MOST_KEPT).map(({ path }) => rm(path, { force: true })));
}

const REMEDIES = {
  silent: 'Listen to the file on your own device, and record it once more, closer to the microphone.',
  too_long: 'Shorten it.',
  too_large: 'Save it as MP3 or M4A.',
  not_a_file: 'Choose a recording.',
} as const;

function refusalOf(error: unknown): RefusedRecording {
  if (error instanceof RecordingError) {
    return { ok: false, code: error.code, error: error.message, remedy: REMEDIES[error.code] };
  }
  if (!(error instanceof UpstreamError)) throw error;
  const refused = (code: string, words: string, remedy: string) => ({ ok: false, code, error: words, remedy }) as const;
  if (error.reason === 'unreachable') {
    const remedy = 'Install ffmpeg on the machine that runs Frontdesk, or set FFMPEG_PATH to its full path.';
    return refused('no_ffmpeg', 'Recordings cannot be converted: there is no ffmpeg.', remedy);
  }
  if (error.reason === 'truncated') {
    return refused(
      'cut_off',
      'The recording is cut off: its end is missing.',
      'Copy or record it again, and upload the whole file.',
    );
  }
  if (error.reason === 'timeout') {
    return refused('slow', 'Converting the recording took too long.', 'Save it as a short MP3 and try again.');
  }
  return refused(
    'not_audio',
    'This is not a recording that can be read.',
    'Upload an MP3, M4A, WAV or OGG file; the name alone does not make it one.',
  );
}
