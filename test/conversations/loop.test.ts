import { profileSchema } from '../../src/common/profile';
import { isLoop } from '../../src/conversations/loop';

const profile = (number: string, country = 'US') =>
  profileSchema.parse({ businessName: 'Juniper Lane Opticians', country, transfer: { number } });
const forwarded = (forwardedFrom: string) => ({
  callSid: 'CA1',
  from: '+12025550101',
  to: '+12025550100',
  forwardedFrom,
});

test.each([
  '+12025550177',
  '2025550177',
  '12025550177',
  '0012025550177',
  '+1 202 555 0177',
  '(202) 555-0177',
  'sip:+12025550177@sip.example.com',
  'sip:2025550177@sip.example.com;user=phone',
  '"Ada" <sip:%2B12025550177@sip.example.com:5060>',
  'tel:+1-202-555-0177',
])('a call forwarded by the person who is rung is our own, as %s', (written) => {
  expect(isLoop(profile('+12025550177'), forwarded(written))).toBe(true);
});

test.each(['+12025550178', '2025550178', 'anonymous', 'sip:reception@sip.example.com', '', '177', '+12025550199'])(
  'a call forwarded by anybody else is not: "%s"',
  (written) => {
    expect(isLoop(profile('+12025550177'), forwarded(written))).toBe(false);
  },
);

test('numbers are read as the country of the business writes them', () => {
  const abroad = profile('+442079460018', 'GB');
  for (const written of ['02079460018', '442079460018', '00442079460018', '+44 20 7946 0018'])
    expect([written, isLoop(abroad, forwarded(written))]).toEqual([written, true]);
});

test('a call from our own number is our own, however that is written', () => {
  const { forwardedFrom, ...facts } = forwarded('');
  for (const from of ['+12025550100', '2025550100', 'sip:+12025550100@sip.example.com'])
    expect(isLoop(profile('+12025550177'), { ...facts, from })).toBe(true);
  expect(isLoop(profile('+12025550177'), facts)).toBe(false);
});
