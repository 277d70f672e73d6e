import { addressIn, startFrontdesk, type Running } from '../support/frontdesk';
import { guessesOf, partialAddressIn, partialFields, told, untilGuesses } from '../support/partials';
import { simulate } from '../support/simulate';

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

describe('a reply is begun while the caller still speaks', () => {
  test('and is there when they have finished: one request to the model, one to the voice', async () => {
    const frontdesk = await started();
    frontdesk.groq.reply({ words: CLOSED, firstTokenMs: 700, tokenMs: 5 });
    const greeting = await guessed(frontdesk, ['are', 'are you open', SUNDAYS]);
    await wait(1_200);
    const answer = await frontdesk.post(addressIn(greeting, 'process'), { SpeechResult: FINAL });
    expect(answer.xml).toMatch(/<Gather[^>]*><Play>/);
    expect(answer.ms).toBeLessThan(400);
    expect(asked(frontdesk)).toEqual([SUNDAYS]);
    expect(voiced(frontdesk).filter((text) => text === CLOSED)).toHaveLength(1);
    expect(await guessesOf(frontdesk)).toEqual({ adopted: 1 });
  });

  test('of a long reply the beginning goes out at once, and the rest is there when it has been heard', async () => {
    const frontdesk = await started();
    frontdesk.groq.reply({
      words: [`${CLOSED} `, 'We open again on Monday at nine. ', 'Anything else?'],
      tokenMs: 700,
    });
    const greeting = await guessed(frontdesk);
    await wait(900);
    const answer = await frontdesk.post(addressIn(greeting, 'process'), { SpeechResult: FINAL });
    expect(answer.ms).toBeLessThan(400);
    expect(answer.xml.match(/<Play>/g)).toHaveLength(1);
    const rest = await frontdesk.post(addressIn(answer.xml, 'continue'));
    expect(rest.xml.match(/<Play>/g)).toHaveLength(2);
    expect(asked(frontdesk)).toHaveLength(1);
  });

  test('the record of the turn says so, and the next turn knows what was said', async () => {
    const frontdesk = await started({ ...ON, ADMIN_TOKEN: 'a'.repeat(20) });
    frontdesk.groq.reply(CLOSED);
    const greeting = await guessed(frontdesk);
    await wait(300);
    const { xml } = await frontdesk.post(addressIn(greeting, 'process'), { SpeechResult: FINAL });
    await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: 'And on Mondays?' });
    const messages = frontdesk.groq.requests
      .at(-1)
      ?.body.messages.slice(1)
      .map(({ content }) => content);
    expect(messages).toEqual([FINAL, CLOSED, 'And on Mondays?']);
    const headers = { authorization: `Bearer ${'a'.repeat(20)}` };
    const response = await fetch(`${frontdesk.url}/api/calls/CA${'1'.repeat(32)}`, { headers });
    const { transcript } = (await response.json()) as { transcript: { lead_ms: number | null }[] };
    expect(transcript[1]?.lead_ms).toBeGreaterThanOrEqual(250);
    expect(transcript[2]?.lead_ms).toBeNull();
  });

  test('partial words that come late, twice or in another order change nothing', async () => {
    const frontdesk = await started();
    frontdesk.groq.reply(CLOSED);
    const greeting = await guessed(frontdesk);
    const late = [1, 0].map((sequence) =>
      frontdesk.post(partialAddressIn(greeting), partialFields('are you', sequence - 1)),
    );
    await Promise.all(late);
    await frontdesk.post(partialAddressIn(greeting), partialFields('are you open', 0));
    await frontdesk.post(addressIn(greeting, 'process'), { SpeechResult: FINAL });
    expect(await guessesOf(frontdesk)).toEqual({ adopted: 1 });
  });

  test('also for a caller who breaks into our reply', async () => {
    const frontdesk = await started();
    frontdesk.groq.next(`We open at nine, ${'and there is more to say of it, '.repeat(8)}and so on.`, CLOSED);
    const { xml } = await frontdesk.post('incoming');
    const first = await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: 'When are you open?' });
    await wait(1_500);
    await told(frontdesk, first.xml, ['on sundays']);
    await wait(600);
    await frontdesk.post(addressIn(first.xml, 'process'), { SpeechResult: 'On Sundays?' });
    expect(await guessesOf(frontdesk)).toEqual({ adopted: 1 });
  });

  test('a call from the simulator goes the same way', async () => {
    const frontdesk = await started();
    const report = await simulate(frontdesk, [FINAL, 'Thank you, bye'], { pace: (ms) => wait(Math.min(ms, 300)) });
    expect([report.problems, report.warnings]).toEqual([[], []]);
    expect((await guessesOf(frontdesk))['adopted']).toBeGreaterThanOrEqual(1);
  });
});

