import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AUTH_TOKEN, CALLER, BUSINESS, sign, temporaryFolder, whenDone } from '../support/frontdesk';
import { startGoogleTtsStub } from '../support/google-tts-stub';
import { startGroqStub } from '../support/groq-stub';

const WARM = 2_000;
const ALL = 10_000;
const AT_ONCE = 20;

interface Figures {
  heapUsed: number;
  resources: Record<string, number>;
}

async function ask(child: ChildProcess): Promise<Figures> {
  const answer = once(child, 'message');
  child.send('figures');
  return ((await answer) as [Figures])[0];
}

async function post(url: string, route: string, fields: Record<string, string>): Promise<string> {
  const form = { From: CALLER, To: BUSINESS, CallStatus: 'in-progress', ...fields };
  const target = `${url}/api/voice/${route}`;
  const response = await fetch(target, {
    method: 'POST',
    headers: { 'x-twilio-signature': sign(target, form) },
    body: new URLSearchParams(form),
  });
  expect([200, 204]).toContain(response.status);
  return response.text();
}

async function call(url: string, number: number): Promise<void> {
  const CallSid = `CA${String(number).padStart(32, '0')}`;
  await post(url, 'incoming', { CallSid, CallStatus: 'ringing' });
  await post(url, `process?call_sid=${CallSid}&turn=1`, { CallSid, SpeechResult: `Is number ${number} ready?` });
  if (number % 10 === 0) return; // its status callback never comes
  await post(url, 'status', { CallSid, CallStatus: 'completed' });
}

async function calls(url: string, from: number, to: number): Promise<void> {
  let next = from;
  const caller = async () => {
    while (next < to) await call(url, next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
}

test('ten thousand calls leave nothing behind', async () => {
  const [groq, voice, directory] = [await startGroqStub(), await startGoogleTtsStub(), await temporaryFolder()];
  whenDone(() => groq.close());
  whenDone(() => voice.close());
  groq.reply('Number ready, I think. Anything else?');
  const audio = join(directory, 'audio');
  const child = fork(join(__dirname, 'app-process.cjs'), {
    execArgv: ['--expose-gc'],
    env: {
      ...process.env,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      GROQ_API_KEY: 'gsk_test',
      GROQ_BASE_URL: groq.url,
      GOOGLE_TTS_ENDPOINT: voice.endpoint,
      AUDIO_DIR: audio,
      DATA_DIR: join(directory, 'data'),
      MAX_CONCURRENT_CALLS: '100000',
    },
  });
  whenDone(() => Promise.resolve(child.kill('SIGKILL')));
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const url = `http://127.0.0.1:${port}`;

  await calls(url, 0, WARM);
  await forget(url, 0, WARM);
  await pause(6_000);
  const before = await ask(child);
  const filesBefore = readdirSync(audio).length;
  await calls(url, WARM, ALL);
  await forget(url, WARM, ALL);
  await pause(6_000);
  const after = await ask(child);

  const grownBy = after.heapUsed - before.heapUsed;
  process.stdout.write(`heap after ${WARM} and ${ALL} calls: ${before.heapUsed} and ${after.heapUsed} bytes\n`);
  expect(Math.abs(grownBy)).toBeLessThan(2_000_000); // 250 bytes a call: a call that stays takes thousands
  expect(after.resources).toEqual(before.resources);
  expect(readdirSync(audio).length).toBeLessThanOrEqual(filesBefore + 5);
  expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ active_calls: 0 });
}, 900_000);

/** The calls without a status callback are ended here, so that the figures compare like with like. */
async function forget(url: string, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number += 10) {
    const CallSid = `CA${String(number).padStart(32, '0')}`;
    await post(url, 'status', { CallSid, CallStatus: 'completed' });
  }
}
