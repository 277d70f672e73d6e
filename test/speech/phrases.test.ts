import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { silentLog } from '../../src/common/log';
import { createGoogleVoice } from '../../src/speech/google';
import type { PhrasesOptions } from '../../src/speech/phrases';
import { createPhrases } from '../../src/speech/phrases';
import { readWav } from '../../src/speech/wav';
import type { GoogleTtsStub } from '../support/google-tts-stub';
import { startGoogleTtsStub } from '../support/google-tts-stub';
import { VOICE, afterwards, eventually, manualClock, openClips, recordingLog } from './kit';

let google: GoogleTtsStub;
beforeAll(async () => (google = await startGoogleTtsStub()));
afterEach(() => google.reset());
afterAll(() => google.close());

const TEXTS = [{ text: 'Welcome!', leadInMs: 300 }, { text: 'One moment.' }, { text: 'Goodbye!' }];

async function openPhrases(options: { directory?: string } & Partial<PhrasesOptions> = {}) {
  const { directory, ...rest } = options;
  const clock = manualClock();
  const voice = createGoogleVoice({ endpoint: google.endpoint, timeoutMs: 5000, log: silentLog, clock });
  const clips = await openClips(directory === undefined ? {} : { directory });
  const log = recordingLog();
  const phrases = createPhrases({ synthesize: voice.synthesize, clips, voice: VOICE, log, ...rest });
  afterwards(() => {
    phrases.close();
    return voice.close();
  });
  return { ...phrases, clips, log, clock };
}

test('phrases are ready before anyone calls, the greeting with a pause before its first word', async () => {
  const { prepare, clipFor, clips } = await openPhrases();
  expect(clipFor('Welcome!')).toBeUndefined();
  await prepare(TEXTS);
  expect(clipFor('Welcome!')?.durationMs).toBe(8 * 65 + 300);
  expect(clipFor('One moment.')?.durationMs).toBe(11 * 65);
  const greeting = await clips.find(clipFor('Welcome!')?.name ?? '');
  expect(greeting?.isForAll).toBe(true);
  const info = readWav(greeting?.wav ?? Buffer.alloc(0));
  const start = info?.dataStart ?? 0;
  expect(greeting?.wav.subarray(start, start + 2400).every((byte) => byte === 0xff)).toBe(true);
  expect(greeting?.wav.subarray(start + 2400).every((byte) => byte === 0xff)).toBe(false);
});

test('they are made one at a time', async () => {
  const { prepare } = await openPhrases();
  google.delay = { baseMs: 30, perCharMs: 0 };
  await prepare(TEXTS);
  const gaps = google.requests.map(({ at }, i) => at - (google.requests[i - 1]?.at ?? 0)).slice(1);
  expect(google.requests.map(({ text }) => text)).toEqual(TEXTS.map(({ text }) => text));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(25);
});

test('the second start asks Google for nothing', async () => {
  const first = await openPhrases();
  await first.prepare(TEXTS);
  await first.clips.close();
  const second = await openPhrases({ directory: first.clips.directory });
  await second.prepare(TEXTS);
  expect(TEXTS.map(({ text }) => second.clipFor(text))).toEqual(TEXTS.map(({ text }) => first.clipFor(text)));
  expect(google.requests).toHaveLength(3);
});

test('a phrase whose file is broken is made again, and only that one', async () => {
  const first = await openPhrases();
  await first.prepare(TEXTS);
  await first.clips.close();
  await writeFile(join(first.clips.directory, 'phrases', first.clipFor('Goodbye!')?.name ?? ''), '');
  const second = await openPhrases({ directory: first.clips.directory });
  await second.prepare(TEXTS);
  expect(second.clipFor('Goodbye!')).toEqual(first.clipFor('Goodbye!'));
  expect(google.requests.slice(3).map(({ text }) => text)).toEqual(['Goodbye!']);
});

test('another voice says everything anew', async () => {
  const first = await openPhrases();
  await first.prepare(TEXTS);
  const second = await openPhrases({ directory: first.clips.directory, voice: { ...VOICE, name: 'en-US-Neural2-A' } });
  await second.prepare(TEXTS);
  expect(google.requests).toHaveLength(6);
});

test('when the voice fails, the operator reads one line, and what is missing is made later', async () => {
  const { prepare, clipFor, log } = await openPhrases({ retryMs: 20 });
  google.next('speak');
  google.next({ fail: status.INTERNAL });
  await prepare(TEXTS);
  expect(clipFor('Welcome!')).toBeDefined();
  expect(clipFor('Goodbye!')).toBeUndefined();
  expect(log.lines).toMatchObject([{ level: 'warn', type: 'phrases', data: { reason: 'server-error', missing: 2 } }]);
  await eventually(() => clipFor('Goodbye!') !== undefined);
  expect(clipFor('One moment.')).toBeDefined();
  expect(google.requests.map(({ text }) => text)).toEqual(['Welcome!', 'One moment.', 'One moment.', 'Goodbye!']);
  expect(log.lines).toHaveLength(1);
});

test('the pauses between tries grow', async () => {
  const { prepare, log } = await openPhrases({ retryMs: 5 });
  google.behave({ fail: status.UNKNOWN });
  await prepare(TEXTS);
  await eventually(() => log.lines.length >= 3);
  expect(log.lines.slice(0, 3).map(({ data }) => data?.['retryInMs'])).toEqual([5, 10, 20]);
});

test('one phrase that Google refuses does not keep the others from being ready', async () => {
  const { prepare, clipFor } = await openPhrases();
  google.forText('One moment.', { fail: status.INVALID_ARGUMENT });
  await prepare(TEXTS);
  expect(TEXTS.map(({ text }) => clipFor(text) !== undefined)).toEqual([true, false, true]);
});

test('a changed profile replaces the phrases, also while the old ones are still being made', async () => {
  const { prepare, clipFor } = await openPhrases();
  google.delay = { baseMs: 30, perCharMs: 0 };
  const before = prepare(TEXTS);
  await eventually(() => google.requests.length === 1);
  await prepare([{ text: 'Good day!' }, { text: 'Goodbye!' }]);
  await before;
  expect(TEXTS.map(({ text }) => clipFor(text) !== undefined)).toEqual([false, false, true]);
  expect(clipFor('Good day!')).toBeDefined();
  expect(google.requests.map(({ text }) => text).sort()).toEqual(['Good day!', 'Goodbye!', 'Welcome!']);
});

test('a phrase that stays is ready all the while', async () => {
  const { prepare, clipFor } = await openPhrases();
  await prepare(TEXTS);
  const again = prepare([{ text: 'Goodbye!' }, { text: 'Good day!' }]);
  expect(clipFor('Goodbye!')).toBeDefined();
  expect(clipFor('Welcome!')).toBeUndefined();
  await again;
});

test('after closing nothing is tried again', async () => {
  const { prepare, close } = await openPhrases({ retryMs: 10 });
  google.behave({ fail: status.UNKNOWN });
  await prepare(TEXTS);
  close();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(google.requests).toHaveLength(1);
});
