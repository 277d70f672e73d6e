import { status } from '@grpc/grpc-js';
import { systemClock } from '../../src/common/clock';
import { createGate, type Gate } from '../../src/common/gate';
import { silentLog } from '../../src/common/log';
import { createGoogleVoice } from '../../src/speech/google';
import { createSpeak } from '../../src/speech/speak';
import type { GoogleTtsStub } from '../support/google-tts-stub';
import { startGoogleTtsStub } from '../support/google-tts-stub';
import { profileSchema } from '../../src/common/profile';
import { VOICE, afterwards, openClips } from './kit';

const PROFILE = profileSchema.parse({ businessName: 'Juniper Lane Opticians' });

let google: GoogleTtsStub;
beforeAll(async () => (google = await startGoogleTtsStub()));
afterEach(() => google.reset());
afterAll(() => google.close());

async function openMouth(gate?: Gate) {
  const voice = createGoogleVoice({
    endpoint: google.endpoint,
    ...(gate ? { gate } : {}),
    timeoutMs: 5000,
    log: silentLog,
    clock: systemClock,
  });
  afterwards(() => voice.close());
  const clips = await openClips();
  return { clips, speak: createSpeak({ synthesize: voice.synthesize, clips, profile: () => PROFILE }) };
}

const never = () => new AbortController().signal;

test('a sentence becomes a clip that can be fetched', async () => {
  const { speak, clips } = await openMouth();
  const clip = await speak('We open at nine.', VOICE, never());
  expect(clip.durationMs).toBe(16 * 65);
  expect((await clips.find(clip.name))?.isForAll).toBe(false);
});

test('the same sentence in the same voice is made once; another voice is another clip', async () => {
  const { speak } = await openMouth();
  const first = await speak('We open at nine.', VOICE, never());
  expect(await speak('We open at nine.', VOICE, never())).toEqual(first);
  expect(google.requests).toHaveLength(1);
  const other = await speak('We open at nine.', { ...VOICE, name: 'en-US-Neural2-A' }, never());
  expect(other.name).not.toBe(first.name);
  expect(google.requests.map(({ voice }) => voice)).toEqual([VOICE.name, 'en-US-Neural2-A']);
});

test('callers who need the same sentence at the same moment share one request', async () => {
  const { speak } = await openMouth();
  google.delay = { baseMs: 50, perCharMs: 0 };
  const clips = await Promise.all(Array.from({ length: 8 }, () => speak('We open at nine.', VOICE, never())));
  expect(new Set(clips.map(({ name }) => name)).size).toBe(1);
  expect(google.requests).toHaveLength(1);
});

test('a caller who interrupts gives up alone; the others still get the sentence', async () => {
  const { speak } = await openMouth();
  google.delay = { baseMs: 50, perCharMs: 0 };
  const interrupted = new AbortController();
  const mine = speak('We open at nine.', VOICE, interrupted.signal);
  const theirs = speak('We open at nine.', VOICE, never());
  interrupted.abort(new Error('talked over'));
  await expect(mine).rejects.toThrow('talked over');
  await expect(theirs).resolves.toMatchObject({ durationMs: 16 * 65 });
  expect(google.requests).toHaveLength(1);
});

test('what an interrupted caller asked for is there for the next one', async () => {
  const { speak, clips } = await openMouth();
  google.delay = { baseMs: 30, perCharMs: 0 };
  const interrupted = new AbortController();
  const mine = speak('We open at nine.', VOICE, interrupted.signal);
  interrupted.abort();
  await expect(mine).rejects.toThrow();
  await speak('We open at nine.', VOICE, never());
  expect(google.requests).toHaveLength(1);
  expect(clips.stats().memoryClips).toBe(1);
});

test('a turn that is already over asks nothing of Google', async () => {
  const { speak } = await openMouth();
  await expect(speak('We open at nine.', VOICE, AbortSignal.abort())).rejects.toThrow();
  expect(google.requests).toHaveLength(0);
});

test('a failure reaches everyone who waits, and is not remembered', async () => {
  const { speak } = await openMouth();
  google.next({ fail: status.INTERNAL });
  const both = await Promise.allSettled([speak('Hello.', VOICE, never()), speak('Hello.', VOICE, never())]);
  expect(both).toMatchObject([{ reason: { reason: 'server-error' } }, { reason: { reason: 'server-error' } }]);
  await expect(speak('Hello.', VOICE, never())).resolves.toBeDefined();
  expect(google.requests).toHaveLength(2);
});

test('a long-lived turn does not gather listeners', async () => {
  const { speak } = await openMouth();
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
  signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
  await speak('One.', VOICE, signal);
  await speak('Two.', VOICE, signal);
  await new Promise(setImmediate);
  expect(listeners).toBe(0);
});

test('what nobody waits for any more is not asked for when its turn comes; what one still waits for is', async () => {
  const { speak } = await openMouth(createGate('google', { atOnce: 1, waiting: 9, waitMs: 5_000 }));
  google.delay = { baseMs: 80, perCharMs: 0 };
  const gone = new AbortController();
  const first = speak('We open at nine.', VOICE, never());
  const deserted = speak('We close at five.', VOICE, gone.signal);
  const shared = [speak('See you soon.', VOICE, gone.signal), speak('See you soon.', VOICE, never())];
  gone.abort(new Error('hung up'));
  await expect(deserted).rejects.toThrow('hung up');
  await expect(shared[0]).rejects.toThrow('hung up');
  await Promise.all([first, shared[1]]);
  expect(google.requests.map(({ text }) => text)).toEqual(['We open at nine.', 'See you soon.']);
  expect((await speak('We close at five.', VOICE, never())).durationMs).toBeGreaterThan(0);
});
