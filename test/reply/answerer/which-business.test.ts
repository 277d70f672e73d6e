import { createAnswerer } from '../../../src/reply/answerer/answerer';
import { loadProfile } from '../../../src/settings/profile-file';
import { replyTo } from './ask';
import { bakery, dentist } from './profiles';

const answerer = createAnswerer({ clock: { now: () => Date.parse('2026-11-18T15:15:00Z') } });
const workshop = loadProfile(undefined);

test.each([
  ['is this Maple Street Bicycle Workshop', workshop],
  ['hi is this the bicycle workshop on Maple Street', workshop],
  ['did I reach the bicycle workshop', workshop],
  ['have I got the right number for the Maple Street Bicycle Workshop', workshop],
  ['is this the bike shop', workshop],
  ['um hello is this Maple Street', workshop],
  ['is this Bright Smile', dentist],
  ['am I calling the bakery', bakery],
  ['are you the bike shop', workshop],
  ["I'm looking for the bike shop on Maple Street", workshop],
  ['is this the bakery in Bath', bakery],
])('who asks "%s" hears that they are right', async (said, profile) => {
  expect(await replyTo(answerer, profile, said)).toEqual({
    words: `Yes, this is ${profile.businessName}. How can I help you?`,
    decisions: [],
  });
});

test.each([
  'what company is this',
  'what shop is this',
  'which place is this',
  "what's your name",
  "what's the name of your shop",
  'what are you called',
  'who did I call',
])('who asks "%s" hears the name of the business', async (said) => {
  expect((await replyTo(answerer, workshop, said)).words).toBe(`This is ${workshop.businessName}. How can I help you?`);
});

test.each(['is this the library', 'is this the car shop', 'is this the pizza place', 'did I reach the dentist'])(
  'who asks "%s" hears the name, and no yes',
  async (said) => {
    expect((await replyTo(answerer, workshop, said)).words).toMatch(/^This is Maple Street Bicycle Workshop/);
  },
);

test.each([
  ['is this the bike shop and do you have parking', /behind the building/],
  ['does Maple Street Bicycle Workshop have parking', /behind the building/],
  ['are you on Maple Street', /12 Maple Street/],
])('"%s" asks for more than the name, and is answered', async (said, answer) => {
  expect((await replyTo(answerer, workshop, said)).words).toMatch(answer);
});

test.each([
  'is this free',
  'is this covered by the guarantee',
  'is it open on Saturday',
  'are you the owner',
  'are you open',
  'is this a good time',
])('"%s" does not ask for the name', async (said) => {
  expect((await replyTo(answerer, workshop, said)).words).not.toMatch(/this is/i);
});

test('the name of the business alone is no fact about it', async () => {
  expect((await replyTo(answerer, workshop, 'what happened on maple street')).words).not.toMatch(/maple street/i);
});
