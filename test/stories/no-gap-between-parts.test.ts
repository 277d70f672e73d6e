import { setTimeout as sleep } from 'node:timers/promises';
import { addressIn, startFrontdesk, type Answer, type Running } from '../support/frontdesk';

const REPLY =
  'We open at nine in the morning on weekdays, and at ten on Saturday. On Sunday the workshop stays closed all day. ' +
  'Punctures are mended while you wait, if you come before noon.';

const WAV_HEADER = 58;
const BYTES_A_MS = 8;

/** How long the clips of a document play, in ms; each is fetched, as Twilio does. */
async function playingMs(frontdesk: Running, { xml }: Answer): Promise<number> {
  let ms = 0;
  for (const [, address] of xml.matchAll(/<Play>([^<]+)<\/Play>/g)) {
    const wav = await (await fetch(new URL(address ?? '', frontdesk.url))).arrayBuffer();
    ms += (wav.byteLength - WAV_HEADER) / BYTES_A_MS;
  }
  return ms;
}

test('a model of 250 ms a word: nobody waits between the parts of its reply', async () => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true });
  Object.assign(frontdesk.voice.delay, { baseMs: 80, perCharMs: 0.5 });
  await frontdesk.app.warmUp();
  frontdesk.groq.reply({ words: REPLY, firstTokenMs: 180, tokenMs: 250 });
  let answer = await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' });
  const waits: number[] = [];
  while (answer.xml.includes('/continue?')) {
    await sleep(await playingMs(frontdesk, answer));
    answer = await frontdesk.post(addressIn(answer.xml, 'continue'));
    waits.push(Math.round(answer.ms));
  }
  expect(waits.length).toBeGreaterThanOrEqual(2);
  expect(Math.max(...waits)).toBeLessThan(200);
  expect(frontdesk.voice.requests.at(-1)?.text).toMatch(/before noon/);
}, 60_000);
