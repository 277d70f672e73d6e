import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { quietWav } from '../../src/speech/wav';
import {
  addressIn,
  AUTH_TOKEN,
  BUSINESS,
  CALLER,
  saidIn,
  startFrontdesk,
  whenDone,
  type Running,
} from '../support/frontdesk';
import { startTwilioRestStub } from '../support/twilio-rest-stub';
import { simulate } from '../support/simulate';

const TOKEN = 'an-admin-token-of-tests';
const CALL = 'CA' + '1'.repeat(32);
const RECORDING = 'RE' + 'a'.repeat(32);
const headers = { authorization: `Bearer ${TOKEN}` };

async function start(setup: Parameters<typeof startFrontdesk>[0] = {}) {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  twilio.state.account.authToken = AUTH_TOKEN;
  const env = {
    ADMIN_TOKEN: TOKEN,
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: twilio.state.account.sid,
    TWILIO_PHONE_NUMBER: BUSINESS,
  };
  return { twilio, frontdesk: await startFrontdesk({ ...setup, env: { ...env, ...setup.env } }) };
}

const address = (xml: string, route: string) =>
  new RegExp(`[^"<>]*/api/voice/${route}\\?[^"<>]*`).exec(xml)?.[0].replaceAll('&amp;', '&') ?? '';

/** A caller whom nobody understands, up to the tone. */
async function upToTheTone(frontdesk: Running) {
  let { xml } = await frontdesk.post('incoming');
  for (let times = 0; times < 3; times += 1)
    ({ xml } = await frontdesk.post(addressIn(xml, 'process'), {
      SpeechResult: 'grmbl wzz mumble',
      Confidence: '0.1',
    }));
  return xml;
}

