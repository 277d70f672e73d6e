import fc from 'fast-check';
import { matchOf } from '../../src/calls/saying';
import { openBook, writeCall } from './kit';

async function threeCalls() {
  const book = await openBook();
  await writeCall(book, 'CA1', [['Do you mend tandem bikes?', 'Yes, we do.']]);
  book.passTime(60_000);
  await writeCall(book, 'CA2', [['When are you open?', 'From nine to five.']]);
  book.passTime(60_000);
  await writeCall(book, 'CA3', [
    ['My tandem has a flat', 'Bring it in, please.'],
    ['Thanks', 'Goodbye!'],
  ]);
  return book;
}

const sids = async (found: Promise<readonly { sid: string }[]>) => (await found).map(({ sid }) => sid);

test('calls are found by words of caller and reply, the newest first', async () => {
  const { calls } = await threeCalls();
  expect(await sids(calls.search({ limit: 10 }))).toEqual(['CA3', 'CA2', 'CA1']);
  expect(await sids(calls.search({ words: 'TANDEM', limit: 10 }))).toEqual(['CA3', 'CA1']);
  expect(await sids(calls.search({ words: 'nine fi', limit: 10 }))).toEqual(['CA2']);
  expect(await sids(calls.search({ words: 'unicycle', limit: 10 }))).toEqual([]);
  expect(await sids(calls.search({ words: 'mended', limit: 10 }))).toEqual(['CA1']);
  expect(await calls.search({ words: 'tandem', limit: 1 })).toMatchObject([
    { turns: 2, opening: 'My tandem has a flat' },
  ]);
});

test('the list goes on where it ended, without a gap and without a repetition', async () => {
  const { calls } = await threeCalls();
  const [first] = await calls.search({ limit: 1 });
  const before = { startedAt: first?.startedAt ?? 0, sid: first?.sid ?? '' };
  expect(await sids(calls.search({ before, limit: 10 }))).toEqual(['CA2', 'CA1']);
});

test('a transcript that changes is found by its new words alone', async () => {
  const { calls, now } = await threeCalls();
  calls.book.heard({ callSid: 'CA2', turn: 1, at: now(), words: 'where are you', confidence: 1, digits: undefined });
  await calls.book.written();
  expect(await sids(calls.search({ words: 'open', limit: 10 }))).toEqual([]);
  expect(await sids(calls.search({ words: 'where', limit: 10 }))).toEqual(['CA2']);
});

test('whatever is typed is words to be found, never an operator', async () => {
  const { calls } = await threeCalls();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (words) => {
      expect(Array.isArray(await calls.search({ words, limit: 5 }))).toBe(true);
    }),
    { numRuns: 200 },
  );
  expect(matchOf('NEAR(a b) OR "c')).toBe('"NEAR" "a" "b" "OR" "c"');
  expect(matchOf('a tand', true)).toBe('"a" "tand"*');
});
