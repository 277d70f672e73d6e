import { addressIn, startFrontdesk, sign, AUTH_TOKEN, type Running } from '../support/frontdesk';

const TOKEN = 'an-admin-token-of-tests';

/** The Server-Timing of an answer: stages in ms. */
async function stagesOf(frontdesk: Running, path: string, fields: Record<string, string>) {
  const form = { CallSid: 'CA' + '1'.repeat(32), From: '+12025550101', To: '+12025550100', ...fields };
  const target = new URL(path, `${frontdesk.url}/api/voice/`).href;
  const response = await fetch(target, {
    method: 'POST',
    headers: { 'x-twilio-signature': sign(target, form, AUTH_TOKEN) },
    body: new URLSearchParams(form),
  });
  const header = response.headers.get('server-timing');
  const stages = header?.split(', ').map((stage) => stage.split(';dur='));
  return { header, xml: await response.text(), ms: Object.fromEntries(stages ?? []) as Record<string, string> };
}

test('a reply says where its time went: in the answer, in the log and in the metrics', async () => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true });
  frontdesk.groq.reply({ words: 'We have no elephants at all.', firstTokenMs: 150 });
  frontdesk.voice.delay.baseMs = 100;
  await frontdesk.post('incoming');
  const { header, ms } = await stagesOf(frontdesk, 'process?turn=1', { SpeechResult: 'Do you have any elephants?' });
  expect(header).toMatch(
    /^guard;dur=\d+(?:\.\d)?, words;dur=\d+(?:\.\d)?, clip;dur=\d+(?:\.\d)?, twiml;dur=\d+(?:\.\d)?$/,
  );
  expect(Number(ms['words'])).toBeGreaterThanOrEqual(145);
  expect(Number(ms['clip'])).toBeGreaterThanOrEqual(Number(ms['words']) + 95);
  const line = frontdesk.events.find(({ step }) => step === 'complete');
  expect(line?.data).toMatchObject({ first_words_ms: Number(ms['words']), first_clip_ms: Number(ms['clip']) });
  const metrics = await (await fetch(`${frontdesk.url}/metrics`)).text();
  expect(metrics).toMatch(/^frontdesk_stage_seconds_bucket\{le="0.1",stage="first_words"\} 0$/m);
  for (const stage of ['guard', 'first_words', 'first_clip', 'twiml'])
    expect(metrics).toMatch(new RegExp(`^frontdesk_stage_seconds_count\\{stage="${stage}"\\} [1-9]`, 'm'));
});

test('what comes in parts says so again, and what needs no thought has no stages of thinking', async () => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true });
  frontdesk.groq.reply({ words: ['We have no elephants. ', 'We never had any. ', 'Anything else?'], tokenMs: 400 });
  const first = await stagesOf(frontdesk, 'process?turn=1', { SpeechResult: 'Do you have any elephants?' });
  const rest = await stagesOf(frontdesk, addressIn(first.xml, 'continue'), {});
  expect(rest.ms['words']).toBe(first.ms['words']);
  const { header } = await stagesOf(frontdesk, 'process?turn=2', {});
  expect(header).toMatch(/^guard;dur=\d+(?:\.\d)?, twiml;dur=\d+(?:\.\d)?$/);
});

const SLOW = { words: ['We have no elephants. ', 'We never had any. ', 'Anything else?'], tokenMs: 400 };

/** The times of a call's first turn, as the book holds them. */
async function timesIn({ url }: Running) {
  await new Promise((resolve) => setTimeout(resolve, 150));
  const headers = { authorization: `Bearer ${TOKEN}` };
  const call = (await (await fetch(`${url}/api/calls/CA${'1'.repeat(32)}`, { headers })).json()) as {
    transcript: Record<string, unknown>[];
  };
  return call.transcript.find(({ turn }) => turn === 1);
}

test('the first clip is on the record of the call', async () => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true, env: { ADMIN_TOKEN: TOKEN } });
  const { ms } = await stagesOf(frontdesk, 'process?turn=1', { SpeechResult: 'Do you have any elephants?' });
  expect(await timesIn(frontdesk)).toMatchObject({ first_clip_ms: Number(ms['clip']) });
});

test.each([
  ['hangs up', 'status', { CallStatus: 'completed' }],
  ['goes on', 'process?turn=2', { SpeechResult: 'I mean real elephants, please?' }],
])('a reply whose caller %s after its beginning has its times, too', async (_, path, fields) => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true, env: { ADMIN_TOKEN: TOKEN } });
  frontdesk.groq.next(SLOW);
  const { ms } = await stagesOf(frontdesk, 'process?turn=1', { SpeechResult: 'Do you have any elephants?' });
  await frontdesk.post(path, fields);
  expect(await timesIn(frontdesk)).toMatchObject({
    ...{
      first_words_ms: Number(ms['words']),
      first_clip_ms: Number(ms['clip']),
      first_audio_ms: expect.any(Number) as number,
    },
    ...{ whole_reply_ms: null, split: true, rung: 'openai/gpt-oss-120b' },
  });
  expect(frontdesk.events.filter(({ step }) => step === 'broken off')).toHaveLength(1);
  const metrics = await (await fetch(`${frontdesk.url}/metrics`)).text();
  expect(metrics).toMatch(/^frontdesk_first_audio_seconds_count\{rung="openai.gpt-oss-120b",split="true"\} 1$/m);
});
