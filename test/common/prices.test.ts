import { LIST_PRICES, pricedThing, priceKey } from '../../src/common/prices';

test.each([
  ['voice', 'en-US-Neural2-F', 'google/neural2'],
  ['voice', 'cmn-CN-Standard-A', 'google/standard'],
  ['voice', 'en-US-Chirp3-HD-Aoede', 'google/chirp3-hd'],
  ['voice', 'unknown', 'google/unknown'],
  ['say', 'woman', 'say/basic'],
  ['say', 'Polly.Joanna', 'say/standard'],
  ['say', 'Polly.Joanna-Neural', 'say/neural'],
  ['say', 'Polly.Joanna-Generative', 'say/generative'],
  ['say', 'Google.en-US-Standard-A', 'say/standard'],
  ['say', 'Google.en-US-Wavenet-A', 'say/neural'],
  ['say', 'Google.en-US-Chirp3-HD-Aoede', 'say/generative'],
  ['say', 'Google.en-US-Studio-O', 'say/google.en-us-studio-o'],
  ['tokens in', 'openai/gpt-oss-20b', 'groq/in/openai/gpt-oss-20b'],
  ['heard', 'speech', 'twilio/heard'],
] as const)('%s by %s has the price of %s', (kind, name, key) => {
  expect(priceKey({ kind, name })).toBe(key);
});

test('every list price is the price of something', () => {
  for (const key of Object.keys(LIST_PRICES)) expect(pricedThing(key)?.what).toMatch(/^\w/);
  for (const key of ['', 'twilio/', 'groq/in/', '__proto__', 'constructor', 'google/<b>'])
    expect(pricedThing(key)).toBeUndefined();
});
