import { setTimeout as sleep } from 'node:timers/promises';
import { createWarmth } from '../../src/app/warmth';
import { countingLineTo } from '../support/counting-line';
import { addressIn, startFrontdesk, whenDone } from '../support/frontdesk';
import { startGoogleTtsStub } from '../support/google-tts-stub';
import { startGroqStub } from '../support/groq-stub';

/** Frontdesk with lines to Groq and to Google that count, after its start. */
async function startWarm() {
  const groq = await startGroqStub();
  whenDone(() => groq.close());
  const voice = await startGoogleTtsStub();
  whenDone(() => voice.close());
  const toGroq = await countingLineTo(new URL(groq.url).host);
  const toGoogle = await countingLineTo(voice.endpoint);
  const frontdesk = await startFrontdesk({
    env: {
      GROQ_API_KEY: 'gsk_test',
      GROQ_BASE_URL: `http://${toGroq.endpoint}`,
      GOOGLE_TTS_ENDPOINT: toGoogle.endpoint,
    },
  });
  await frontdesk.app.warmUp();
  return { frontdesk, groq, voice, dialled: () => [toGroq.dialled(), toGoogle.dialled()] };
}

test('the first turn after the start, and one after a long silence, open no new connection', async () => {
  const { frontdesk, groq, voice, dialled } = await startWarm();
  expect(dialled()).toEqual([1, 1]);
  const spoken = voice.requests.length;
  const greeting = await frontdesk.post('incoming');
  const first = await frontdesk.post(addressIn(greeting.xml, 'process'), { SpeechResult: 'Do you repair e-bikes?' });
  expect(dialled()).toEqual([1, 1]);
  await sleep(6_000);
  await frontdesk.post(addressIn(first.xml, 'process'), { SpeechResult: 'And on Saturday?' });
  expect([groq.requests.length, voice.requests.length > spoken]).toEqual([2, true]);
  expect(dialled()).toEqual([1, 1]);
});

test('connections are kept in use while there are calls, and no longer', async () => {
  let [asked, active] = [0, 1];
  const warm = () => Promise.resolve(void (asked += 1));
  const options = { models: { warm }, mouth: { google: () => undefined }, activeCalls: () => active, everyMs: 40 };
  const warmth = createWarmth(options);
  warmth.callOpened();
  warmth.callOpened();
  expect(asked).toBe(1);
  await sleep(100);
  expect(asked).toBeGreaterThan(1);
  active = 0;
  await sleep(60);
  const before = asked;
  await sleep(100);
  expect(asked).toBe(before);
  active = 1;
  warmth.callOpened();
  expect(asked).toBe(before + 1);
  warmth.close();
});

test('a clip is played before the disk has it, and even where the disk never takes it', async () => {
  const voice = await startGoogleTtsStub();
  whenDone(() => voice.close());
  const groq = await startGroqStub();
  whenDone(() => groq.close());
  // /dev/full takes nothing, and a folder under it cannot be made
  const frontdesk = await startFrontdesk({
    env: {
      AUDIO_DIR: '/dev/full/audio',
      GOOGLE_TTS_ENDPOINT: voice.endpoint,
      GROQ_API_KEY: 'gsk_test',
      GROQ_BASE_URL: groq.url,
    },
  });
  await frontdesk.app.warmUp();
  const greeting = await frontdesk.post('incoming');
  const answer = await frontdesk.post(addressIn(greeting.xml, 'process'), { SpeechResult: 'When are you open?' });
  const clip = async (xml: string) => {
    const response = await fetch(frontdesk.url + (/<Play>.*?(\/api[^<]*)<\/Play>/.exec(xml)?.[1] ?? ''));
    return [response.status, response.headers.get('cache-control'), (await response.arrayBuffer()).byteLength > 1_000];
  };
  expect(await clip(greeting.xml)).toEqual([200, 'public, max-age=31536000, immutable', true]);
  expect(await clip(answer.xml)).toEqual([200, 'private, no-store', true]);
});
