import { execFileSync, spawnSync } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareRecordedGreeting } from '../../src/speech/recorded-greeting';
import { readWav } from '../../src/speech/wav';
import { writeWav } from '../../src/speech/wav-writing';
import { openClips, recordingLog, temporaryFolder } from './kit';

const PROGRAM = 'ffmpeg';
const hasFfmpeg = spawnSync(PROGRAM, ['-version']).status === 0;
const withFfmpeg = hasFfmpeg ? test : test.skip;
const note = hasFfmpeg ? '' : ' (skipped: ffmpeg is not installed)';

/** A recording as an owner might make one: two seconds of a tone, 44.1 kHz, stereo. */
async function record(name = 'greeting.wav', seconds = 2): Promise<string> {
  const file = join(await temporaryFolder(), name);
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-ac', '2', '-ar', '44100'];
  execFileSync(PROGRAM, [...tone, file], { stdio: 'ignore' });
  return file;
}

describe(`with ffmpeg${note}`, () => {
  withFfmpeg.each(['greeting.wav', 'greeting.mp3', 'greeting; touch me.ogg'])(
    "the owner's %s is played to callers, after a short pause",
    async (name) => {
      const clips = await openClips();
      const log = recordingLog();
      const clip = await prepareRecordedGreeting({ file: await record(name), clips, log });
      expect(log.lines).toEqual([]);
      expect(clip?.durationMs).toBeGreaterThanOrEqual(2300);
      expect(clip?.durationMs).toBeLessThan(2450);
      const found = await clips.find(clip?.name ?? '');
      expect(found?.isForAll).toBe(true);
      expect(readWav(found?.wav ?? Buffer.alloc(0))).toMatchObject({ format: 'mulaw', sampleRate: 8000, channels: 1 });
    },
  );

  withFfmpeg('the second start does not convert it again, a new recording is another clip', async () => {
    const first = await openClips();
    const log = recordingLog();
    const file = await record();
    const clip = await prepareRecordedGreeting({ file, clips: first, log });
    await first.close();
    const second = await openClips({ directory: first.directory });
    const noFfmpeg = { ffmpegPath: '/nowhere/ffmpeg', clips: second, log };
    expect(await prepareRecordedGreeting({ file, ...noFfmpeg })).toEqual(clip);
    const other = await prepareRecordedGreeting({ file: await record('other.wav', 1), clips: second, log });
    expect(other?.name).not.toBe(clip?.name);
    expect(log.lines).toEqual([]);
  });

  withFfmpeg('a recording longer than a minute is refused, with the reason', async () => {
    const log = recordingLog();
    const clip = await prepareRecordedGreeting({ file: await record('long.mp3', 65), clips: await openClips(), log });
    expect(clip).toBeUndefined();
    expect(JSON.stringify(log.lines)).toContain('longer than 60 s');
  });

  withFfmpeg('a file that is no audio is refused, and the next one still works', async () => {
    const log = recordingLog();
    const clips = await openClips();
    const file = join(await temporaryFolder(), 'greeting.mp3');
    await writeFile(file, 'This is a letter.');
    expect(await prepareRecordedGreeting({ file, clips, log })).toBeUndefined();
    expect(log.lines).toMatchObject([{ level: 'warn', type: 'greeting', data: { file } }]);
    expect(await prepareRecordedGreeting({ file: await record(), clips, log })).toBeDefined();
  });

  withFfmpeg('ffmpeg that disappears while we run is a log line, not the end of the process', async () => {
    const log = recordingLog();
    const clips = await openClips();
    expect(await prepareRecordedGreeting({ file: await record(), clips, log })).toBeDefined();
    const file = await record('other.wav', 1);
    expect(await prepareRecordedGreeting({ file, ffmpegPath: '/nowhere/ffmpeg', clips, log })).toBeUndefined();
    expect(log.lines).toHaveLength(1);
    expect(await prepareRecordedGreeting({ file, clips, log })).toBeDefined();
  });
});

describe('without ffmpeg', () => {
  const missing = { ffmpegPath: '/nowhere/ffmpeg' };

  test('the log names the variable to set, and the greeting is left to the voice', async () => {
    const log = recordingLog();
    const file = join(await temporaryFolder(), 'greeting.wav');
    await writeFile(file, writeWav({ format: 'pcm16', sampleRate: 8000, channels: 1, samples: Buffer.alloc(16_000) }));
    expect(await prepareRecordedGreeting({ file, clips: await openClips(), log, ...missing })).toBeUndefined();
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]?.data?.['message']).toMatch(/\/nowhere\/ffmpeg.*FFMPEG_PATH/);
  });

  test.each([
    ['that is not there', (folder: string) => Promise.resolve(join(folder, 'greeting.wav')), /ENOENT/],
    ['that is a folder', (folder: string) => Promise.resolve(folder), /not a file/],
    ['of more than 25 MB', tooLarge, /larger than 25 MB/],
  ])('a recording %s is refused before anything is converted', async (_what, make, reason) => {
    const log = recordingLog();
    const file = await make(await temporaryFolder());
    expect(await prepareRecordedGreeting({ file, clips: await openClips(), log, ...missing })).toBeUndefined();
    expect(log.lines[0]?.data?.['message']).toMatch(reason);
  });
});

async function tooLarge(folder: string): Promise<string> {
  const file = join(folder, 'greeting.wav');
  const handle = await open(file, 'w');
  await handle.truncate(25 * 1024 * 1024 + 1);
  await handle.close();
  return file;
}
