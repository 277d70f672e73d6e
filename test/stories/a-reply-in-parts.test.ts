import { addressIn, startFrontdesk, saidIn } from '../support/frontdesk';
import { simulate } from '../support/simulate';

const FOUR = [
  'We open at nine in the morning on weekdays. ',
  'On Saturday we open at ten. ',
  'On Sunday we stay closed. ',
  'Would you like to leave a message?',
];

describe('a reply reaches the caller in as few pieces as the model allows', () => {
  test('four sentences from a slow model: the first is played while the rest is made, the rest inside a Gather', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    frontdesk.groq.reply({ words: FOUR, tokenMs: 250 });
    const report = await simulate(frontdesk, ['When are you open?']);
    expect(report.problems).toEqual([]);
    const [, first, rest] = report.documents;
    expect(first?.verbs).toEqual(['Play', 'Redirect']);
    expect(rest?.verbs).toEqual(['Gather']);
    expect(rest?.xml.match(/<Play>/g)).toHaveLength(3);
    expect(report.heard.filter(({ by }) => by === 'play').length).toBeGreaterThanOrEqual(4);
  });

  test('two sentences from a fast model: one document, one Gather', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    frontdesk.voice.delay.baseMs = 60;
    frontdesk.groq.reply('We open at nine. Anything else?');
    const report = await simulate(frontdesk, ['When are you open?']);
    expect(report.problems).toEqual([]);
    expect(report.documents[1]?.verbs).toEqual(['Gather']);
    expect(report.documents[1]?.xml.match(/<Play>/g)).toHaveLength(2);
  });

  test('without a voice the neighbouring sentences are one Say', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    frontdesk.groq.reply('We open at nine. Anything else?');
    const report = await simulate(frontdesk, ['When are you open?']);
    expect(report.problems).toEqual([]);
    expect(saidIn(report.documents[1]?.xml ?? '')).toBe('We open at nine. Anything else?');
  });

  test('the clips are 8 kHz mono WAVs with a type, a length, an ETag and no caching of what was said to one caller', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    const answer = await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' });
    const clip = /<Play>([^<]+)<\/Play>/.exec(answer.xml)?.[1] ?? '';
    const response = await fetch(new URL(clip, frontdesk.url));
    const wav = Buffer.from(await response.arrayBuffer());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(response.headers.get('content-length')).toBe(String(wav.length));
    expect(response.headers.get('etag')).toMatch(/^".{20,}"$/);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect([wav.toString('ascii', 0, 4), wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual(['RIFF', 1, 8_000]);
    expect(clip).toMatch(/\/[0-9a-f]{32}\.wav$/);
  });

  test('a reply of known clips is one document every time', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    frontdesk.groq.reply({ words: ['We open at nine. ', 'We close at six.'] });
    for (let turn = 1; turn <= 3; turn += 1) {
      const { xml } = await frontdesk.post(`process?turn=${turn}`, {
        SpeechResult: `Question number ${turn}, please?`,
      });
      expect(xml).not.toContain('<Redirect');
      expect(xml.match(/<Play>/g)).toHaveLength(2);
    }
  });

  test('the built-in answerer never speaks in parts', async () => {
    const frontdesk = await startFrontdesk({ voice: true });
    for (let turn = 1; turn <= 2; turn += 1) {
      const { xml } = await frontdesk.post(`process?turn=${turn}`, { SpeechResult: 'Do I need an appointment?' });
      expect(xml).not.toContain('<Redirect');
    }
  });

  test('a finished reply does not wait for the end of its stream', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    frontdesk.groq.reply({ words: ['We open at nine. ', 'We close at six.'], doneMs: null });
    const { xml } = await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' });
    expect(xml).not.toContain('<Redirect');
  });

  test('the first clause of a slow long sentence goes ahead', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    frontdesk.groq.reply({
      words: ['On weekdays and on Saturdays, ', 'which is when most people come, ', 'we open at nine.'],
      tokenMs: 300,
    });
    const report = await simulate(frontdesk, ['When are you open?']);
    expect(report.problems).toEqual([]);
    expect(frontdesk.voice.requests.map(({ text }) => text)).toContain('On weekdays and on Saturdays,');
    expect(report.documents[1]?.verbs).toEqual(['Play', 'Redirect']);
  });
});

