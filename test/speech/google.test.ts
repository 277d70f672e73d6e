import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { UpstreamError } from '../../src/common/errors';
import type { GoogleVoiceOptions } from '../../src/speech/google';
import { createGoogleVoice } from '../../src/speech/google';
import { readWav } from '../../src/speech/wav';
import { writeWav } from '../../src/speech/wav-writing';
import type { GoogleTtsStub } from '../support/google-tts-stub';
import { startGoogleTtsStub } from '../support/google-tts-stub';
import { VOICE, afterwards, manualClock, recordingLog, temporaryFolder } from './kit';

let google: GoogleTtsStub;
beforeAll(async () => (google = await startGoogleTtsStub()));
afterEach(() => google.reset());
afterAll(() => google.close());

function openVoice(options: Partial<GoogleVoiceOptions> = {}) {
  const log = recordingLog();
  const clock = manualClock();
  const voice = createGoogleVoice({ endpoint: google.endpoint, timeoutMs: 5000, log, clock, ...options });
  afterwards(() => voice.close());
  return { ...voice, log, clock, say: (text: string) => voice.synthesize(text, VOICE) };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('It did not fail.')),
    (error: unknown) => error as UpstreamError,
  );

test('a sentence becomes telephone audio, about as long as its words', async () => {
  const { say } = openVoice();
  const wav = await say('We open at nine tomorrow.');
  expect(readWav(wav)).toMatchObject({ format: 'mulaw', sampleRate: 8000, channels: 1, durationMs: 25 * 65 });
  expect(google.requests).toMatchObject([
    { text: 'We open at nine tomorrow.', voice: VOICE.name, language: 'en-US', encoding: 'MULAW', rate: 8000 },
  ]);
});

test('warming up asks nothing of Google that costs money', async () => {
  const { warm, say, log } = openVoice();
  await warm();
  expect(google.requests).toHaveLength(0);
  expect(log.lines).toHaveLength(0);
  await say('Hello.');
  expect(google.requests).toHaveLength(1);
});

test('warming up without a server is one log line', async () => {
  const gone = await startGoogleTtsStub();
  await gone.close();
  const { warm, log } = openVoice({ endpoint: gone.endpoint, timeoutMs: 300 });
  await warm();
  expect(log.lines).toMatchObject([{ level: 'warn', type: 'tts', step: 'warm' }]);
});

test('each request is one log line that tells sizes and time, never the words', async () => {
  const { say, log } = openVoice();
  const wav = await say('A secret.');
  google.next({ fail: status.INVALID_ARGUMENT, message: 'Sentence starting with: "A secret." is too long.' });
  await failureOf(say('A secret.'));
  expect(log.lines).toMatchObject([
    { level: 'info', type: 'tts', data: { chars: 9, bytes: wav.length }, durationMs: 0 },
    { level: 'warn', type: 'tts', data: { chars: 9, reason: 'bad-request' } },
  ]);
  expect(JSON.stringify(log.lines)).not.toContain('secret');
});

describe('a failure is told in words the ladder can act on', () => {
  test.each([
    [status.UNAUTHENTICATED, 'unauthorised'],
    [status.PERMISSION_DENIED, 'unauthorised'],
    [status.NOT_FOUND, 'model-gone'],
    [status.INVALID_ARGUMENT, 'bad-request'],
    [status.RESOURCE_EXHAUSTED, 'rate-limited'],
    [status.UNAVAILABLE, 'unreachable'],
    [status.DEADLINE_EXCEEDED, 'timeout'],
    [status.INTERNAL, 'server-error'],
    [status.UNKNOWN, 'server-error'],
  ] as const)('gRPC status %i is "%s", after one request', async (code, reason) => {
    google.behave({ fail: code });
    const failure = await failureOf(openVoice().say('Hello.'));
    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure).toMatchObject({ service: 'google-tts', reason });
    expect(google.requests).toHaveLength(1);
  });

  test.each([status.NOT_FOUND, status.INVALID_ARGUMENT] as const)(
    'an unknown voice (status %i) is gone',
    async (refuse) => {
      google.voices = { names: ['en-GB-Neural2-A'], refuse };
      expect(await failureOf(openVoice().say('Hello.'))).toMatchObject({ reason: 'model-gone' });
    },
  );

  test('no answer in time is a timeout', async () => {
    google.behave('hang');
    expect(await failureOf(openVoice({ timeoutMs: 100 }).say('Hello.'))).toMatchObject({ reason: 'timeout' });
  });

  test('an answer without audio is empty, and one that is no WAV is garbage', async () => {
    const { say } = openVoice();
    google.next('empty');
    google.next('garbage');
    expect(await failureOf(say('Hello.'))).toMatchObject({ reason: 'empty' });
    expect(await failureOf(say('Hello.'))).toMatchObject({ reason: 'garbage' });
  });

  test.each([
    ['another rate', { format: 'mulaw', sampleRate: 24_000, samples: Buffer.alloc(800) }],
    ['another format', { format: 'alaw', sampleRate: 8000, samples: Buffer.alloc(800) }],
    ['no sample', { format: 'mulaw', sampleRate: 8000, samples: Buffer.alloc(0) }],
  ] as const)('a WAV with %s is garbage', async (_what, parts) => {
    google.behave({ audio: writeWav({ channels: 1, ...parts }) });
    expect(await failureOf(openVoice().say('Hello.'))).toMatchObject({ reason: 'garbage' });
  });

  test('16-bit telephone audio is as good as mu-law', async () => {
    const samples = Buffer.alloc(1_600, 1);
    google.behave({ audio: writeWav({ channels: 1, format: 'pcm16', sampleRate: 8000, samples }) });
    expect(readWav(await openVoice().say('Hello.'))).toMatchObject({ format: 'pcm16', durationMs: 100 });
  });

  test('a server that is not there is unreachable', async () => {
    const gone = await startGoogleTtsStub();
    await gone.close();
    const failure = await failureOf(openVoice({ endpoint: gone.endpoint }).say('Hello.'));
    expect(failure.reason).toBe('unreachable');
  });

  test.each(['', '  ', 'é'.repeat(2501)])('text that Google would refuse is not sent', async (text) => {
    expect(await failureOf(openVoice().say(text))).toMatchObject({ reason: 'bad-request' });
    expect(google.requests).toHaveLength(0);
  });

  test('the longest text that Google takes is spoken', async () => {
    expect(readWav(await openVoice().say('é'.repeat(2500)))?.durationMs).toBe(2500 * 65);
  });
});

