import { profileSchema } from '../../../src/common/profile';
import type { Profile } from '../../../src/common/profile';
import { createAnswerer } from '../../../src/reply/answerer/answerer';
import { loadProfile } from '../../../src/settings/profile-file';
import { replyTo } from './ask';

const answerer = createAnswerer({ clock: { now: () => Date.parse('2026-11-18T15:15:00Z') } });
const workshop = loadProfile(undefined);
const ask = (said: string | string[], profile: Profile = workshop) => replyTo(answerer, profile, said);
const UNKNOWN = "I'm sorry, I don't know that. Shall I take a message, so that somebody can call you back?";

test.each(['are you a robot', 'am i talking to a real person', 'is this a recording'])(
  'a caller who asks "%s" is told the truth',
  async (said) => {
    expect((await ask(said)).words).toMatch(/automated assistant.*not a person/);
  },
);

test.each(['thanks bye', "that's all", 'okay thank you have a nice day', 'no that is all thanks'])(
  '"%s" ends the call with the goodbye of the profile',
  async (said) => {
    const { words, decisions } = await ask(said);
    expect(words).toBe(workshop.phrases.goodbye);
    expect(decisions).toEqual([{ kind: 'endCall' }]);
  },
);

test('"no thank you", when asked whether there is anything else, ends the call', async () => {
  const { decisions } = await ask([
    'do you have parking',
    'Yes. Is there anything else I can help you with?',
    'no thank you',
  ]);
  expect(decisions).toEqual([{ kind: 'endCall' }]);
});

test.each(['hello', 'um hi there', 'good morning'])('"%s" is greeted back', async (said) => {
  expect((await ask(said)).words).toBe('Hello! How can I help you?');
});

test.each(['', 'uh', 'um well', '...'])('a caller who says %j is asked to say it again', async (said) => {
  expect((await ask(said)).words).toBe(workshop.phrases.notUnderstood);
});

test('a thank-you before a question does not hide the question', async () => {
  expect((await ask('thanks and do you have gift cards')).words).toMatch(/gift cards are available/);
});

test('two questions in one breath are both answered', async () => {
  const { words } = await ask('when are you open and do you have parking');
  expect(words).toMatch(/Tuesday to Friday.*behind the building/);
});

