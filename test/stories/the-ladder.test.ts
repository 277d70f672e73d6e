import { addressIn, startFrontdesk, saidIn, type Running } from '../support/frontdesk';
import type { GroqBehaviour } from '../support/groq-behaviour';
import { status } from '@grpc/grpc-js';

/** Follows a turn to its end as Twilio would, without the playing time, and gives all that was heard of it. */
async function turnOf(frontdesk: Running, words: string) {
  const began = performance.now();
  const heard: string[] = [];
  let answer = await frontdesk.post('process?turn=1', { SpeechResult: words });
  const times = [answer.ms];
  heard.push(answer.xml);
  while (answer.xml.includes('/continue?') && heard.length < 12) {
    answer = await frontdesk.post(addressIn(answer.xml, 'continue'));
    times.push(answer.ms);
    heard.push(answer.xml);
  }
  return { documents: heard, slowest: Math.max(...times), last: answer.xml, ms: performance.now() - began };
}

const said = (documents: string[]) => documents.map(saidIn).join(' | ');

const FAULTS: [string, GroqBehaviour][] = [
  ['is silent for 20 s', { fault: { kind: 'silent' } }],
  ['fails with 500', { fault: { kind: 'status', status: 500 } }],
  ['refuses the key', { fault: { kind: 'status', status: 401, code: 'invalid_api_key' } }],
  ['is gone', { fault: { kind: 'status', status: 404, code: 'model_not_found' } }],
  ['is rate limited for 120 s', { fault: { kind: 'status', status: 429, headers: { 'retry-after': '120' } } }],
  ['is cut off in the first sentence', { words: 'We open at nine in the morning.', fault: { kind: 'cut', after: 3 } }],
  ['stalls in the first sentence', { words: 'We open at nine in the morning.', fault: { kind: 'stall', after: 3 } }],
  ['answers with a web page', { fault: { kind: 'html' } }],
  ['sends broken JSON', { words: 'We open at nine.', fault: { kind: 'brokenJson', after: 1 } }],
  ['says nothing at all', { words: '' }],
];

describe('whatever the model does, the caller hears something sensible, within 5 s a webhook and 10 s in all', () => {
  test.each(FAULTS)(
    'when every model %s, the built-in answerer answers',
    async (_, behaviour) => {
      const frontdesk = await startFrontdesk({ groq: true });
      frontdesk.groq.reply(behaviour);
      const turn = await turnOf(frontdesk, 'Do you have any elephants?');
      expect(turn.last).toContain('<Gather');
      expect(said(turn.documents)).toMatch(/message/i);
      expect(turn.slowest).toBeLessThan(5_000);
      expect(turn.ms).toBeLessThan(10_000);
      frontdesk.groq.reply('We are open again.');
    },
    20_000,
  );

  test.each(FAULTS)(
    'when the first model %s, the second is heard',
    async (_, behaviour) => {
      const frontdesk = await startFrontdesk({ groq: true });
      frontdesk.groq.byModel('openai/gpt-oss-120b', behaviour);
      frontdesk.groq.byModel('openai/gpt-oss-20b', { words: 'The second model speaks.' });
      const turn = await turnOf(frontdesk, 'Hello, who is speaking there?');
      expect(said(turn.documents)).toContain('The second model speaks.');
      expect(said(turn.documents)).not.toContain('We open');
      expect(turn.slowest).toBeLessThan(5_000);
    },
    20_000,
  );

  test('a stream cut after its first sentence was heard says so, and says nothing twice', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    const words = ['We open at nine. ', 'On Saturday ', 'we ', 'open '];
    frontdesk.groq.reply({ words, tokenMs: 400, fault: { kind: 'cut', after: 4 } });
    const turn = await turnOf(frontdesk, 'When are you open?');
    expect(turn.last).toContain('<Gather');
    const spoken = frontdesk.voice.requests.map(({ text }) => text);
    expect(spoken.filter((text) => text === 'We open at nine.')).toHaveLength(1);
    expect(spoken.at(-1)).toMatch(/lost my thread/);
  });

  test('a slow model is waited for behind a holding phrase, never more than two', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    frontdesk.groq.reply({ words: 'We open at nine.', firstTokenMs: 2_500 });
    const turn = await turnOf(frontdesk, 'When are you open?');
    expect(said(turn.documents)).toMatch(/moment.*We open at nine/i);
    expect(turn.documents).toHaveLength(2);
  });

  test('everything down: the caller is answered by constants and the telephone', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    frontdesk.groq.reply({ fault: { kind: 'silent' } });
    frontdesk.voice.behave('hang');
    const turn = await turnOf(frontdesk, 'Do you have any elephants?');
    expect(said(turn.documents)).toMatch(/message/i);
    expect(turn.slowest).toBeLessThan(5_000);
    expect(turn.ms).toBeLessThan(10_000);
  }, 20_000);

  test('a rate-limited model is left alone until it may be asked again', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    frontdesk.groq.byModel('openai/gpt-oss-120b', {
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '120' } },
    });
    await turnOf(frontdesk, 'Is anybody there today?');
    await frontdesk.post('process?turn=2', { SpeechResult: 'And tomorrow, is anybody there?' });
    expect(frontdesk.groq.requests.map(({ body }) => body.model)).toEqual([
      'openai/gpt-oss-120b',
      'openai/gpt-oss-20b',
      'openai/gpt-oss-20b',
    ]);
  });
});

describe('whatever the voice does, the words are heard', () => {
  test.each([
    ['is down', { fail: status.UNAVAILABLE }],
    ['hangs', 'hang'],
    ['sends nothing', 'empty'],
    ['sends garbage', 'garbage'],
  ] as const)('when it %s, the telephone says them', async (_, behaviour) => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    frontdesk.voice.behave(behaviour);
    frontdesk.groq.reply('We open at nine. Anything else?');
    const turn = await turnOf(frontdesk, 'When are you open?');
    expect(said(turn.documents)).toBe('We open at nine. Anything else?');
    expect(turn.slowest).toBeLessThan(5_000);
  });
});