describe('credentials that cannot be loaded', () => {
  test('a missing key file names the variable to set, and a warm-up survives it', async () => {
    const { warm, say, log } = openVoice({ endpoint: undefined, keyFilename: '/nowhere/key.json' });
    await warm();
    expect(JSON.stringify(log.lines)).toContain('GOOGLE_APPLICATION_CREDENTIALS');
    const failure = await failureOf(say('Hello.'));
    expect(failure.reason).toBe('unauthorised');
    expect(failure.message).toMatch(/GOOGLE_APPLICATION_CREDENTIALS/);
  });

  test('a key file that is not JSON is refused without quoting it', async () => {
    const keyFilename = join(await temporaryFolder(), 'key.json');
    await writeFile(keyFilename, 'private-secret');
    const failure = await failureOf(openVoice({ endpoint: undefined, keyFilename }).say('Hello.'));
    expect(failure).toMatchObject({ reason: 'unauthorised' });
    expect(failure.message).not.toContain('private');
  });

  test('a key file that is put right while we run is read again after the rest', async () => {
    const keyFilename = join(await temporaryFolder(), 'key.json');
    const { say, clock } = openVoice({ endpoint: undefined, keyFilename });
    expect((await failureOf(say('Hello.'))).message).toContain('ENOENT');
    await writeFile(keyFilename, 'not quite right yet');
    clock.pass(60_000);
    expect((await failureOf(say('Hello.'))).message).toContain('not JSON');
  });

  test('default credentials that are not there fail the request and not the process', async () => {
    const unhandled: unknown[] = [];
    const listen = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', listen);
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = '/nowhere/key.json';
    try {
      expect(await failureOf(openVoice({ endpoint: undefined }).say('Hello.'))).toMatchObject({
        reason: 'unauthorised',
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      delete process.env['GOOGLE_APPLICATION_CREDENTIALS'];
      process.off('unhandledRejection', listen);
    }
    expect(unhandled).toEqual([]);
  });
});

describe('a voice that fails is left alone for a while', () => {
  test('a refused key is not tried again until the rest is over', async () => {
    const { say, clock } = openVoice();
    google.next({ fail: status.UNAUTHENTICATED });
    await failureOf(say('Hello.'));
    expect(await failureOf(say('Hello again.'))).toMatchObject({ reason: 'unauthorised' });
    expect(google.requests).toHaveLength(1);
    clock.pass(60_000);
    await say('Hello again.');
    expect(google.requests).toHaveLength(2);
  });

  test('one bad sentence does not silence the next', async () => {
    const { say } = openVoice();
    google.next({ fail: status.INVALID_ARGUMENT });
    await failureOf(say('Hello.'));
    await say('Hello again.');
    expect(google.requests).toHaveLength(2);
  });
});

test('after closing nothing more is asked of Google', async () => {
  const { say, close } = openVoice();
  await say('Hello.');
  await close();
  expect(await failureOf(say('Hello.'))).toMatchObject({ reason: 'unreachable' });
  expect(google.requests).toHaveLength(1);
});
