import { readFile, rename, rm, writeFile } from 'node:fs/promises';
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
 * database, once. The file goes with it: what is forgotten or swept must not live on beside the database. Lines that
 * cannot be read are counted in the log and kept in `messages.jsonl.imported`, where an earlier import left them all.
 */
export async function importMessages(database: Database, directory: string, log: Log): Promise<void> {
  const path = join(directory, 'messages.jsonl');
  const found = await Promise.all([path, leftIn(directory)].map(linesOf)).catch((error: unknown) =>
    log.error('messages_imported', { step: 'not read', data: { reason: String(error) } }),
  );
  if (!found) return; // nothing is removed that was not read
  const [lines, before] = found;
  if (lines !== undefined) {
    const messages = lines.flatMap((written) => messageIn(written) ?? []);
    await write(database, messages);
    log.info('messages_imported', { data: { messages: messages.length, unreadable: lines.length - messages.length } });
  }
  const unreadable = (lines ?? []).filter((written) => messageIn(written) === undefined);
  const still = (before ?? []).filter((written) => !line.safeParse(parse(written)).success);
  await leave(directory, [...still, ...unreadable])
    .then(() => rm(path, { force: true }))
    .catch((error: unknown) => log.error('messages_imported', { step: 'not left', data: { reason: String(error) } }));
}

const leftIn = (directory: string) => join(directory, 'messages.jsonl.imported');

const write = (database: Database, messages: readonly z.infer<typeof line>[]) =>
  database.transaction().execute(async (db) => {
    for (const { from, name, number, reason, test, ...rest } of messages) {
      const row = rowOf({ ...rest, from, name, number, reason, ...(test ? { test } : {}) });
      await db
        .insertInto('messages')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
      await db
        .insertInto('calls')
        .values(callOf(row))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });

/** A call of which only its message is known; it is over, and understood as far as it can be. */
const callOf = ({ call_sid: sid, from_number, test, taken_at: at }: ReturnType<typeof rowOf>) => ({
  ...{ sid, from_number, test, direction: 'inbound', status: 'completed', outcome: 'message' },
  ...{ started_at: at, ended_at: at, seen_at: at, understood_at: at },
});

/** Under another name first, so that a crash loses nothing. */
async function leave(directory: string, unreadable: readonly string[]): Promise<void> {
  const path = leftIn(directory);
  if (unreadable.length === 0) return rm(path, { force: true });
  await writeFile(`${path}.new`, `${unreadable.join('\n')}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Undefined where there is no such file. */
async function linesOf(path: string): Promise<string[] | undefined> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  return content?.split('\n').filter((written) => written.trim() !== '');
}

/** Null is read as nothing, and a byte order mark passed over. */
const messageIn = (written: string) =>
  line.safeParse(parse(written.replace(/^\uFEFF/, ''), (value) => value ?? undefined)).data;

function parse(written: string, reading = (value: unknown) => value): unknown {
  try {
    return JSON.parse(written, (_, value: unknown) => reading(value));
  } catch {
    return undefined;
  }
}
