import { setTimeout as pause } from 'node:timers/promises';
import type { CallerAct } from '../../src/simulator/caller';
import { loadProfile } from '../../src/settings/profile-file';
import { startFrontdesk, type Running, type Setup } from '../support/frontdesk';
import { keptMessages } from '../support/kept-messages';
import { simulate, wordsOf } from '../support/simulate';

const OWN = '+12025550101';
const ASKS_NAME = /May I have your name/;

const messagesIn = (frontdesk: Running) => keptMessages(frontdesk.directory);

/** A whole call, and what was written down of it. */
async function call(acts: (string | CallerAct)[], setup: Setup = {}) {
  const frontdesk = await startFrontdesk(setup);
  const report = await simulate(frontdesk, acts);
  expect(report.problems).toEqual([]);
  const heard = report.heard.map(({ text }) => text ?? '');
  return { frontdesk, report, heard, words: wordsOf(report) };
}

const silent = { silent: true } as const;
const toTheNumber = ["I'd like to leave a message", 'my wheel is bent', 'Ada'];

test.each<[string, (string | CallerAct)[]]>([
  ['falls silent', [silent, silent, silent]],
  ['leaves', ['bye']],
])('a caller who refuses their own number and %s is promised no call on it', async (_, acts) => {
  const { frontdesk, words } = await call([...toTheNumber, 'no', ...acts]);
  expect(words).toMatch(/message is noted\./);
  expect(words).not.toMatch(/call you back on \d/);
  const [message] = messagesIn(frontdesk);
  expect(message).toMatchObject({ name: 'Ada', partial: false });
  expect(message?.number ?? undefined).toBeUndefined();
});

test('who hangs up after refusing it leaves what was heard of another', async () => {
  const { frontdesk } = await call([...toTheNumber, 'no', '202 555', { hangUp: true }]);
  while (!frontdesk.events.some(({ data }) => data?.['partial'] === true)) await pause(10);
  const [message] = messagesIn(frontdesk);
  expect(message?.number ?? undefined).toBeUndefined();
  expect(message?.reason).toBe('my wheel is bent; number heard in part: 202 555');
});

test.each([
  "can you tell Ada I'm late",
  'can I leave a message for Mira that my wheel is ready',
  'could you have Ada call me about the invoice from last week, it is urgent',
])('who says it all at once is not asked what it is about: %s', async (speech) => {
  const { frontdesk, words } = await call([speech, 'Jonas', 'yes']);
  expect(words).not.toMatch(/What is your message about/);
  expect(messagesIn(frontdesk)).toMatchObject([{ name: 'Jonas', number: OWN, reason: speech }]);
});

test.each(['message please', 'message for Mira'])('"%s" begins a message', async (speech) => {
  expect((await call([speech])).words).toMatch(/What is your message about/);
});

describe('a caller who asks whether this is a robot', () => {
  const TRUTH = /I am the automated assistant of Maple Street Bicycle Workshop, not a person\./;

  test.each(['are you a robot', 'who am I speaking with', "you're not a human are you", 'am I talking to a machine'])(
    'hears the truth, without any model: %s',
    async (speech) => {
      const { frontdesk, words } = await call([speech], { groq: true });
      expect(words).toMatch(TRUTH);
      expect(frontdesk.groq.requests).toHaveLength(0);
    },
  );

  test('hears it at every question of a message, which goes on', async () => {
    const robot = 'am I talking to a machine';
    const { frontdesk, heard } = await call([
      "I'd like to leave a message",
      robot,
      'my wheel is bent',
      robot,
      'are you a robot? My name is Ada',
      'do I speak to a computer',
      'yes',
    ]);
    expect(heard.filter((text) => TRUTH.test(text))).toHaveLength(4);
    expect(heard.find((text) => TRUTH.test(text))).toMatch(/What is your message about\?$/);
    expect(messagesIn(frontdesk)).toMatchObject([{ name: 'Ada', number: OWN, reason: 'my wheel is bent' }]);
  });
});

