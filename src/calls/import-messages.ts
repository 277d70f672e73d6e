import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../common/log';
import type { Database } from '../storage/database';
import { rowOf } from './messages';

const text = z.string().optional();
const line = z.object({
  id: z.string().min(1),
  callSid: z.string(),
  from: text,
  name: text,
  number: text,
  reason: text,
  takenAt: z.string().refine((time) => !Number.isNaN(Date.parse(time))),
  partial: z.boolean().default(false),
  answers: z.array(z.object({ question: z.string(), answer: z.string() })).default([]),
  test: z.literal(true).optional(),
});

/**
 * Brings the messages of an earlier Frontdesk, a JSON object a line in `messages.jsonl` under `directory`, into the
 * database, once: the file is renamed afterwards. A line that cannot be read is counted in the log and stays there.
 */
export async function importMessages(database: Database, directory: string, log: Log): Promise<void> {
  const path = join(directory, 'messages.jsonl');
  const content = await readFile(path, 'utf8').catch(() => undefined);
  if (content === undefined) return;
  const messages = content.split('\n').flatMap((written) => {
    if (written.trim() === '') return [];
    const message = line.safeParse(parse(written));
    return [message.success ? message.data : undefined];
  });
  const readable = messages.filter((message) => message !== undefined);
  await database.transaction().execute(async (db) => {
    for (const message of readable) {
      const { from, name, number, reason, test, ...rest } = message;
      const row = rowOf({ ...rest, from, name, number, reason, ...(test ? { test } : {}) });
      await db
        .insertInto('messages')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    }
  });
  await rename(path, `${path}.imported`);
  log.info('messages_imported', { data: { messages: readable.length, unreadable: messages.length - readable.length } });
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
