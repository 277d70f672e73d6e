import { createAnswerer } from '../../../src/reply/answerer/answerer';
import { loadProfile } from '../../../src/settings/profile-file';
import { replyTo } from './ask';
import { bakery, dentist } from './profiles';

// A Wednesday, 10:15 in New York.
const answerer = createAnswerer({ clock: { now: () => Date.parse('2026-11-18T15:15:00Z') } });
const workshop = loadProfile(undefined);

describe('a caller of the workshop', () => {
  test.each([
    ['I use a wheelchair can I get in', /step-free/],
    ['can you get in with a stroller', /step-free/],
    ['can you fix my wheelchair', /cannot work on wheelchairs/],
    ['do you fix baby strollers', /We fix strollers/],
    ['what if I pick up my bike late', /storage is 3 dollars/],
    ['can you come and pick up my bike', /collect and return/],
    ['can I just drop in without an appointment', /No appointment is needed/],
    ['is the work guaranteed', /six month guarantee/],
    ['can I get a gift certificate for fifty dollars', /gift cards are available/],
    ['do you have a gift card for twenty five', /gift cards are available/],
    ['how do I get there by bus', /number 7 bus/],
    ['can I get there by public transport', /number 7 bus/],
    ['when can I expect to get my bike back', /two to three working days/],
    ['which entrance is the car park on', /Elm Lane/],
    ['is parking free', /Free customer parking/],
    ["I'd love to learn bike maintenance do you run anything like that", /repair class/],
    ['can I settle up with a credit card', /by card/],
    ["whats the damage for a flat tyre and how's the weather", /25 dollars/],
    ["I'm looking for a used bike around two hundred bucks", /from 180 dollars/],
    ['do you do repairs on Saturday', /On Saturday we are open from 10 AM to 4 PM/],
    ['do you work on Sundays', /closed on Sunday/],
    ['can I drop my bike off on Monday', /closed on Monday/],
    ['can you tell me where you are', /12 Maple Street/],
    ["where y'all at", /12 Maple Street/],
    ['when is my bike ready', /two to three working days/],
    ['I want to get rid of my bike', /donation/],
    ["do you know where y'all are located", /12 Maple Street/],
    ["are y'all open Saturday", /Saturday.*10 AM to 4 PM/],
    ['how much is a new wheel', /new hand-built wheel starts at 160/],
    ['do you sell new bikes', /do not sell new/],
    ['how much is a tune up for my new bike', /75 dollars/],
    ['I want to sell my old bike', /trade-in/],
    ['can I pay later today by card', /by card/],
  ])('who asks "%s" hears what they need', async (said, answer) => {
    expect((await replyTo(answerer, workshop, said)).words).toMatch(answer);
  });

  test.each([
    'are you hiring',
    'do you hire mechanics',
    'can I bring my kids',
    'can I leave my dog with you for the day',
    'do you deliver new bikes',
    'do you rent electric bikes',
    'do you rent helmets',
    'what time does the number 7 bus leave',
    'is the library open on Sunday',
    'can you fix a flat on my car',
    'do you sell electric scooters',
    'can I pay in installments',
    'is the ramp icy',
    'can you sell my bike for me',
    'how much is a new tire',
    'can I pay next month',
    'can I pay in two weeks',
    'do I have to pay in advance',
    'could you help me sell my bike',
    'can my dog ride a bike',
    'can dogs eat chocolate',
  ])('who asks "%s" is offered a message, as nobody wrote that down', async (said) => {
    expect((await replyTo(answerer, workshop, said)).words).toMatch(/don't know.*take a message/);
  });

  test.each(['is it free', 'free', 'how much'])('who only says "%s" is asked what it is about', async (said) => {
    expect((await replyTo(answerer, workshop, said)).words).toMatch(/What would you like to know/);
  });
});

describe('a caller of the dentist', () => {
  test.each([
    ['I have an emergency', /202 555 0199/],
    ['what does whitening run', /300 dollars/],
    ['where can I leave my car', /park for free/],
    ['can I pay in installments', /twelve months/],
    ['my daughter is four do you see kids that young', /from age three/],
    ['can I bring my five year old', /from age three/],
    ['can I get a cleaning on Saturday', /closed on Saturday.*120 dollars/],
    ['what floor are you on', /second floor/],
    ['do you take cigna', /Cigna/],
  ])('who asks "%s" hears what they need', async (said, answer) => {
    const { words, decisions } = await replyTo(answerer, dentist, said);
    expect(words).toMatch(answer);
    expect(decisions).toEqual([]);
  });

  test.each([
    'does doctor Patel see children',
    'is doctor lee in today',
    'what time can I call Doctor Patel',
    'is the elevator broken',
    'how much is a crown',
    'do you take Medicaid',
  ])('who asks "%s" is offered a message', async (said) => {
    expect((await replyTo(answerer, dentist, said)).words).toMatch(/don't know.*take a message/);
  });
});

test.each(['please call me back I have a toothache', 'can I speak to somebody I have an emergency'])(
  'a person asked for comes before an answer: "%s"',
  async (said) => {
    const { words, decisions } = await replyTo(answerer, dentist, said);
    expect([words, decisions.map(({ kind }) => kind)]).toEqual(['', ['takeMessage']]);
  },
);

describe('a caller of the bakery in Bath', () => {
  test.each([
    ['which day do you have gluten free bread', /Fridays/],
    ['do your cakes have nuts in them', /free of nuts/],
    ['how far in advance should I order a birthday cake', /three days ahead/],
    ['can I sit outside with my dog', /dogs are welcome/],
    ['are you in Bath', /5 High Street/],
    ['do you have gluten free bread on Monday', /^We have gluten-free bread on Fridays/],
  ])('who asks "%s" hears what they need', async (said, answer) => {
    expect((await replyTo(answerer, bakery, said)).words).toMatch(answer);
  });

  test.each([
    'do you have a bath',
    "what's on High Street",
    'do you have gluten free croissants',
    'do you make wedding cakes',
    'are you open on bank holidays',
    'what day is it today',
  ])('who asks "%s" is offered a message', async (said) => {
    expect((await replyTo(answerer, bakery, said)).words).toMatch(/don't know.*take a message/);
  });
});
