import type { SavedConversation } from '../../src/conversations/saved';
import type { Transfer } from '../../src/conversations/call';
import { openBook, writeCall } from './kit';

const HOUR = 60 * 60_000;

const talking = (transfer: Transfer | undefined): SavedConversation => ({
  ...{ from: '+12025550101', to: '+12025550100', test: false, trial: false, messages: [], answers: [] },
  kept: { transfer } as SavedConversation['kept'],
});

/** A call that a person has taken, of which nothing is heard any more. */
async function bridged() {
  const book = await openBook();
  await writeCall(book, 'CA1', [['A person please', 'One moment.']]);
  book.passTime(60_000);
  const acceptedAt = book.now();
  book.calls.book.keep('CA1', talking({ accepted: true }));
  await book.calls.book.written();
  return { ...book, acceptedAt };
}
const conversation = async ({ database }: Pick<Awaited<ReturnType<typeof openBook>>, 'database'>) =>
  (await database.selectFrom('calls').select('conversation').executeTakeFirstOrThrow()).conversation;

test('two people may talk for four hours; after that their call ends where it was last heard of', async () => {
  const book = await bridged();
  book.passTime(4 * HOUR - 1);
  await book.calls.start();
  expect(await book.calls.read('CA1')).toMatchObject({ outcome: undefined });
  expect(await conversation(book)).not.toBeNull();
  book.passTime(1);
  await book.calls.start();
  const call = await book.calls.read('CA1');
  expect(call).toMatchObject({ outcome: 'transferred', transfer: 'accepted', endedAt: book.acceptedAt });
  expect(await conversation(book)).toBeNull();
});

test('the core, which lets it go then, says the same', async () => {
  const book = await bridged();
  book.passTime(4 * HOUR);
  book.calls.book.ended('CA1');
  expect(await book.calls.read('CA1')).toMatchObject({ outcome: 'transferred', endedAt: book.acceptedAt });
});

test('a call that came back to the receptionist is reaped like any other', async () => {
  const book = await bridged();
  book.calls.book.keep('CA1', talking({ accepted: true, over: true }));
  await book.calls.book.written();
  book.passTime(16 * 60_000);
  await book.calls.start();
  expect(await book.calls.read('CA1')).toMatchObject({ outcome: 'transferred', endedAt: book.acceptedAt });
});

test('nothing goes on with the conversation of a call that was reaped', async () => {
  const book = await openBook();
  await writeCall(book, 'CA1', [['Hello', 'Hello!']]);
  book.calls.book.keep('CA1', talking(undefined));
  await book.calls.book.written();
  book.passTime(16 * 60_000);
  await book.calls.start();
  expect(await book.calls.book.reopen('CA1')).toBeUndefined();
});

test('what a crash has cut off in the middle is done again: the conversation that was not closed', async () => {
  const book = await openBook();
  await writeCall(book, 'CA1', [['I want to leave a message.', 'What is it about?']]);
  book.calls.book.keep('CA1', talking(undefined));
  await book.calls.book.written();
  book.passTime(HOUR);
  await book.database.updateTable('calls').set({ outcome: 'answered', ended_at: book.now() }).execute();
  await book.calls.start();
  expect(book.closed).toEqual(['CA1']);
  expect(await conversation(book)).toBeNull();
});
