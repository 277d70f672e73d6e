import type { ProfileField } from '../../src/common/profile';
import { isTelling } from '../../src/conversations/evidence';
import { provenValue } from '../../src/conversations/proven-value';

const field = (kind: ProfileField['kind'], name: string): ProfileField => ({ kind, name });
const phone = field('phone', 'callback number');
const email = field('email', 'e-mail');

test.each<[ProfileField, told: readonly [value: string, quote: string], kept: string | undefined]>([
  [email, ['mallory@example.com', 'hello this is Ada'], undefined],
  [email, ['mallory@example.com', 'it is ada at example dot com'], 'ada@example.com'],
  [phone, ['+1 202 555 0143', 'five five five oh one four three'], undefined],
  [phone, ['555-0143', 'five five five oh one four three'], '5550143'],
  [phone, ['2', 'I have two bikes'], undefined],
  [phone, ['+1 202 555 0143', 'two oh two, double five five, oh one four three'], '+12025550143'],
  [phone, ['2025550143', 'not 202 555 0142, it is 202 555 0143'], '+12025550143'],
  [phone, ['2025550199', 'it is 202 555 0143'], '+12025550143'],
  [field('text', 'name'), ['Robert', 'hello'], undefined],
  [field('text', 'Your name'), ['Ada Byron', 'this is ada'], 'Ada Byron'],
  [field('text', 'name'), ['Ada', 'it is A D A'], 'Ada'],
  [field('text', 'reason'), ['wants to buy a ship', 'my'], undefined],
  [field('text', 'reason'), ['a bent wheel', 'my wheel is bent'], 'a bent wheel'],
  [field('text', 'table for'), ['4', 'four'], '4'],
])('of what was told for %j, %j, is kept %j', (which, [value, quote], kept) => {
  expect(provenValue(which, { value, quote }, 'US')).toBe(kept);
});

test('one short word tells nothing', () => {
  expect(['my', 'Yes.', 'oh', 'it', 'repair', 'a bike'].filter(isTelling)).toEqual(['repair', 'a bike']);
});