describe('the conversation', () => {
  test("the second turn's request carries the first exchange, the system prompt first, and today's date", async () => {
    const frontdesk = await startFrontdesk({
      groq: true,
      overrides: { clock: { now: () => Date.parse('2026-03-03T15:00:00Z') } },
    });
    frontdesk.groq.next('We open at nine.', 'Yes, behind the house.');
    await simulate(frontdesk, ['When do you open?', 'Is there parking?']);
    const messages = frontdesk.groq.requests[1]?.body.messages ?? [];
    expect(messages.slice(1)).toEqual([
      { role: 'user', content: 'When do you open?' },
      { role: 'assistant', content: 'We open at nine.' },
      { role: 'user', content: 'Is there parking?' },
    ]);
    expect(messages[0]).toMatchObject({ role: 'system' });
    expect(String(messages[0]?.['content'])).toMatch(/Tuesday.*2026|2026.*Tuesday/);
  });

  test('also when the reply came in parts, to a caller in no hurry or in every hurry', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    frontdesk.groq.next({ words: FOUR, tokenMs: 200 }, 'Yes, behind the house.');
    await simulate(frontdesk, ['When are you open?', 'Is there parking?']);
    expect(frontdesk.groq.requests[1]?.body.messages.slice(1)).toEqual([
      { role: 'user', content: 'When are you open?' },
      { role: 'assistant', content: FOUR.join('').trim() },
      { role: 'user', content: 'Is there parking?' },
    ]);
  });

  test('words that come before there is any answer are joined, and both are answered once', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    frontdesk.groq.next({ words: 'Too late.', firstTokenMs: 1_000 }, 'We open at nine.');
    const first = frontdesk.post('process?turn=1', { SpeechResult: 'When do you open' });
    while (frontdesk.groq.requests.length < 1) await new Promise((resolve) => setTimeout(resolve, 10));
    const second = await frontdesk.post('process?turn=2', { SpeechResult: 'on the holidays' });
    expect(saidIn(second.xml)).toBe('We open at nine.');
    expect((await first).xml).not.toContain('Too late');
    expect(frontdesk.groq.requests[1]?.body.messages.slice(1)).toEqual([
      { role: 'user', content: 'When do you open on the holidays' },
    ]);
  });

  test('the history is bounded, keeps the newest and begins with a caller', async () => {
    const frontdesk = await startFrontdesk({ groq: true, env: { CONVERSATION_HISTORY_LIMIT: '4' } });
    await simulate(frontdesk, ['What is one?', 'What is two?', 'What is three?', 'What is four?']);
    const messages = frontdesk.groq.requests[3]?.body.messages.slice(1) ?? [];
    expect(messages.length).toBeLessThanOrEqual(4);
    expect(messages[0]).toMatchObject({ role: 'user' });
    expect(messages.at(-1)).toEqual({ role: 'user', content: 'What is four?' });
  });

  test('two calls never mix', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    await Promise.all([
      simulate(frontdesk, ['Is the red one there?', 'And another red?']),
      simulate(frontdesk, ['Is the blue one there?', 'And another blue?']),
    ]);
    for (const { body } of frontdesk.groq.requests) {
      const said = body.messages.filter(({ role }) => role === 'user').map(({ content }) => String(content));
      expect(new Set(said.map((words) => (words.includes('red') ? 'red' : 'blue'))).size).toBe(1);
    }
  });

  test('a repeat of a turn gets the same TwiML and asks nobody', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    const twice = () => frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' });
    const [one, two] = await Promise.all([twice(), twice()]);
    const three = await twice();
    expect(two.xml).toBe(one.xml);
    expect(three.xml).toBe(one.xml);
    expect(frontdesk.groq.requests).toHaveLength(1);
  });

  test('the URLs carry the call first and the turn, and the CallSid of the body wins', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    const answer = await frontdesk.post('process?call_sid=CAother&turn=4', {
      SpeechResult: 'Hello there, are you open?',
    });
    expect(addressIn(answer.xml, 'process')).toBe(`/api/voice/process?call_sid=CA${'1'.repeat(32)}&turn=5`);
  });

  test('a turn that is superseded stops costing', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    frontdesk.groq.next({ words: FOUR, tokenMs: 400 });
    await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' });
    await frontdesk.post('status', { CallStatus: 'completed' });
    await frontdesk.groq.untilAborted(1);
    expect(frontdesk.groq.aborted).toBe(1);
  });
});
