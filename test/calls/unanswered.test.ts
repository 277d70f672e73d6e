import { openBook } from './kit';

/** A call whose first words nobody could answer. */
async function ask(
  { calls, now }: Awaited<ReturnType<typeof openBook>>,
  { callSid, words, test }: { callSid: string; words: string; test: boolean },
): Promise<void> {
  const { book } = calls;
  book.opened({ callSid, from: '+12025550101', to: '+12025550100', test, at: now() });
  book.heard({ callSid, turn: 1, at: now(), words, confidence: 0.9, digits: undefined });
  await book.written();
}

test('a question stands as it was asked last, with the call it was asked in', async () => {
  const book = await openBook();
  await ask(book, { callSid: 'CA9', words: 'do you sharpen skates', test: true });
  book.passTime(60_000);
  await ask(book, { callSid: 'CA1', words: 'Do you sharpen skates?', test: false });
  await ask(book, { callSid: 'CA5', words: 'Do you rent sledges?', test: true });
  await book.database.updateTable('turns').set({ unanswered: 1 }).execute();
  await book.database.updateTable('turns').set({ test: 1 }).where('call_sid', '=', 'CA5').execute();
  const questions = await book.calls.openQuestions();
  expect(questions).toMatchObject([
    { callSid: 'CA5', words: 'Do you rent sledges?', times: 1, test: true },
    { callSid: 'CA1', words: 'Do you sharpen skates?', times: 2, test: false, at: book.now() },
  ]);
  expect(await book.calls.settleQuestion(questions[1]?.id ?? 0)).toBe('Do you sharpen skates?');
  expect(await book.calls.openQuestions()).toHaveLength(1);
});
