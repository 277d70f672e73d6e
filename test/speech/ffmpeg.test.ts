import { access, chmod, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertForTelephone } from '../../src/speech/ffmpeg';
import { eventually, temporaryFolder } from './kit';

/**
 * A program that answers like ffmpeg when asked what it can do, and does `work` when asked to convert. The wrapper
 * remembers the first answers for the whole process, which is why these tests have a file of their own.
 */
async function playFfmpeg(folder: string, work: string): Promise<string> {
  const path = join(folder, 'ffmpeg');
  const script = `#!/bin/sh
case "$*" in
  *-encoders*) echo " A..... pcm_mulaw            PCM mu-law" ;;
  *-formats*) echo " DE wav             WAV / WAVE" ;;
  *-i\\ *) ${work} ;;
esac
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
/** Other tests convert at the same time, so their folders come and go. */
const foldersAtWork = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('frontdesk-audio-'));

test('an ffmpeg that fails says why', async () => {
  const ffmpegPath = await playFfmpeg(await temporaryFolder(), 'echo "Invalid data found" >&2; exit 1');
  const converting = convertForTelephone({ file: 'greeting.mp3', ffmpegPath, mostSeconds: 60, timeoutMs: 10_000 });
  await expect(converting).rejects.toMatchObject({
    reason: 'garbage',
    message: expect.stringMatching(/code 1/) as string,
  });
});

test('an ffmpeg that hangs is killed, and its folder removed', async () => {
  const before = await foldersAtWork();
  const folder = await temporaryFolder();
  const pidFile = join(folder, 'pid');
  const ffmpegPath = await playFfmpeg(
    folder,
    `trap '' TERM; echo $$ > ${pidFile}.new; mv ${pidFile}.new ${pidFile}; exec sleep 60`,
  );
  const converting = convertForTelephone({ file: 'greeting.mp3', ffmpegPath, mostSeconds: 60, timeoutMs: 2500 });
  await expect(converting).rejects.toMatchObject({ service: 'ffmpeg', reason: 'timeout' });
  const pid = Number(await readFile(pidFile, 'utf8'));
  await eventually(() => !isAlive(pid));
  await eventually(async () => (await foldersAtWork()).every((name) => before.includes(name)));
});

test('an ffmpeg that disappears between the check and the work fails the conversion and not the process', async () => {
  const folder = await temporaryFolder();
  const ffmpegPath = await playFfmpeg(folder, 'exit 0');
  const script = await readFile(ffmpegPath, 'utf8');
  await writeFile(ffmpegPath, script.replace('esac', `  *-version*) rm "$0" ;;\nesac`));
  const converting = convertForTelephone({ file: 'greeting.mp3', ffmpegPath, mostSeconds: 60, timeoutMs: 10_000 });
  await expect(converting).rejects.toMatchObject({ service: 'ffmpeg', reason: 'garbage' });
  await expect(exists(ffmpegPath)).resolves.toBe(false);
});

test('conversions take turns', async () => {
  const folder = await temporaryFolder();
  const diary = join(folder, 'diary');
  const ffmpegPath = await playFfmpeg(folder, `echo begin >> ${diary}; sleep 0.1; echo end >> ${diary}; exit 1`);
  const convert = () => convertForTelephone({ file: 'greeting.mp3', ffmpegPath, mostSeconds: 60, timeoutMs: 10_000 });
  await Promise.allSettled([convert(), convert(), convert()]);
  expect((await readFile(diary, 'utf8')).trim().split('\n')).toEqual(['begin', 'end', 'begin', 'end', 'begin', 'end']);
  await rm(diary);
});