describe('a question in the middle of a message', () => {
  test.each([
    ['how much is a tune up?', /75 dollars.*May I have your name/],
    ['when do you close today?', /6 PM.*May I have your name/],
  ])('is answered: %s', async (question, answer) => {
    const { frontdesk, heard } = await call(
      ["I'd like to leave a message", 'my wheel is bent', question, 'Ada', 'yes'],
      {
        overrides: { clock: { now: () => Date.parse('2026-11-18T15:15:00Z') } },
      },
    );
    expect(heard.join('\n')).toMatch(answer);
    expect(messagesIn(frontdesk)).toMatchObject([{ name: 'Ada', reason: 'my wheel is bent' }]);
  });

  test('is passed on when nothing is known about it', async () => {
    const question = 'do you tune pianos?';
    const { frontdesk, words } = await call([
      "I'd like to leave a message",
      'my wheel is bent',
      question,
      'Ada',
      'yes',
    ]);
    expect(words).toMatch(/pass that question on/);
    expect(messagesIn(frontdesk)).toMatchObject([{ reason: `my wheel is bent; ${question}` }]);
  });
});

describe('a caller who needs nothing more', () => {
  const { goodbye } = loadProfile(undefined).phrases;
  const model = { groq: true } as const;
  const take = { calls: [{ name: 'take_message', args: { name: 'Ada', reason: 'a bent wheel' } }] };

  test.each(['no', 'no that is all', "that's all", "nope I'm good", 'no thank you'])(
    '"%s" to "Is there anything else?" ends the call, without a model',
    async (answer) => {
      const frontdesk = await startFrontdesk(model);
      frontdesk.groq.reply(take);
      const report = await simulate(frontdesk, ['call me back please', { press: '1' }, answer]);
      expect(report.problems).toEqual([]);
      expect(report.documents.at(-1)?.verbs).toEqual(['Say', 'Hangup']);
      expect(wordsOf(report).endsWith(goodbye)).toBe(true);
      expect(frontdesk.groq.requests).toHaveLength(1);
    },
  );

  test('who wants more is asked what', async () => {
    const frontdesk = await startFrontdesk(model);
    frontdesk.groq.reply(take);
    const report = await simulate(frontdesk, ['call me back please', { press: '1' }, 'yes please']);
    expect(wordsOf(report)).toMatch(/Of course, what can I do for you\?$/);
  });

  test('who says goodbye in the middle hears that the message is saved, and a goodbye', async () => {
    const { frontdesk, report, words } = await call([...toTheNumber, 'okay bye']);
    expect(words.endsWith(`somebody will call you back on 2 0 2, 5 5 5, 0 1 0 1. ${goodbye}`)).toBe(true);
    expect(report.endedBy).toBe('server');
    expect(messagesIn(frontdesk)).toMatchObject([{ name: 'Ada', number: OWN, partial: false }]);
  });

  test('who says goodbye before anything is known is let go', async () => {
    const { report, words } = await call(["I'd like to leave a message", 'bye']);
    expect(words.endsWith(goodbye)).toBe(true);
    expect(report.endedBy).toBe('server');
  });
});

test('a correction given up leaves the message as it is, and says so', async () => {
  const wrong = 'actually that is the wrong number';
  const { frontdesk, words } = await call([...toTheNumber, 'yes', wrong, 'never mind', 'no']);
  expect(words).toMatch(/your message stays as it is\. Is there anything else/);
  expect(words.match(/is noted/g)).toHaveLength(1);
  expect(messagesIn(frontdesk)).toHaveLength(1);
});

test('a second message needs no second name and number', async () => {
  const second = 'I would also like to leave another message for Mira about my brakes';
  const dialled = [...toTheNumber, '202 555 0188', 'yes'];
  const { frontdesk, heard, words } = await call([...dialled, second, 'yes']);
  expect(words.match(ASKS_NAME)).toHaveLength(1);
  expect(heard.filter((text) => /2 0 2, 5 5 5, 0 1 8 8\. Is that right\?/.test(text))).toHaveLength(2);
  expect(messagesIn(frontdesk)).toMatchObject([
    { name: 'Ada', number: '+12025550188', reason: 'my wheel is bent' },
    { name: 'Ada', number: '+12025550188', reason: second },
  ]);
});

test('a number abroad is confirmed as it was read back', async () => {
  const profile = { ...loadProfile(undefined), country: 'GB' };
  const { words } = await call([...toTheNumber, '020 7946 0018', 'yes'], { overrides: { profile } });
  expect(words.match(/0 2 0, 7 9 4 6, 0 0 1 8/g)).toHaveLength(2);
  expect(words).not.toMatch(/plus 4 4/);
});

test('"can you help me" is met with an offer', async () => {
  expect((await call(['can you help me'])).words).toMatch(/Of course, what can I do for you\?/);
});
