import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Link } from './diagnosis';

const LEAST_BYTES = 200 * 1024 * 1024;
const FFMPEG_MS = 5_000;

/** Whether the folders can be written and have room. */
export async function diskLink(folders: readonly string[]): Promise<Link> {
  const name = 'Disk';
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < LEAST_BYTES) {
        const detail = `${folder} has ${Math.floor((bavail * bsize) / 1024 / 1024)} MB left.`;
        return { name, state: 'wrong', detail, remedy: 'Make room: messages are kept there.' };
      }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      return {
        name,
        state: 'wrong',
        detail: `${folder} cannot be written (${code}).`,
        remedy: 'Give this program the right to write there.',
      };
    }
  }
  return { name, state: 'works', detail: 'There is room, and the folders can be written.' };
}

/** Whether ffmpeg runs; it converts recordings, and nothing else needs it. */
export async function ffmpegLink(path = 'ffmpeg'): Promise<Link> {
  const name = 'ffmpeg';
  try {
    await promisify(execFile)(path, ['-version'], { timeout: FFMPEG_MS, killSignal: 'SIGKILL' });
    return { name, state: 'works', detail: 'Recorded greetings can be converted.' };
  } catch {
    const remedy = 'Install ffmpeg, or set FFMPEG_PATH to the full path of its program.';
    return { name, state: 'wrong', detail: `It does not run as “${path}”, so a greeting cannot be uploaded.`, remedy };
  }
}
