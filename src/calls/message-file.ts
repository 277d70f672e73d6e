import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SaveMessage, TakenMessage } from '../conversations/ports';

const NEW_LINE = 0x0a;

/**
 * Keeps messages in `messages.jsonl` under `directory`, a JSON object a line, oldest first; a later line with the
 * same id replaces an earlier one. A message is saved once it would survive a power cut.
 */
export function createMessageFile(directory: string): SaveMessage {
  const path = join(directory, 'messages.jsonl');
  let last: Promise<unknown> = Promise.resolve();
  return (message) => {
    const saved = last.then(() => append(path, message));
    last = saved.catch(() => undefined);
    return saved;
  };
}

async function append(path: string, message: TakenMessage): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a+', 0o600);
  try {
    const line = `${JSON.stringify(message)}\n`;
    await file.appendFile((await endsTorn(file)) ? `\n${line}` : line);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
}

/** Whether a crash in the middle of a write left a line without its end. */
async function endsTorn(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== NEW_LINE;
}

/** A new file's name is only safe once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
