import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FLITE = join(__dirname, 'flite.mjs');

/** Really says a text: flite's voice as a telephone carries it, mu-law WAV, 8 kHz, mono. Needs ffmpeg. */
export async function speakAloud(text: string): Promise<Buffer> {
  const run = promisify(execFile);
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-flite-'));
  try {
    await run(process.execPath, ['--no-warnings', FLITE, folder, text]);
    const telephone = ['-ar', '8000', '-ac', '1', '-c:a', 'pcm_mulaw', '-bitexact', join(folder, 'telephone.wav')];
    await run('ffmpeg', ['-v', 'error', '-i', join(folder, 'wide.wav'), ...telephone]);
    return await readFile(join(folder, 'telephone.wav'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
