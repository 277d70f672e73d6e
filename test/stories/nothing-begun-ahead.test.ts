import { addressIn, saidIn, startFrontdesk, type Running } from '../support/frontdesk';
import { guessesOf, partialFields, told } from '../support/partials';

const SUNDAYS = 'are you open on sundays';
const FINAL = 'Are you open on Sundays?';
const CLOSED = 'No, on Sundays we are closed.';
const ON = { SPECULATION: 'on' };

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const started = (env: Record<string, string> = ON) => startFrontdesk({ groq: true, voice: true, env });
const asked = ({ groq }: Running) => groq.requests.map(({ body }) => body.messages.at(-1)?.['content']);
const voiced = ({ voice }: Running) => voice.requests.map(({ text }) => text);
const untilAsked = async ({ groq }: Running, count: number) => {
  for (let tries = 0; tries < 100 && groq.requests.length < count; tries += 1) await wait(10);
  expect(groq.requests).toHaveLength(count);
};

/** Greets, and tells of these words, the last of which look complete; resolves once the model was asked. */
async function guessed(frontdesk: Running, versions: readonly string[] = [SUNDAYS]): Promise<string> {
  const { xml } = await frontdesk.post('incoming');
  const before = frontdesk.groq.requests.length;
  await told(frontdesk, xml, versions);
  await untilAsked(frontdesk, before + 1);
  return xml;
}

describe('nothing is begun', () => {
  test('where it is off: the words are not asked for, and do nothing', async () => {
    const frontdesk = await started({ SPECULATION: 'off' });
    const { xml } = await frontdesk.post('incoming');
    expect(xml).not.toContain('partialResultCallback');
    const { status } = await frontdesk.post('partial?turn=1', partialFields(FINAL, 0));
    await wait(100);
    expect([status, frontdesk.groq.requests.length]).toEqual([204, 0]);
  });

  test('while a message is taken: its words are not even asked for', async () => {
    const frontdesk = await started();
    frontdesk.groq.next({ calls: [{ name: 'take_message', args: {} }] });
    let { xml } = await frontdesk.post('incoming');
    for (const SpeechResult of ['Please have Jonas call me', 'My wheel is bent', 'Ada']) {
      ({ xml } = await frontdesk.post(addressIn(xml, 'process'), { SpeechResult }));
      expect(xml).not.toContain('partialResultCallback');
    }
    const before = frontdesk.groq.requests.length;
    await frontdesk.post('partial?turn=4', partialFields('Are you open?', 0));
    await wait(100);
    expect(frontdesk.groq.requests).toHaveLength(before);
  });

  test.each(['Can I talk to a person?', 'Pardon?', 'Are you a robot?', 'Um.', 'My husband is not breathing!', ''])(
    'for "%s", which needs no model',
    async (words) => {
      const frontdesk = await started();
      await frontdesk.post('incoming');
      await frontdesk.post('partial?turn=1', partialFields(words, 0));
      await wait(150);
      expect(frontdesk.groq.requests).toEqual([]);
    },
  );

  test('for a call nobody knows, another turn, or garbage: 204 and nothing', async () => {
    const frontdesk = await started();
    await frontdesk.post('incoming');
    const good = partialFields('Are you open?', 0);
    const answers = [
      await frontdesk.post('partial?turn=1', good, 'CA' + '9'.repeat(32)),
      await frontdesk.post('partial?turn=2', good),
      await frontdesk.post('partial?turn=0', good),
      await frontdesk.post('partial', good),
      await frontdesk.post('partial?turn=1', { ...good, SequenceNumber: 'x' }),
      await frontdesk.post('partial?turn=1', { UnstableSpeechResult: 'Are you open?' }),
      await frontdesk.post('partial?turn=1'),
    ];
    await wait(100);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
    expect(frontdesk.groq.requests).toEqual([]);
  });

  test('for words that Twilio did not sign', async () => {
    const frontdesk = await started();
    await frontdesk.post('incoming');
    const body = new URLSearchParams({ CallSid: 'CA' + '1'.repeat(32), ...partialFields('Are you open?', 0) });
    const { status } = await fetch(`${frontdesk.url}/api/voice/partial?turn=1`, { method: 'POST', body });
    await wait(100);
    expect([status, frontdesk.groq.requests.length]).toEqual([403, 0]);
  });

  test('over the budget', async () => {
    const frontdesk = await started({ ...ON, SPECULATION_PER_MINUTE: '1' });
    frontdesk.groq.reply({ words: CLOSED, firstTokenMs: 1_000 });
    const { xml } = await frontdesk.post('incoming');
    await told(frontdesk, xml, ['Are you open?', 'Are you open on Sundays?']);
    await wait(100);
    expect(asked(frontdesk)).toEqual(['Are you open?']);
    expect(await guessesOf(frontdesk)).toEqual({ mistaken: 1, refused: 1 });
  });

  test('where it would take the only place of a turn: a question of another call is answered by the model', async () => {
    const overrides = { upstreamLimits: { atOnce: 1, waiting: 0, waitMs: 100 } };
    const frontdesk = await startFrontdesk({ groq: true, env: ON, overrides });
    frontdesk.groq.reply({ words: CLOSED, firstTokenMs: 500 });
    const OTHER = 'CA' + '2'.repeat(32);
    await frontdesk.post('incoming', {}, OTHER);
    const { xml } = await frontdesk.post('incoming');
    await told(frontdesk, xml, [FINAL]);
    await wait(100);
    const answer = await frontdesk.post('process?turn=1', { SpeechResult: 'And on Mondays?' }, OTHER);
    expect(saidIn(answer.xml)).toContain(CLOSED);
    expect(await guessesOf(frontdesk)).toEqual({ refused: 1 });
  });

  test('while half of the places are taken: nobody who calls anew is answered plainly for that', async () => {
    const overrides = { upstreamLimits: { atOnce: 4, waiting: 5, waitMs: 5_000 } };
    const frontdesk = await startFrontdesk({ groq: true, env: ON, overrides });
    frontdesk.groq.reply({ words: CLOSED, firstTokenMs: 700 });
    const sids = ['1', '2', '3', '4', '5', '6'].map((digit) => 'CA' + digit.repeat(32));
    for (const sid of sids) await frontdesk.post('incoming', {}, sid);
    for (const sid of sids) await frontdesk.post('partial?turn=1', partialFields('Are you open?', 0), sid);
    await wait(100);
    expect(frontdesk.groq.requests).toHaveLength(2);
    expect(await guessesOf(frontdesk)).toEqual({ refused: 4 });
    const { xml } = await frontdesk.post('incoming', {}, 'CA' + '7'.repeat(32));
    expect(xml).toContain('partialResultCallback');
  });

  test('for a while after the model has said that it gets too much; the caller is answered as ever', async () => {
    const frontdesk = await started();
    frontdesk.groq.next({ fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } });
    frontdesk.groq.byModel('openai/gpt-oss-20b', CLOSED);
    const greeting = await guessed(frontdesk);
    await wait(100);
    const { xml } = await frontdesk.post(addressIn(greeting, 'process'), { SpeechResult: FINAL });
    expect(xml).toContain('<Play>');
    expect(voiced(frontdesk)).toContain(CLOSED);
    await told(frontdesk, xml, ['Are you open today?']);
    await wait(100);
    expect(asked(frontdesk)).toEqual([SUNDAYS, FINAL]);
    expect(await guessesOf(frontdesk)).toMatchObject({ failed: 1, refused: 1 });
  });
});
