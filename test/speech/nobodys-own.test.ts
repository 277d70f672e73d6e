import { profileSchema } from '../../src/common/profile';
import { toSpeakable } from '../../src/conversations/speakable';
import { isNobodysOwn } from '../../src/speech/nobodys-own';

const profile = profileSchema.parse({
  businessName: 'Juniper Lane Opticians',
  facts: [
    'Eye tests are done by Oakley Marsh, and cost 45 dollars.',
    'The front door is at 12 Juniper Lane, beside the baker.',
    'Our number is 202 555 0123. We will call you back, five miles away or not.',
    'You have to wait for your glasses until we are well supplied. She is Oakley Marsh.',
  ],
});
const isSo = (text: string) => isNobodysOwn(toSpeakable(text), profile);

test.each([
  'We are open Tuesday to Friday from nine to five.',
  'We’re closed on Mondays and from 12:30 PM to 2 PM.',
  'Oakley Marsh does eye tests, and these cost 45 dollars.',
  "Juniper Lane Opticians' front door is at 12 Juniper Lane.",
  'Our number is 202 555 0123.',
  'Yes, of course.',
  'Thank you, and until Friday.',
])('%s', (text) => expect(isSo(text)).toBe(true));

test.each([
  'Thank you, Anna.',
  'Sure, anna.',
  'Anna is away on Friday.',
  'You have an eye test on Tuesday at 10 am.',
  'You are not well.',
  'She is not well.',
  'Your front door is at 12 Juniper Lane.',
  'So that was nine, then one, then one.',
  'Will is away on Friday.',
  'Miles is away on Friday.',
  'June is away on Friday.',
  'Glasses for Mr. Marsh are open.',
  'We will call them on Tuesday.',
  'Our number is two oh two, five five five.',
  'Our number is two fifty, five fifteen.',
  'Our number is 202 555 0143.',
  'Our number is 202‑555‑0143.',
  'Our number is 202/555/0143.',
  'Our number is 4821.',
  'March 3rd, 1984.',
  'The address is anna@example.com.',
  'The eye test is booked for Tuesday at three.',
  'The reservation is for four, on Friday.',
  'After the stroke, no eye tests.',
  'The door at 40 Juniper Lane.',
])('somebody’s own: %s', (text) => expect(isSo(text)).toBe(false));

test('in another language it cannot be told, and counts as somebody’s', () => {
  const german = profileSchema.parse({ businessName: 'Juniper Lane', language: 'de-DE' });
  expect(isNobodysOwn('We are open.', german)).toBe(false);
});
