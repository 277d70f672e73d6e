import { addressIn, saidIn, startFrontdesk } from '../support/frontdesk';
import { simulate, wordsOf } from '../support/simulate';

describe('a caller who says nothing', () => {
  test.each(['absent', 'empty'] as const)(
    'hears two gentle re-prompts, then a goodbye (fields %s)',
    async (emptyResult) => {
      const frontdesk = await startFrontdesk();
      const silent = { silent: true } as const;
      const report = await simulate(frontdesk, [silent, silent, silent, silent], { emptyResult });
      expect(report.problems).toEqual([]);
      expect(report.documents.map(({ verbs }) => verbs.join(' '))).toEqual([
        'Gather',
        'Gather',
        'Gather',
        'Say Hangup',
      ]);
      expect(wordsOf(report)).toMatch(/Are you still there\?.*I am still here.*Goodbye/);
    },
  );

  test('who asked for a moment is left alone first', async () => {
    const frontdesk = await startFrontdesk();
    const report = await simulate(frontdesk, ['Hold on a second', { silent: true }, { silent: true }]);
    const [, moment] = report.documents;
    expect(moment?.xml).toContain('timeout="25"');
    expect(saidIn(moment?.xml ?? '')).toBe('');
    expect(report.documents[2]?.verbs).toEqual(['Gather']);
  });
});

describe('words that are none', () => {
  test('noise is met by listening again, silently, once', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    const report = await simulate(frontdesk, ['Uh', 'Um']);
    expect(saidIn(report.documents[1]?.xml ?? 'x')).toBe('');
    expect(saidIn(report.documents[2]?.xml ?? '')).toMatch(/didn't catch/);
    expect(frontdesk.groq.requests).toHaveLength(0);
  });

  test('our own prompt from a speakerphone is not answered', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    frontdesk.groq.reply('We are open from nine to five on weekdays.');
    const report = await simulate(frontdesk, ['When are you open?', 'open from nine to five']);
    expect(saidIn(report.documents[2]?.xml ?? 'x')).toBe('');
    expect(frontdesk.groq.requests).toHaveLength(1);
  });

  test('not understood three times leads to a recording, never to a goodbye before it', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    const mumble = { say: 'mrr frr brr', confidence: 0.1 };
    const report = await simulate(frontdesk, [mumble, mumble, mumble]);
    expect(wordsOf(report)).toMatch(/trouble hearing you.*message/i);
    expect(wordsOf(report)).toMatch(/After the tone.*Your message is recorded\..*Goodbye/);
    expect(frontdesk.groq.requests).toHaveLength(0);
  });

  test('a confidence of 0 says nothing about the words', async () => {
    const frontdesk = await startFrontdesk({ groq: true });
    frontdesk.groq.reply('We open at nine.');
    const report = await simulate(frontdesk, [{ say: 'When do you open?', confidence: 0 }]);
    expect(wordsOf(report)).toContain('We open at nine.');
  });
});

describe('what needs no model', () => {
  test('"repeat that" plays the same reply again', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true });
    frontdesk.groq.reply('We open at nine.');
    const report = await simulate(frontdesk, ['When do you open?', 'Can you repeat that?']);
    const clips = (xml = '') => xml.match(/[0-9a-f]{32}\.wav/g);
    expect(clips(report.documents[2]?.xml)).toEqual(clips(report.documents[1]?.xml));
    expect(frontdesk.groq.requests).toHaveLength(1);
  });

  test.each([['Can I speak to a person please'], [{ press: '0' }]])('%j is offered a message', async (act) => {
    const frontdesk = await startFrontdesk({ groq: true });
    const report = await simulate(frontdesk, [act]);
    expect(wordsOf(report)).toMatch(/put you through.*message/i);
    expect(frontdesk.groq.requests).toHaveLength(0);
  });
});

describe('interruption', () => {
  const open = async () => {
    let now = Date.parse('2026-03-03T15:00:00Z');
    const frontdesk = await startFrontdesk({ groq: true, voice: true, overrides: { clock: { now: () => now } } });
    const say = async (path: string, words: string, laterMs: number) => {
      now += laterMs;
      return frontdesk.post(path, { SpeechResult: words });
    };
    return { frontdesk, say };
  };
  const asked = (frontdesk: { groq: { requests: readonly { body: { messages: Record<string, unknown>[] } }[] } }) =>
    frontdesk.groq.requests.at(-1)?.body.messages.slice(1);

  test('words that come before anything was heard continue the last utterance, and both are answered once', async () => {
    const { frontdesk, say } = await open();
    frontdesk.groq.reply('We are open from nine to five, and on Saturday from ten.');
    const first = await say('process?turn=1', 'When are you open', 0);
    await say(addressIn(first.xml, 'process'), 'on the public holidays', 1_200);
    expect(asked(frontdesk)).toEqual([{ role: 'user', content: 'When are you open on the public holidays' }]);
  });

  test('the history keeps what can have been heard', async () => {
    const { frontdesk, say } = await open();
    frontdesk.groq.reply('One two three four five six seven eight nine ten eleven twelve thirteen fourteen.');
    const first = await say('process?turn=1', 'Please count', 0);
    await say(addressIn(first.xml, 'process'), 'Stop', 3_000);
    const kept = String(asked(frontdesk)?.[1]?.['content']);
    expect(kept).toMatch(/^One two three/);
    expect(kept).not.toContain('fourteen');
    expect(asked(frontdesk)?.[2]).toEqual({ role: 'user', content: 'Stop' });
  });

  test('who hears the reply out has heard all of it', async () => {
    const { frontdesk, say } = await open();
    frontdesk.groq.reply('We open at nine.');
    const first = await say('process?turn=1', 'When do you open', 0);
    await say(addressIn(first.xml, 'process'), 'Is there parking', 9_000);
    expect(asked(frontdesk)?.[1]).toEqual({ role: 'assistant', content: 'We open at nine.' });
  });
});
