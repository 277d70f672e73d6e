import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBook } from './kit';

const message = (id: string, reason: string) =>
  JSON.stringify({ id, callSid: 'CA1', from: '+12025550101', reason, partial: false, takenAt: '2026-11-20T09:00:00Z' });

const left = (directory: string) => join(directory, 'messages.jsonl.imported');

test('the messages of an earlier Frontdesk are brought over once, later lines over earlier ones', async () => {
  const { calls, directory, logged } = await openBook();
  const lines = [message('a', 'first'), message('b', 'other'), '{"torn', message('a', 'corrected'), ''];
  await writeFile(join(directory, 'messages.jsonl'), lines.join('\n'));
  await calls.start();
  const found = await calls.messages({ limit: 10 });
  expect(found.map(({ id, reason }) => `${id} ${reason}`).sort()).toEqual(['a corrected', 'b other']);
  expect(await readdir(directory)).toEqual(['messages.jsonl.imported']);
  expect(await readFile(left(directory), 'utf8')).toBe('{"torn\n');
  expect((await stat(left(directory))).mode & 0o777).toBe(0o600);
  expect(logged.find(({ eventType }) => eventType === 'messages_imported')?.fields?.data).toEqual({
    messages: 3,
    unreadable: 1,
  });
  await calls.markMessage('a', 'done');
  await calls.start();
  expect(await calls.messages({ state: 'done', limit: 10 })).toHaveLength(1);
});

test('nothing of what was brought over stays beside the database, where no sweep would find it', async () => {
  const { calls, directory } = await openBook();
  await writeFile(join(directory, 'messages.jsonl'), message('a', 'first'));
  await calls.start();
  expect(await readdir(directory)).toEqual([]);
  expect(await calls.messages({ limit: 10 })).toHaveLength(1);
});

test('what an earlier import left is thinned out at the start, to the lines that nobody could read', async () => {
  const { calls, directory } = await openBook();
  await writeFile(left(directory), [message('a', 'first'), '{"torn', message('b', 'other'), ''].join('\n'));
  await calls.start();
  expect(await readFile(left(directory), 'utf8')).toBe('{"torn\n');
  expect(await calls.messages({ limit: 10 })).toEqual([]);
  await writeFile(left(directory), message('a', 'first'));
  await calls.start();
  expect(await readdir(directory)).toEqual([]);
});

test('a file that begins with a byte order mark, or writes null where nothing was said, is read too', async () => {
  const { calls, directory } = await openBook();
  const withNull = JSON.stringify({ ...(JSON.parse(message('b', 'other')) as object), name: null, number: null });
  await writeFile(join(directory, 'messages.jsonl'), `\uFEFF${message('a', 'first')}\n${withNull}`);
  await calls.start();
  const found = await calls.messages({ limit: 10 });
  expect(found.map(({ reason }) => reason).sort()).toEqual(['first', 'other']);
  expect(await readdir(directory)).toEqual([]);
});

test('where the rest cannot be written the messages are in all the same, and the start goes on', async () => {
  const { calls, directory, logged } = await openBook();
  await writeFile(join(directory, 'messages.jsonl'), `${message('a', 'first')}\n{"torn`);
  await mkdir(`${left(directory)}.new`);
  await calls.start();
  expect(await calls.messages({ limit: 10 })).toHaveLength(1);
  expect(logged.some(({ fields }) => fields?.step === 'not left')).toBe(true);
  expect(await readFile(join(directory, 'messages.jsonl'), 'utf8')).toContain('{"torn');
});

test('the call of a message that was brought over is in the book, and told to nobody', async () => {
  const { calls, directory, told } = await openBook();
  await writeFile(join(directory, 'messages.jsonl'), [message('a', 'first'), message('b', 'other')].join('\n'));
  await calls.start();
  const call = { outcome: 'message', from: '+12025550101', startedAt: Date.UTC(2026, 10, 20, 9) };
  expect(await calls.search({ limit: 10 })).toMatchObject([{ sid: 'CA1', ...call }]);
  expect((await calls.read('CA1'))?.messages).toHaveLength(2);
  expect(told).toEqual([]);
});