describe('a reply to words that were other ones is never heard', () => {
  test('the final words are answered, what was begun is broken off, and it is paid for', async () => {
    const frontdesk = await started({ ...ON, ADMIN_TOKEN: 'a'.repeat(20) });
    frontdesk.groq.next({ words: [`${CLOSED} `, 'Wrong. '.repeat(40)], tokenMs: 400 }, 'Yes, on Mondays from nine.');
    const greeting = await guessed(frontdesk);
    await wait(100);
    const answer = await frontdesk.post(addressIn(greeting, 'process'), { SpeechResult: 'Are you open on Mondays?' });
    await frontdesk.groq.untilAborted(1);
    expect(asked(frontdesk)).toEqual([SUNDAYS, 'Are you open on Mondays?']);
    const headers = { authorization: `Bearer ${'a'.repeat(20)}` };
    const response = await fetch(`${frontdesk.url}/api/calls/CA${'1'.repeat(32)}`, { headers });
    const call = (await response.json()) as { transcript: { reply: string }[]; tokens: { prompt: number } };
    expect(call.transcript[1]?.reply).toBe('Yes, on Mondays from nine.');
    expect(call.tokens.prompt).toBeGreaterThan(200); // 100 are those of the reply that was heard
    expect(answer.xml).not.toContain('Redirect');
    await untilGuesses(frontdesk, { mistaken: 1 });
  });

  test('a key in place of words ends it, too', async () => {
    const frontdesk = await started();
    frontdesk.groq.reply({ words: CLOSED, firstTokenMs: 3_000 });
    const greeting = await guessed(frontdesk);
    const answer = await frontdesk.post(addressIn(greeting, 'process'), { Digits: '0' });
    await frontdesk.groq.untilAborted(1);
    expect(answer.xml).not.toContain('Redirect');
    expect(await guessesOf(frontdesk)).toEqual({ mistaken: 1 });
  });

  test('a call that ends in between breaks it off', async () => {
    const frontdesk = await started();
    frontdesk.groq.reply({ words: CLOSED, firstTokenMs: 3_000 });
    await guessed(frontdesk);
    await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '5' });
    await frontdesk.groq.untilAborted(1);
    expect(await guessesOf(frontdesk)).toEqual({ unused: 1 });
  });

  test('at most three are begun for a turn', async () => {
    const frontdesk = await started();
    frontdesk.groq.reply({ words: CLOSED, firstTokenMs: 2_000 });
    const { xml } = await frontdesk.post('incoming');
    const versions = ['Are you open?', 'Are you open today?', 'Are you open tomorrow?', 'Are you open on Sundays?'];
    await told(frontdesk, xml, versions);
    await wait(300);
    expect(asked(frontdesk)).toEqual(versions.slice(0, 3));
    frontdesk.groq.reply(CLOSED);
    await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: FINAL });
    expect(asked(frontdesk)).toHaveLength(4);
    expect(await guessesOf(frontdesk)).toEqual({ mistaken: 3 });
  });
});

describe('a decision takes effect only with the final words', () => {
  const DECISIONS = [
    ['take_message', { name: 'Ada', number: '+12025550143', reason: 'a bent wheel' }],
    ['end_call', {}],
    ['transfer', { reason: 'Ada about a bent wheel' }],
    ['note', { field: 'name', value: 'Ada', quote: 'Ada' }],
  ] as const;
  const WORDS = 'this is ada about a bent wheel';

  test.each(DECISIONS)('%s of a reply that was begun in vain does nothing at all', async (name, args) => {
    const frontdesk = await started({ ...ON, ADMIN_TOKEN: 'a'.repeat(20) });
    frontdesk.groq.next({ words: 'Of course.', calls: [{ name, args }] }, 'It is all fine.');
    const greeting = await guessed(frontdesk, [WORDS]);
    await wait(150);
    const answer = await frontdesk.post(addressIn(greeting, 'process'), { SpeechResult: 'Is the shop open now?' });
    expect(answer.xml).toMatch(/<Gather[^>]*actionOnEmptyResult[^>]*><Play>[^<]*<\/Play><\/Gather><\/Response>$/);
    expect(decisionsIn(frontdesk)).toEqual([]);
    await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '5' });
    const headers = { authorization: `Bearer ${'a'.repeat(20)}` };
    const messages = (await (await fetch(`${frontdesk.url}/api/messages`, { headers })).json()) as object;
    expect(messages).toMatchObject({ messages: [] });
  });

  test.each(DECISIONS.filter(([name]) => name === 'take_message' || name === 'end_call'))(
    '%s of one that is adopted is carried out once',
    async (name, args) => {
      const frontdesk = await started();
      frontdesk.groq.reply({ words: 'Of course.', calls: [{ name, args }] });
      const greeting = await guessed(frontdesk, [WORDS]);
      await wait(200);
      const fields = { SpeechResult: 'This is Ada, about a bent wheel.' };
      const answer = await frontdesk.post(addressIn(greeting, 'process'), fields);
      const repeat = await frontdesk.post(addressIn(greeting, 'process'), fields);
      expect(repeat.xml).toBe(answer.xml);
      expect(decisionsIn(frontdesk)).toEqual([name === 'end_call' ? 'endCall' : 'takeMessage']);
      expect(asked(frontdesk)).toEqual([WORDS]);
      expect(await guessesOf(frontdesk)).toEqual({ adopted: 1 });
    },
  );
});

const decisionsIn = ({ events }: Running) =>
  events.flatMap(({ eventType, step }) => (eventType === 'decision' && step !== 'noted' ? [step] : []));
