import { maskPhone, maskPhones, maskSecrets } from '../../src/common/mask';

test.each([
  ['+12025550143', '…43'],
  ['call +1 202 555 0143 now', 'call …43 now'],
  ['+1 (202) 555-0143.', '…43.'],
  ['(202) 555-0143', '…43'],
  ['202-555-0143, 202.555.0144', '…43, …44'],
  ['1-202-555-0143', '…43'],
  ['12025550143', '…43'],
  ['"from":"2025550143"', '"from":"…43"'],
  ['from:2025550143', 'from:…43'],
  ['2025550143: busy', '…43: busy'],
  ['number=2025550143;', 'number=…43;'],
  ['From=%2B12025550143&To=%2B12025550100', 'From=…43&To=…00'],
  ['To=sip%3A%2B12025550143%40example.com', 'To=sip%3A…43%40example.com'],
  ['sip:+12025550143@example.com', 'sip:…43@example.com'],
  ['/Calls/+12025550143.json', '/Calls/…43.json'],
  ['+44 20 7946 0143', '…43'],
  ['020 7946 0143', '…43'],
  ['0044 20 7946 0143', '…43'],
  ['+49 171 5550143 / 0171 5550144', '…43 / …44'],
  ['01715550143', '…43'],
  ['+33 1 99 00 01 43', '…43'],
  ['+1\u00a0202\u2011555\u20110143', '…43'],
  ['555-0143', '…43'],
  ['2 0 2 5 5 5 0 1 4 3', '…43'],
  ['Is that 2 0 2, 5 5 5, 0 1 4 3? Yes', 'Is that …43? Yes'],
  ['on 1, 2 0 2, 5 5 5, 0 1 4 3.', 'on …43.'],
  ['on plus 4 4, 2 0, 7 9 4 6, 0 1 4 3', 'on …43'],
  ['on 0 1, 9 9, 0 0, 0 1, 4 3', 'on …43'],
  ['5 5 5, 0 1 4 3', '…43'],
  ['call me on 202, 555, 0143', 'call me on …43'],
  ['202 555, 0143', '…43'],
  ['1, 202, 555, 0143', '…43'],
  ['020, 7946, 0143', '…43'],
  ['202 555 0143, 202 555 0144', '…43, …44'],
  ['2 0 2, 5 5 5, 0 1 4 3, 2 0 2, 5 5 5, 0 1 4 4', '…44'],
  ['call two oh two, five double five, zero one four three today', 'call … today'],
])('of %j the log keeps %j', (text, masked) => expect(maskPhones(text)).toBe(masked));

test.each([
  '2026-11-20',
  '2026-11-20T10:00:00.000Z',
  '2026-11-20 10:00:00',
  'from 2026-11-20 to 2026-12-24.',
  '10:00:00.000000',
  'took 1234.567 s, or 1234567 ms',
  '12345678 bytes',
  '127.0.0.1:3000',
  '192.168.100.200',
  '::ffff:127.0.0.1',
  'CA00112233445566778899001122334455',
  `AC${'1'.repeat(32)}`,
  `${'0123456789'.repeat(3)}01.wav`,
  '0a1b2c3d4e5f60718293a4b5c6d7e8f9.wav',
  '3f2504e0-4f89-11d3-9a0c-030512345678',
  '12345678-1234-4234-8234-123456789012',
  'openai/gpt-oss-120b, llama-3.3-70b, 6.2.0',
  'error 11200 at file.ts:120:15',
  '1, 2, 3, 4, 5, 6, 7, 8, 9, 10',
  '0, 10, 20, 30, 40',
  'rooms 101, 102, 103 and 104, or 201, 202, 203, 204',
  'in 2019, 2020, 2021',
  '10, 12, 14, 16, 18',
  'one, two or three; one two three four',
  'anonymous',
  '',
])('stays as it is: %j', (text) => expect(maskPhones(text)).toBe(text));

test('a number of a hundred thousand digits is no trouble', () => {
  const began = performance.now();
  for (const piece of ['1', '1 ', '1-', '(', '+', '1   ', '1, ', 'one ', 'double ', '%2B'])
    maskPhones(piece.repeat(50_000));
  expect(performance.now() - began).toBeLessThan(20_000);
});

test.each([
  ['+12025550143', '…43'],
  ['+1 202-555-0143', '…43'],
  ['12345', '…45'],
  ['911', '911'],
  ['anonymous', 'anonymous'],
  ['client:ana12345', 'client:ana12345'],
  ['sip:12025550143@example.com', 'sip:…43@example.com'],
  ['', ''],
])('a caller ID of %j is shown as %j', (number, masked) => expect(maskPhone(number)).toBe(masked));

test('every secret is masked wherever it stands, one that contains another as a whole', () => {
  const secrets = ['gsk_1', 'gsk_1$&more', '', '.*'];
  expect(maskSecrets('a gsk_1$&more b gsk_1, gsk_1 .* c', secrets)).toBe('a [secret] b [secret], [secret] [secret] c');
  expect(maskSecrets('nothing', [])).toBe('nothing');
});
