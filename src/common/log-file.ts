import { appendFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { inFolder } from './in-folder';

const MAX_FILE_BYTES = 10_000_000;
const MAX_FILES = 5;

/** Tells standard error, the only place left, that lines are lost. */
export const complain = (error: unknown) =>
  void process.stderr.write(`The log cannot be written: ${isNativeError(error) ? error.message : typeof error}\n`);

/**
 * Appends to frontdesk.log; a full one becomes frontdesk1.log, that one frontdesk2.log, and so on. Winston's own file
 * transport is not used: after a failed write it holds back all further lines, in memory and on other transports.
 */
export function rotatingFile(directory: string): Writable {
  const path = (age: number) => join(directory, `frontdesk${age || ''}.log`);
  let size: number | undefined;
  let failed = false;
  const append = async (text: string) => {
    const bytes = Buffer.byteLength(text);
    size ??= (await stat(path(0)).catch(() => undefined))?.size ?? 0;
    if (size > 0 && size + bytes > MAX_FILE_BYTES) {
      for (let age = MAX_FILES - 1; age > 0; age--) await rename(path(age - 1), path(age)).catch(() => undefined);
      size = 0;
    }
    await inFolder(directory, () => appendFile(path(0), text));
    size += bytes;
    failed = false;
  };
  const lost = (error: unknown) => {
    if (!failed) complain(error);
    failed = true;
    size = undefined;
  };
  return new Writable({
    write: (line: Buffer, _, done) =>
      void append(String(line))
        .catch(lost)
        .then(() => done()),
    writev: (lines, done) =>
      void append(Buffer.concat(lines.map(({ chunk }) => chunk as Buffer)).toString())
        .catch(lost)
        .then(() => done()),
  });
}
