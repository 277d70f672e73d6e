import fc from 'fast-check';
import { createSealing } from '../../src/settings/sealing';

const sealing = createSealing('the key');

test('every text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, name) => {
      expect(sealing.open(name, sealing.seal(name, text))).toBe(text);
    }),
  );
});

test('the same text is never sealed in the same way twice', () => {
  const sealed = Array.from({ length: 100 }, () => sealing.seal('a', 'text').toString('hex'));
  expect(new Set(sealed.map((hex) => hex.slice(0, 24))).size).toBe(100);
  expect(new Set(sealed.map((hex) => hex.slice(56))).size).toBe(100);
});

test('a sealed value opens under its own name alone', () => {
  expect(() => sealing.open('google', sealing.seal('groq', 'text'))).toThrow();
});

test('another key opens nothing', () => {
  expect(() => createSealing('the Key').open('a', sealing.seal('a', 'text'))).toThrow();
});

test('no byte of a sealed value can be changed, and none left out', () => {
  const sealed = sealing.seal('a', 'text');
  for (const index of sealed.keys()) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    expect(() => sealing.open('a', changed)).toThrow();
    expect(() => sealing.open('a', sealed.subarray(0, index))).toThrow();
  }
});
