import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBook } from './kit';

const message = (id: string, reason: string) =>
  JSON.stringify({ id, callSid: 'CA1', from: '+12025550101', reason, partial: false, takenAt: '2026-11-20T09:00:00Z' });

test('the messages of an earlier Frontdesk are brought over once, later lines over earlier ones', async () => {
  const { calls, directory, logged } = await openBook();
  const lines = [message('a', 'first'), message('b', 'other'), '{"torn', message('a', 'corrected'), ''];
  await writeFile(join(directory, 'messages.jsonl'), lines.join('\n'));
  await calls.start();
  const found = await calls.messages({ limit: 10 });
  expect(found.map(({ id, reason }) => `${id} ${reason}`).sort()).toEqual(['a corrected', 'b other']);
  expect(await readdir(directory)).toEqual(['messages.jsonl.imported']);
  expect(logged.find(({ eventType }) => eventType === 'messages_imported')?.fields?.data).toEqual({
    messages: 3,
    unreadable: 1,
  });
  await calls.markMessage('a', 'done');
  await calls.start();
  expect(await calls.messages({ state: 'done', limit: 10 })).toHaveLength(1);
});
