import fc from 'fast-check';
import { emailIn, spokenEmail } from '../../../src/conversations/message/email';

test.each([
  ['ada at example dot com', 'ada@example.com'],
  ['ada dot byron at example dot co dot uk', 'ada.byron@example.co.uk'],
  ['It is ada.byron@example.com.', 'ada.byron@example.com'],
  ['a d a at example dot com', 'ada@example.com'],
  ['A-D-A at example dot com', 'ada@example.com'],
  ['A.D.A. at example.com', 'ada@example.com'],
  ['my address is a d a at example dot com, thank you', 'ada@example.com'],
  ["it's a d a b y r o n at example dot com", 'adabyron@example.com'],
  ['ada b at example dot com', 'adab@example.com'],
  ['ada byron at example dot com', 'adabyron@example.com'],
  ['ada five at example dot com', 'ada5@example.com'],
  ['ada dot byron eighteen at mail dot example dot com', 'ada.byron18@mail.example.com'],
  ['ada double o seven at example dot com', 'ada007@example.com'],
  ['ada nineteen eighty four at example dot com', 'ada1984@example.com'],
  ['a double b a underscore five at example dot com', 'abba_5@example.com'],
  ["o'brien at example dot com", 'obrien@example.com'],
  ['ada plus shop at example dot com', 'ada+shop@example.com'],
  ['ada at g mail dot com', 'ada@gmail.com'],
  ['ada at three wheels dot example dot com', 'ada@threewheels.example.com'],
  ['you can reach me at ada at example dot com', 'ada@example.com'],
  ['please write to mail at example dot com', 'mail@example.com'],
  ['no, not ada at example dot com, eda at example dot com', 'eda@example.com'],
  ['look at maple dot com', undefined],
  ['my wheel is bent', undefined],
  ['at noon', undefined],
])('%j is %s', (said, address) => {
  expect(emailIn(said)).toBe(address);
});

test('an address that is read back is heard as the same again', () => {
  const letters = 'abcdefghijklmnpqrstuvwxyz'.split(''); // "seven o" may be 70
  const part = fc
    .array(fc.constantFrom(...letters, '2', '7'), { minLength: 1, maxLength: 8 })
    .map((each) => each.join(''));
  const local = fc
    .array(part, { minLength: 1, maxLength: 3 })
    .chain((parts) => fc.constantFrom('.', '-', '_', '+').map((mark) => parts.join(mark)));
  fc.assert(
    fc.property(local, (written) => {
      const address = `${written}@example.com`;
      expect(emailIn(spokenEmail(address))).toBe(address);
    }),
  );
});
