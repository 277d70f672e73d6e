import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { placeCall } from '../../src/simulator/place-call';
import { sayInTurn } from '../../src/simulator/caller';
import { temporaryFolder, whenDone } from '../support/frontdesk';
import { startGoogleTtsStub } from '../support/google-tts-stub';
import { startGroqStub } from '../support/groq-stub';
import { runFrontdesk } from '../support/process';

/** A disk of 32 kB; undefined where this user may not mount one. */
async function tinyDisk(): Promise<string | undefined> {
  const directory = join(await temporaryFolder(), 'disk');
  mkdirSync(directory);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', directory], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  whenDone(() => Promise.resolve(execFileSync('umount', ['-l', directory])));
  return directory;
}

test('with the disk full under AUDIO_DIR every clip is heard all the same', async () => {
  const disk = await tinyDisk();
  if (!disk) {
    process.stdout.write('Left out: mounting a tiny disk needs root.\n');
    return;
  }
  try {
    writeFileSync(join(disk, 'full'), Buffer.alloc(64_000));
  } catch {
    // It is full now.
  }
  const [groq, voice] = [await startGroqStub(), await startGoogleTtsStub()];
  whenDone(() => groq.close());
  whenDone(() => voice.close());
  groq.reply('We are open from nine to five. On Saturday we open at ten.');
  const frontdesk = await runFrontdesk({
    AUDIO_DIR: disk,
    GROQ_API_KEY: 'gsk_test',
    GROQ_BASE_URL: groq.url,
    GOOGLE_TTS_ENDPOINT: voice.endpoint,
  });
  const says = [{ say: 'When do you open?' }, { say: 'And on Saturday?' }];
  const report = await placeCall({ url: frontdesk.url }, sayInTurn(says, 'hang up'));
  expect(report.problems).toEqual([]);
  expect(report.heard.filter(({ by }) => by === 'play').length).toBeGreaterThanOrEqual(4);
  for (let ms = 0; ms < 5_000 && !frontdesk.output().includes('ENOSPC'); ms += 50) await pause(50);
  expect(frontdesk.output()).toMatch(/ENOSPC/);
});
