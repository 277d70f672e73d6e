import { credentials, status } from '@grpc/grpc-js';
import { TextToSpeechClient } from '@google-cloud/text-to-speech';
import { PassThroughClient } from 'google-auth-library';
import { readWav } from '../../src/speech/wav';
import type { GoogleTtsStub } from '../support/google-tts-stub';
import { startGoogleTtsStub } from '../support/google-tts-stub';
import { afterwards } from './kit';

let google: GoogleTtsStub;
let client: TextToSpeechClient;

beforeEach(async () => {
  google = await startGoogleTtsStub();
  const [host, port] = google.endpoint.split(':');
  client = new TextToSpeechClient({
    apiEndpoint: host ?? '',
    port: Number(port),
    sslCreds: credentials.createInsecure(),
    authClient: new PassThroughClient(),
  });
  afterwards(() => google.close());
  afterwards(() => client.close());
});

async function ask(text: string, audioEncoding: 'LINEAR16' | 'MULAW' | 'ALAW' | 'PCM' | 'MP3' = 'MULAW', rate = 8000) {
  const [answer] = await client.synthesizeSpeech(
    { input: { text }, voice: { languageCode: 'en-US' }, audioConfig: { audioEncoding, sampleRateHertz: rate } },
    { retry: null, timeout: 2000 },
  );
  return Buffer.from(answer.audioContent as Uint8Array);
}

test.each([
  ['LINEAR16', 'pcm16', 24_000],
  ['MULAW', 'mulaw', 8000],
  ['ALAW', 'alaw', 8000],
] as const)('%s comes as a WAV of the rate asked for', async (encoding, format, rate) => {
  const wav = await ask('Hello there.', encoding, rate);
  expect(readWav(wav)).toMatchObject({ format, sampleRate: rate, channels: 1, durationMs: 12 * 65 });
});

test('PCM comes without a header', async () => {
  const raw = await ask('Hello there.', 'PCM');
  expect(readWav(raw)).toBeUndefined();
  expect(raw).toHaveLength((12 * 65 * 8000 * 2) / 1000);
});

test('it is loud enough to be heard, and different for different words of the same length', async () => {
  const [one, again, other] = [await ask('nine', 'PCM'), await ask('nine', 'PCM'), await ask('five', 'PCM')];
  const samples = Array.from({ length: one.length / 2 }, (_, i) => one.readInt16LE(i * 2));
  expect(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)).toBeGreaterThan(3000);
  expect(one).toEqual(again);
  expect(one).not.toEqual(other);
});

/** ITU-T G.711 the other way round, to see that the telephone formats carry the same tones. */
const fromMulaw = (code: number) => {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return bits & 0x80 ? -magnitude : magnitude;
};
const fromAlaw = (code: number) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const magnitude = exponent === 0 ? ((bits & 0x0f) << 4) + 8 : (((bits & 0x0f) << 4) + 264) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
};

test.each([
  ['MULAW', fromMulaw],
  ['ALAW', fromAlaw],
] as const)('%s carries the same tones as plain samples', async (encoding, decode) => {
  const raw = await ask('nine', 'PCM');
  const wav = await ask('nine', encoding);
  const start = readWav(wav)?.dataStart ?? 0;
  for (let i = 0; i < raw.length / 2; i++) {
    const plain = raw.readInt16LE(i * 2);
    expect(Math.abs(decode(wav[start + i] ?? 0) - plain)).toBeLessThanOrEqual(16 + Math.abs(plain) / 16);
  }
});

test('it refuses what Google refuses', async () => {
  google.voices = { names: ['en-US-Neural2-F'], refuse: status.NOT_FOUND };
  await expect(ask('Hello.')).rejects.toMatchObject({ code: status.NOT_FOUND });
  google.voices = undefined;
  await expect(ask('x'.repeat(5001))).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  await expect(ask('Hello.', 'MP3')).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
});

test('a text can behave in its own way, then the next few requests, then all', async () => {
  google.behave('empty');
  google.next({ fail: status.INTERNAL }, 2);
  google.forText(/good/i, 'speak');
  await expect(ask('Goodbye.')).resolves.not.toHaveLength(0);
  await expect(ask('Hello.')).rejects.toMatchObject({ code: status.INTERNAL });
  await expect(ask('Hello.')).rejects.toMatchObject({ code: status.INTERNAL });
  await expect(ask('Hello.')).resolves.toHaveLength(0);
  google.reset();
  await expect(ask('Hello.')).resolves.not.toHaveLength(0);
  expect(google.requests).toHaveLength(1);
});

test('an answer takes as long as it is told to', async () => {
  google.delay = { baseMs: 50, perCharMs: 10 };
  const startedAt = Date.now();
  await ask('0123456789');
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(140);
});
