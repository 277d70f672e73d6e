import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';

/** A file of so many bytes takes longer to look through than callers should wait for a start. */
const LARGE = 64 * 1024 * 1024;

/** Whether a database is looked through only after the start. */
export const isLarge = (file: string): boolean =>
  file !== ':memory:' && (statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= LARGE;

/** What is damaged in an open database, in SQLite's words; undefined when it is whole. */
export function damageIn(sqlite: Sqlite.Database): string | undefined {
  const found = String(sqlite.pragma('quick_check(1)', { simple: true }));
  return found === 'ok' ? undefined : found.replace(/\s+/g, ' ');
}

/**
 * Looks through a large database beside its use, in a process of its own that takes only the time nobody else needs.
 * `damaged` is told if it is not whole. Gives the way to stop; a small file was looked through when it was opened.
 */
export function checkLater(file: string, damaged: (reason: string) => void): () => void {
  if (!isLarge(file)) return () => undefined;
  let stopped = false;
  const child = execFile(process.execPath, [join(__dirname, 'look-through.js'), file], (error, printed) => {
    const reason = error ? `it could not be looked through: ${error.message}` : printed.trim();
    if (!stopped && reason !== '') damaged(reason);
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  return () => {
    stopped = true;
    child.kill('SIGKILL');
  };
}
