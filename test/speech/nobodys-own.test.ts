import { profileSchema } from '../../src/common/profile';
import { isNobodysOwn } from '../../src/speech/nobodys-own';

const profile = profileSchema.parse({
  businessName: 'Juniper Lane Opticians',
  facts: ['Eye tests are done by Oakley Marsh.'],
});

test.each([
  'We are open Tuesday to Friday from nine to five.',
  'We’re closed on Mondays and from 12:30 PM to 2 PM.',
  'Oakley Marsh does eye tests, for $45.',
  "Juniper Lane Opticians' front door is beside the baker.",
  'Yes, of course.',
])('%s', (text) => expect(isNobodysOwn(text, profile)).toBe(true));

test.each([
  'Thank you, Anna.',
  'Anna is welcome any time.',
  'Glasses for Mr. Marsh are ready.',
  'I will see that it is done.',
  'Shall we call you back on Tuesday?',
  'They are her glasses.',
  'The number is two oh two, five five five.',
  'The number is 202 555 01 43.',
  'An order has the number 48213.',
  'The address is anna@example.com, in small letters: anna@example.com.',
  'The eye test is booked for Tuesday at three.',
  'An appointment on Tuesday at three it is.',
])('somebody’s own: %s', (text) => expect(isNobodysOwn(text, profile)).toBe(false));

test('in another language it cannot be told, and counts as somebody’s', () => {
  const german = profileSchema.parse({ businessName: 'Juniper Lane', language: 'de-DE' });
  expect(isNobodysOwn('We are open.', german)).toBe(false);
});
