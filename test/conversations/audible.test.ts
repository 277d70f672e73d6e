import { audiblePart, speakingMs, type Handed } from '../../src/conversations/audible';

/** It takes the telephone 300 ms to begin, and a caller at least 250 ms to say a word and 700 ms to have finished. */
const BEGINS = 300;
const A_WORD = 950;
const NOON = 1_763_640_000_000;

const clip = (text: string, durationMs: number, at = NOON): Handed => ({
  text,
  at,
  clip: { name: 'a.wav', durationMs },
});
const TEN_WORDS = 'one two three four five six seven eight nine ten';

/** What was heard of a reply when its listener, `ms` after it was handed out, had just said `words`. */
const heardAfter = (ms: number, reply: Handed[], words = 'stop') => audiblePart(reply, words, NOON + ms);

test.each([
  [0.05, ''],
  [0.1, 'one'],
  [0.55, 'one two three four five'],
  [0.99, 'one two three four five six seven eight nine'],
  [1, TEN_WORDS],
  [30, TEN_WORDS],
])('a caller who speaks after %d of a clip has heard %j', (share, heard) => {
  expect(heardAfter(BEGINS + A_WORD + 4_000 * share, [clip(TEN_WORDS, 4_000)])).toBe(heard);
});

test('the time that the caller’s own words took does not count', () => {
  const reply = [clip(TEN_WORDS, 4_000)];
  const ms = BEGINS + A_WORD + 2_800;
  expect(heardAfter(ms, reply, 'stop')).toBe('one two three four five six seven');
  expect(heardAfter(ms, reply, 'please stop right now')).toBe('one two three four five');
});

test('who speaks before the first sound can have come has heard nothing', () => {
  const reply = [clip(TEN_WORDS, 4_000)];
  expect(heardAfter(A_WORD, reply)).toBe('');
  expect(heardAfter(A_WORD / 2, reply)).toBe('');
  expect(heardAfter(BEGINS + A_WORD, reply)).toBe('');
});

test('words that come sooner than anybody can say them are a simulator’s, who has heard everything', () => {
  const reply = [clip(TEN_WORDS, 4_000), clip('and more', 900)];
  expect(heardAfter(5, reply)).toBe(`${TEN_WORDS} and more`);
  expect(heardAfter(450, reply, 'I would like to know more')).toBe(`${TEN_WORDS} and more`);
  expect(heardAfter(-1_000, reply)).toBe(`${TEN_WORDS} and more`);
});

test('clips are heard one after the other', () => {
  const reply = [clip('We are open.', 1_000), clip('Come by any time.', 2_000), clip('Bye.', 500)];
  expect(heardAfter(BEGINS + A_WORD + 1_000, reply)).toBe('We are open.');
  expect(heardAfter(BEGINS + A_WORD + 2_000, reply)).toBe('We are open. Come by');
  expect(heardAfter(BEGINS + A_WORD + 3_000, reply)).toBe('We are open. Come by any time.');
  expect(heardAfter(BEGINS + A_WORD + 3_500, reply)).toBe('We are open. Come by any time. Bye.');
});

test('a part that was handed out later is heard later', () => {
  const reply = [clip('We are open.', 1_000), clip('Come by any time.', 2_000, NOON + 5_000)];
  expect(heardAfter(BEGINS + A_WORD + 5_000, reply)).toBe('We are open.');
  expect(heardAfter(BEGINS + A_WORD + 6_000, reply)).toBe('We are open. Come by');
});

test('without a clip the length is guessed by the letters', () => {
  const text = 'We are open all day.';
  expect(speakingMs({ text })).toBe(20 * 65);
  expect(speakingMs(clip(text, 7))).toBe(7);
  expect(heardAfter(BEGINS + A_WORD + 650, [{ text, at: NOON }])).toBe('We are');
  expect(heardAfter(BEGINS + A_WORD + 1_300, [{ text, at: NOON }])).toBe(text);
});

test('a text without spaces is divided by its characters', () => {
  expect(heardAfter(BEGINS + A_WORD + 500, [clip('𠮷𠮷営業中。', 1_000)])).toBe('𠮷𠮷営');
});

test('keys take no time to say', () => {
  expect(heardAfter(BEGINS + 700 + 2_000, [clip(TEN_WORDS, 4_000)], '')).toBe('one two three four five');
});

test('of nothing, nothing is heard, and a clip without a length does no harm', () => {
  expect(heardAfter(9_000, [])).toBe('');
  expect(heardAfter(9_000, [clip('Hm.', 0), clip('', 0)])).toBe('Hm.');
});

test('what the caller came back after was heard out', () => {
  const reply = [{ ...clip('We are open.', 1_000), heard: true }, clip('Come by any time.', 2_000, NOON + 5_000)];
  expect(heardAfter(5_000 + 1_000, reply)).toBe('We are open.');
  expect(heardAfter(5_010, reply)).toBe('We are open. Come by any time.');
});
