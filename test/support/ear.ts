import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const MODEL = '/usr/share/pocketsphinx/model/en-us';
/** The header that is skipped before the samples. */
const WAV_HEADER = '44';

/** Whether this machine has an ear: Debian's pocketsphinx with its English model. */
export const hasEar = (): boolean =>
  spawnSync('pocketsphinx_batch', [], { stdio: 'ignore' }).error === undefined && existsSync(join(MODEL, 'en-us'));

/** What is understood of each WAV, in order. */
export async function listenTo(wavs: readonly Buffer[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-ear-'));
  const run = promisify(execFile);
  try {
    for (const [index, wav] of wavs.entries()) {
      const narrow = join(folder, `${index}.narrow`);
      await writeFile(narrow, wav);
      const wide = ['-ar', '16000', '-ac', '1', '-c:a', 'pcm_s16le', '-bitexact', join(folder, `${index}.wav`)];
      await run('ffmpeg', ['-v', 'error', '-i', narrow, ...wide]);
    }
    await writeFile(join(folder, 'clips'), wavs.map((_, index) => `${index}\n`).join(''));
    await run('pocketsphinx_batch', options(folder), { timeout: 120_000 });
    const heard = (await readFile(join(folder, 'heard'), 'utf8')).trim().split('\n');
    return heard.map((line) => line.replace(/ ?\(\d+ -?\d+\)$/, ''));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const options = (folder: string): string[] =>
  Object.entries({
    adcin: 'yes',
    adchdr: WAV_HEADER,
    cepdir: folder,
    cepext: '.wav',
    ctl: join(folder, 'clips'),
    hyp: join(folder, 'heard'),
    hmm: join(MODEL, 'en-us'),
    lm: join(MODEL, 'en-us.lm.bin'),
    dict: join(MODEL, 'cmudict-en-us.dict'),
    logfn: '/dev/null',
  }).flatMap(([name, value]) => [`-${name}`, value]);
