import { sayInTurn } from '../../src/simulator/caller';
import type { CallReport } from '../../src/simulator/call-report';
import type { PhoneLine } from '../../src/simulator/phone-line';
import { placeCall } from '../../src/simulator/place-call';
import { chunk, makeWav } from './make-wav';
import { startStubApp } from './stub-app';

async function hear(body: Buffer, line: Partial<PhoneLine> = {}, type = 'audio/x-wav'): Promise<CallReport> {
  const app = await startStubApp({
    '/api/voice/incoming': '<Play>/clip.wav</Play>',
    '/clip.wav': { type, body },
  });
  const report = await placeCall({ url: app.url, ...line }, sayInTurn([]));
  await app.close();
  return report;
}

const noise = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 37) % 256));

test.each([
  ['mu-law', makeWav({ format: 7, data: noise })],
  ['A-law', makeWav({ format: 6, data: noise })],
  ['16-bit PCM', makeWav({})],
  ['a header with a chunk of odd length in it', makeWav({ chunkBefore: chunk('LIST', Buffer.from('odd')) })],
])('half a second of sound is heard in full: %s', async (_, body) => {
  expect(await hear(body)).toMatchObject({ problems: [], warnings: [], heard: [{ durationMs: 500 }] });
});

test('a line that takes any audio only warns of its shape', async () => {
  expect(await hear(makeWav({ rate: 24_000 }), { anyAudio: true })).toMatchObject({
    problems: [],
    warnings: [expect.stringContaining('24000 Hz')],
    heard: [{ durationMs: 500 }],
  });
  const mp3 = await hear(Buffer.from('ID3'), { anyAudio: true }, 'audio/mpeg');
  expect(mp3).toMatchObject({ problems: [], warnings: [expect.stringContaining('audio/mpeg')] });
});

test('a line that allows a short silence still fails for a long one', async () => {
  const allowing = { allowShortSilence: true };
  const short = await hear(makeWav({ data: Buffer.alloc(16_000) }), allowing);
  expect(short).toMatchObject({ problems: [], warnings: [expect.stringContaining('silent clip of 1000 ms')] });
  const long = await hear(makeWav({ data: Buffer.alloc(32_000) }), allowing);
  expect(long.problems).toMatchObject([{ code: 'clip-silent' }]);
});

test('a clip that loops is heard as long as it takes', async () => {
  const app = await startStubApp({ '/api/voice/incoming': '<Play loop="3">/tone.wav</Play><Play digits="1w2"/>' });
  const report = await placeCall({ url: app.url }, sayInTurn([]));
  await app.close();
  expect(report.heard).toMatchObject([{ durationMs: 1500 }]);
  expect(app.to('/tone.wav')).toHaveLength(1);
});

test('every clip of a Gather is fetched before the first is heard', async () => {
  const app = await startStubApp({
    '/api/voice/incoming': '<Gather><Play>/tone.wav</Play><Play>/gone.wav</Play></Gather>',
  });
  const report = await placeCall({ url: app.url }, sayInTurn([]));
  await app.close();
  expect(report).toMatchObject({ endedBy: 'problem', heard: [], problems: [{ code: 11217 }] });
});
