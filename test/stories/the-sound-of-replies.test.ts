import { addressIn, startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { startGoogleTtsStub } from '../support/google-tts-stub';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CALL = `CA${'1'.repeat(32)}`;
const GONE = 'is no longer here';
/** The page waits for what the clip store does in the background. */
const PATIENCE_MS = 5_000;

const pageOf = async ({ url }: Running) =>
  (await fetch(`${url}/calls/${CALL}`, { headers: { accept: 'text/html' } })).text();
const offeredOn = (page: string) =>
  [...page.matchAll(/src="(\/api\/voice\/audio\/[^"]+)"/g)].map(([, src]) => src ?? '');

/** A Frontdesk, and those that take its place at a later time. */
async function start() {
  let now = Date.UTC(2026, 10, 20, 15);
  const voice = await startGoogleTtsStub();
  whenDone(() => voice.close());
  const overrides = { clock: { now: () => now } };
  const env = { GOOGLE_TTS_ENDPOINT: voice.endpoint };
  const first = await startFrontdesk({ signed: false, overrides, env });
  const folders = { AUDIO_DIR: `${first.directory}/audio`, DATA_DIR: `${first.directory}/data` };
  const later = (ms: number) => {
    now += ms;
    return startFrontdesk({ signed: false, overrides, env: { ...env, ...folders } });
  };
  return { first, later };
}

test('each reply can be heard as long as sound is kept; later the page offers none, and says so', async () => {
  const { first, later } = await start();
  const privacy = { method: 'PUT', body: JSON.stringify({ privacy: { audioDays: 10 } }) };
  await fetch(`${first.url}/api/settings/rules`, { ...privacy, headers: { 'content-type': 'application/json' } });
  const { xml } = await first.post('incoming');
  await first.post(addressIn(xml, 'process'), { SpeechResult: 'When are you open?' });
  const offered = offeredOn(await pageOf(first));
  expect(offered.length).toBeGreaterThan(0);
  const lengthsAt = (url: string) =>
    Promise.all(offered.map(async (src) => (await (await fetch(url + src)).arrayBuffer()).byteLength));
  const lengths = await lengthsAt(first.url);
  for (const ms of [2 * HOUR, 9 * DAY]) {
    const second = await later(ms);
    await new Promise((resolve) => setTimeout(resolve, 200)); // it prunes
    const page = await pageOf(second);
    expect([offeredOn(page), page.includes(GONE), await lengthsAt(second.url)]).toEqual([offered, false, lengths]);
  }
  const last = await later(DAY);
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await pageOf(last)).includes(GONE) && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const page = await pageOf(last);
  expect([page.includes(GONE), page.includes('We are open')]).toEqual([true, true]);
  expect(offeredOn(page).length).toBeLessThan(offered.length);
}, 20_000);
