import { openBook } from './kit';

test('messages of the same moment are listed once each, page by page', async () => {
  const { calls, now } = await openBook();
  const takenAt = new Date(now()).toISOString();
  const ids = ['c', 'a', 'e', 'b', 'd'];
  for (const id of ids) {
    const unknown = { from: undefined, name: undefined, number: undefined, reason: undefined };
    await calls.saveMessage({ id, callSid: 'CA1', ...unknown, partial: false, takenAt });
  }
  const pages: string[][] = [];
  let before: { takenAt: number; id: string } | undefined;
  do {
    const found = await calls.messages({ before, limit: 2 });
    pages.push(found.map(({ id }) => id));
    before = found.at(-1);
  } while (before);
  expect(pages).toEqual([['e', 'd'], ['c', 'b'], ['a'], []]);
});
