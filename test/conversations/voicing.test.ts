import type { Speak } from '../../src/conversations/ports';
import { voiced } from '../../src/conversations/voicing';

const CLIP = { name: 'a.wav', durationMs: 900 };
const VOICE = { name: 'en-US-Neural2-F', language: 'en-US' };
const later = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

/** What becomes of a sentence, and what was missed, when its speech may take 60 ms. */
async function tryOut(speak: Speak | undefined, signal = new AbortController().signal) {
  const missed: unknown[] = [];
  const mouth = { speak, voice: VOICE, missed: (error: unknown) => missed.push(error) };
  return { utterance: await voiced(mouth, 'We are open.', { patienceMs: 60, signal }), missed };
}

test('a sentence that can be had as a clip is one, in the voice that was asked for', async () => {
  const asked: unknown[] = [];
  const { utterance, missed } = await tryOut((text, voice) => {
    asked.push([text, voice]);
    return later(5, CLIP);
  });
  expect(utterance).toEqual({ text: 'We are open.', clip: CLIP });
  expect(asked).toEqual([['We are open.', VOICE]]);
  expect(missed).toEqual([]);
});

test('without a voice of its own, the telephone says it, and nothing is missed', async () => {
  expect(await tryOut(undefined)).toEqual({ utterance: { text: 'We are open.' }, missed: [] });
});

test.each<[string, Speak]>([
  ['fails', () => Promise.reject(new Error('no voice'))],
  [
    'fails at once',
    () => {
      throw new Error('no voice');
    },
  ],
  ['takes too long', () => later(300, CLIP)],
  ['never comes, and does not heed the signal', () => new Promise(() => undefined)],
])('speech that %s is missed once, and the telephone says it', async (_, speak) => {
  const { utterance, missed } = await tryOut(speak);
  expect(utterance).toEqual({ text: 'We are open.' });
  expect(missed).toHaveLength(1);
});

test('speech that takes too long is told to stop', async () => {
  let stopped = false;
  await tryOut((_, __, signal) => {
    signal.addEventListener('abort', () => (stopped = true));
    return later(300, CLIP);
  });
  expect(stopped).toBe(true);
});

test('speech that fails late, after it was given up, does no harm', async () => {
  const { missed } = await tryOut(async () => {
    await later(80, 0);
    throw new Error('late');
  });
  await later(50, 0);
  expect(missed).toHaveLength(1);
});

test('when the turn is over, speech ends at once, and nobody misses it', async () => {
  const controller = new AbortController();
  const work = tryOut(() => new Promise(() => undefined), controller.signal);
  controller.abort();
  expect(await work).toEqual({ utterance: { text: 'We are open.' }, missed: [] });
});