interface Listed {
  id: string;
  number: string | null;
  test: boolean;
  voicemail: { seconds: number; url: string | null } | null;
}
async function messages({ url }: Running): Promise<Listed[]> {
  const answer = await fetch(`${url}/api/messages`, { headers });
  return ((await answer.json()) as { messages: Listed[] }).messages;
}
async function kept(frontdesk: Running): Promise<Listed> {
  for (;;) {
    const [message] = await messages(frontdesk);
    if (message?.voicemail?.url) return message;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const made = { RecordingSid: RECORDING, RecordingDuration: '9' };
const wav = quietWav(9_000);
const recordingAtTwilio = (sound = wav) => ({
  ...{ sid: RECORDING, call_sid: CALL, duration: '9', wav: sound },
  date_created: new Date().toUTCString(),
});

test('who is not understood three times speaks to a recording, which is kept here and removed at Twilio', async () => {
  const { twilio, frontdesk } = await start();
  const xml = await upToTheTone(frontdesk);
  expect(saidIn(xml)).toContain('After the tone');
  expect(xml).toMatch(/<Record [^>]*maxLength="120"/);
  twilio.state.recordings.push(recordingAtTwilio());
  twilio.state.recordingMisses = 1;
  const thanks = await frontdesk.post(address(xml, 'recorded'), { ...made, Digits: '#' });
  expect(saidIn(thanks.xml)).toContain('Your message is recorded.');
  expect(thanks.xml).toContain('<Hangup/>');
  await frontdesk.post(address(xml, 'recording'), { ...made, RecordingStatus: 'completed' });
  const message = await kept(frontdesk);
  expect(message).toMatchObject({ number: CALLER, voicemail: { seconds: 9 } });
  expect(await messages(frontdesk)).toHaveLength(1);
  const file = await fetch(frontdesk.url + String(message.voicemail?.url), { headers });
  expect(Buffer.from(await file.arrayBuffer()).equals(wav)).toBe(true);
  while (twilio.state.recordings.length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const stranger = await fetch(frontdesk.url + String(message.voicemail?.url), { redirect: 'manual' });
  expect(stranger.status).toBe(303);
});

test('a caller who hangs up while recording has left it all the same, told of in any order', async () => {
  const { twilio, frontdesk } = await start();
  const xml = await upToTheTone(frontdesk);
  twilio.state.recordings.push(recordingAtTwilio());
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '30' });
  await frontdesk.post(address(xml, 'recording'), { ...made, RecordingStatus: 'completed' });
  const late = await frontdesk.post(address(xml, 'recorded'), { ...made, Digits: 'hangup' });
  expect(late.xml).toContain('<Hangup/>');
  await kept(frontdesk);
  expect(await messages(frontdesk)).toHaveLength(1);
  const record = (await (await fetch(`${frontdesk.url}/api/calls/${CALL}`, { headers })).json()) as { outcome: string };
  expect(record.outcome).toBe('message');
});

test('a recording that is shorter than it was said to be is kept here, and there too', async () => {
  const { twilio, frontdesk } = await start();
  const xml = await upToTheTone(frontdesk);
  twilio.state.recordings.push(recordingAtTwilio(quietWav(2_000)));
  await frontdesk.post(address(xml, 'recording'), { ...made, RecordingStatus: 'completed' });
  await kept(frontdesk);
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // longer than between two looks at what is to be removed
  expect(twilio.state.recordings).toHaveLength(1);
});

test('while nothing can be written here a recording is not fetched again and again, and not given up', async () => {
  let now = Date.UTC(2026, 10, 20, 9);
  const { twilio, frontdesk } = await start({ overrides: { clock: { now: () => now } } });
  const inTheWay = join(frontdesk.directory, 'data', 'voicemails');
  await writeFile(inTheWay, '');
  const fetches = () => twilio.requests.filter(({ path }) => path.endsWith('.wav')).length;
  twilio.state.recordings.push(recordingAtTwilio());
  const xml = await upToTheTone(frontdesk);
  await frontdesk.post(address(xml, 'recording'), { ...made, RecordingStatus: 'completed' });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(fetches()).toBe(1);
  while (fetches() < 12) {
    now += 25 * 3_600_000;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await rm(inTheWay);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  now += 25 * 3_600_000;
  await kept(frontdesk);
}, 60_000);

test('a recording that is never there is given up, and tried again when the owner asks', async () => {
  let now = Date.UTC(2026, 10, 20, 9);
  const { twilio, frontdesk } = await start({ overrides: { clock: { now: () => now } } });
  const xml = await upToTheTone(frontdesk);
  await frontdesk.post(address(xml, 'recorded'), made);
  const page = async () =>
    (await fetch(`${frontdesk.url}/messages`, { headers: { ...headers, accept: 'text/html' } })).text();
  for (let tries = 0; !(await page()).includes('could not be fetched'); tries += 1) {
    now += 25 * 3_600_000;
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (tries > 100) throw new Error('never given up');
  }
  twilio.state.recordings.push(recordingAtTwilio());
  await fetch(`${frontdesk.url}/voicemails/${RECORDING}/again`, { method: 'POST', headers, redirect: 'manual' });
  await kept(frontdesk);
}, 60_000);

test('a caller who says nothing after the tone is not said to have left anything', async () => {
  const { frontdesk } = await start();
  const xml = await upToTheTone(frontdesk);
  const answer = await frontdesk.post(address(xml, 'recorded'));
  expect(saidIn(answer.xml)).toContain('I heard nothing');
  expect(await messages(frontdesk)).toEqual([]);
});

test('with every model and the voice down, a message is recorded instead of taken down', async () => {
  const { frontdesk } = await start({ groq: true, voice: true });
  frontdesk.groq.reply({ fault: { kind: 'status', status: 500 } });
  frontdesk.voice.behave({ fail: status.UNAVAILABLE });
  let { xml } = await frontdesk.post('incoming');
  for (const SpeechResult of ['Can you tell me how long the repair of a gear hub takes?', 'Yes, please.'])
    ({ xml } = await frontdesk.post(addressIn(xml, 'process'), { SpeechResult }));
  expect(xml).toContain('<Record ');
});

test.each(['failed', 'in-progress', 'absent'])('a recording that is %s is none', async (RecordingStatus) => {
  const { frontdesk } = await start();
  const xml = await upToTheTone(frontdesk);
  await frontdesk.post(address(xml, 'recording'), { ...made, RecordingStatus });
  expect(await messages(frontdesk)).toEqual([]);
});

test('the simulator records too, and its recording is a test', async () => {
  const { frontdesk } = await start();
  const mumble = { say: 'grmbl wzz mumble', confidence: 0.1 };
  const report = await simulate(frontdesk, [mumble, mumble, mumble], { recording: { seconds: 5 } });
  expect(report.problems).toEqual([]);
  expect(await messages(frontdesk)).toHaveLength(1);
});