test('of two questions the unknown one is not passed over in silence', async () => {
  const { words } = await ask('do you have parking and can you tune my piano');
  expect(words).toMatch(/behind the building.*don't know about your other question.*message/);
});

test('what the caller has already said comes with the message', async () => {
  const said = 'can you call me back at 202 555 0188 my name is Ada it is about my brakes';
  const { decisions } = await ask(said);
  expect(decisions).toEqual([{ kind: 'takeMessage', name: 'Ada', number: '+12025550188', reason: said }]);
});

test.each(['can I speak to a real person', "it's urgent", "I'd like to leave a message", 'is ada there'])(
  '"%s" leads to a message with nothing invented in it',
  async (said) => {
    expect(await ask(said)).toEqual({ words: '', decisions: [{ kind: 'takeMessage' }] });
  },
);

test('an offer accepted becomes a message about the unanswered question', async () => {
  const { decisions } = await ask(['do you fix cars', UNKNOWN, 'yes please']);
  expect(decisions).toEqual([{ kind: 'takeMessage', reason: 'do you fix cars' }]);
});

test('an offer declined is not pressed', async () => {
  const { words, decisions } = await ask(['do you fix cars', UNKNOWN, 'no thanks']);
  expect(words).toMatch(/^Alright\. Is there anything else/);
  expect(decisions).toEqual([]);
});

test('a new question after an offer is a question, though it has a "right" or an "okay" in it', async () => {
  expect((await ask(['do you fix cars', UNKNOWN, 'are you open right now'])).words).toMatch(
    /we are open until 12:30 PM/,
  );
  expect((await ask(['do you fix cars', UNKNOWN, 'okay and where are you located'])).words).toMatch(/12 Maple Street/);
});

test('the same unanswered question a second time begins the message', async () => {
  const { words, decisions } = await ask(['do you fix cars', UNKNOWN, 'i asked do you fix cars']);
  expect(words).toMatch(/don't know/);
  expect(decisions).toEqual([{ kind: 'takeMessage', reason: 'i asked do you fix cars' }]);
});

test('an appointment cannot be changed here, and what the caller wants is passed on in their words', async () => {
  const { decisions } = await ask('i need to cancel my appointment on friday');
  expect(decisions).toEqual([{ kind: 'takeMessage', reason: 'i need to cancel my appointment on friday' }]);
});

test('a phone number asked for is not an answer about paying by phone', async () => {
  expect((await ask("what's your phone number")).words).toMatch(/202 555 0123/);
});

test.each([
  ['are you open december 24th', /December 24, which is Christmas Eve, we are open from 9 AM to noon/],
  ['are you open on christmas', /December 25 we are closed for Christmas Day/],
  ['are you open this weekend', /Saturday.*10 AM to 4 PM.*closed on Sunday/],
  ['what about saturday', /10 AM to 4 PM/],
  ['how late are you open today', /Today.*6 PM/],
])('"%s" is answered from the calendar', async (said, answer) => {
  expect((await ask(said)).words).toMatch(answer);
});

test.each([
  'are you open on easter',
  'is the library open',
  'do you fix helmets',
  'how much is the bus',
  'do you rent helmets',
])('"%s" is near the subject and still not answered', async (said) => {
  expect((await ask(said)).words).toBe(UNKNOWN);
});

const practice = profileSchema.parse({
  businessName: 'Willow Physiotherapy',
  timeZone: 'Europe/London',
  country: 'GB',
  facts: [
    'Our practice is at 4 Mill Road, above the bakery.',
    'There is a lift to the first floor.',
    'A first session lasts 45 minutes and costs 70 pounds.',
    'We work with most private health insurers.',
  ],
  questions: [
    {
      question: 'Do I need a referral from my doctor?',
      also: ['Can I come without a prescription?'],
      answer: 'No referral is needed.',
    },
    { question: 'Do you do home visits?', answer: 'Yes, within the town, for an extra 20 pounds.' },
    { question: 'Do you treat children?', answer: 'Yes, Mira treats children from six years.' },
    { question: 'Is there parking?', answer: 'There are two spaces behind the house.' },
  ],
});

test.each([
  ['where is your practice', /4 Mill Road/],
  ['is there an elevator', /lift to the first floor/],
  ['how much is a session', /70 pounds/],
  ['how long does a session take', /45 minutes/],
  ['can you come to my house', /within the town/],
  ['my son is eight do you treat kids', /from six years/],
  ['do i need a prescription', /No referral/],
  ['do you take insurance', /private health insurers/],
])('another business answers "%s" as well', async (said, answer) => {
  expect((await ask(said, practice)).words).toMatch(answer);
});

test.each(['do you treat dogs', 'do you do acupuncture', 'are you open on sunday', 'is there a massage school'])(
  'another business does not answer "%s"',
  async (said) => {
    expect((await ask(said, practice)).words).toBe(UNKNOWN);
  },
);

test('a business that has told nothing of itself still takes messages', async () => {
  const bare = profileSchema.parse({ businessName: 'Bare Desk' });
  expect((await ask('when are you open', bare)).words).toBe(UNKNOWN);
  expect((await ask('where are you', bare)).words).toBe(UNKNOWN);
});

test('an aborted turn says nothing', async () => {
  const call = { callSid: 'CA0', from: undefined, profile: workshop, messages: [] };
  const pieces = answerer(call, AbortSignal.abort())[Symbol.asyncIterator]();
  await expect(pieces.next()).rejects.toThrow();
});

test('no words at all, or any words at all, get a reply', async () => {
  const odd = [
    '?',
    '12',
    'ñandú 你好',
    "'; DROP TABLE calls",
    'a'.repeat(5000),
    'the the the',
    '<Say>hi</Say>',
    "'s",
    '-',
  ];
  for (const said of odd) {
    const { words, decisions } = await ask(said);
    expect([said.slice(0, 20), words.length + decisions.length > 0]).toEqual([said.slice(0, 20), true]);
  }
});
