import type { AddressInfo } from 'node:net';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { addressIn, AUTH_TOKEN, sign, startFrontdesk, whenDone } from '../support/frontdesk';

test('a call that goes on over a restart keeps its conversation, and a repeated webhook its answer', async () => {
  const frontdesk = await startFrontdesk({ groq: true });
  frontdesk.groq.reply({ words: 'Hello Ada, what can I do for you?' });
  const greeting = await frontdesk.post('incoming');
  const first = await frontdesk.post(addressIn(greeting.xml, 'process'), { SpeechResult: 'This is Ada.' });
  await frontdesk.app.close();
  const data = join(frontdesk.directory, 'data');
  const env = {
    DATA_DIR: data,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    GROQ_API_KEY: 'gsk_test',
    GROQ_BASE_URL: frontdesk.groq.url,
  };
  const again = await served(createApp(readConfig(env)));
  const repeated = await frontdesk.post(
    again + new URL(addressIn(greeting.xml, 'process'), again).pathname + '?call_sid=x&turn=1',
    { SpeechResult: 'This is Ada.' },
  );
  expect(repeated.xml).toBe(first.xml);
  frontdesk.groq.reply({ words: 'Of course, Ada.' });
  const next = await frontdesk.post(`${again}/api/voice/process?turn=2`, { SpeechResult: 'Do you remember me?' });
  expect(next.xml).toContain('Of course, Ada.');
  const asked = frontdesk.groq.requests.at(-1)?.body.messages.slice(1);
  expect(asked?.map(({ content }) => content)).toEqual([
    'This is Ada.',
    'Hello Ada, what can I do for you?',
    'Do you remember me?',
  ]);
});

test.each([
  ['is there', /<Play>/],
  ['was lost with the process', /<Say[^>]*>We close at six, as on all days\.<\/Say>/],
])('a repeated answer whose sound %s is heard', async (what, expected) => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true });
  frontdesk.groq.reply({ words: 'We close at six, as on all days.' });
  const greeting = await frontdesk.post('incoming');
  const first = await frontdesk.post(addressIn(greeting.xml, 'process'), { SpeechResult: 'When do you close?' });
  const [clip = ''] = /[^/]+(?=\.wav<\/Play>)/.exec(first.xml) ?? [];
  await frontdesk.app.close();
  const audio = join(frontdesk.directory, 'audio');
  const files = (await readdir(audio, { recursive: true })).filter((file) => file.includes(clip));
  expect(files).toHaveLength(1);
  if (what !== 'is there') for (const file of files) await rm(join(audio, file));
  const env = { DATA_DIR: join(frontdesk.directory, 'data'), AUDIO_DIR: audio, TWILIO_AUTH_TOKEN: AUTH_TOKEN };
  const again = await served(createApp(readConfig(env)));
  const repeat = `${again}/api/voice/process${new URL(addressIn(greeting.xml, 'process'), again).search}`;
  const { xml } = await frontdesk.post(repeat, { SpeechResult: 'When do you close?' });
  expect(xml).toMatch(expected);
  expect(xml.match(/<Play>|<Say/g)).toHaveLength(1);
});

async function served(app: ReturnType<typeof createApp>): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  whenDone(async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await app.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

test('a message begun before a restart is kept when its caller hung up meanwhile', async () => {
  const before = await startFrontdesk();
  let { xml } = await before.post('incoming');
  for (const SpeechResult of ["I'd like to leave a message", 'my wheel is bent', 'Ada'])
    ({ xml } = await before.post(addressIn(xml, 'process'), { SpeechResult }));
  const app = createApp(
    readConfig({
      DATA_DIR: join(before.directory, 'data'),
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      ADMIN_TOKEN: 'a'.repeat(20),
    }),
  );
  whenDone(() => app.close());
  await app.ready();
  const server = app.listen(0, '127.0.0.1');
  whenDone(() => new Promise((resolve) => server.close(resolve)));
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const form = { CallSid: 'CA' + '1'.repeat(32), CallStatus: 'completed', CallDuration: '30' };
  const target = `${url}/api/voice/status`;
  const signed = { 'x-twilio-signature': sign(target, form) };
  await fetch(target, { method: 'POST', headers: signed, body: new URLSearchParams(form) });
  const headers = { authorization: `Bearer ${'a'.repeat(20)}` };
  const { messages } = (await (await fetch(`${url}/api/messages`, { headers })).json()) as { messages: object[] };
  expect(messages).toMatchObject([{ name: 'Ada', reason: 'my wheel is bent', partial: true }]);
});
