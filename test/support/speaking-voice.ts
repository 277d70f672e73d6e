import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FLITE = join(__dirname, 'flite.mjs');

/**
 * A voice that really speaks, which has these texts ready: to say one takes a second of the processor, and on a busy
 * machine longer than a caller is kept waiting. Another text is said when it is asked for.
 */
export async function rehearsedVoice(texts: readonly string[]): Promise<(text: string) => Promise<Buffer>> {
  const ready = new Map<string, Buffer>();
  for (const text of texts) ready.set(text, await speakAloud(text));
  return async (text) => ready.get(text) ?? speakAloud(text);
}

/** Really says a text: flite's voice as a telephone carries it, mu-law WAV, 8 kHz, mono. Needs ffmpeg. */
async function speakAloud(text: string): Promise<Buffer> {
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
