import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../common/clock';
import { codeOf } from '../common/errors';
import { inFolder } from '../common/in-folder';
import type { Log } from '../common/log';
import type { ClipKind } from './clip-names';
import { isClipName } from './clip-names';

/** A clip's file. `kind` is undefined for a file that a crash left half-written. */
export interface ClipFile {
  name: string;
  path: string;
  kind: ClipKind | undefined;
  bytes: number;
  madeAt: number;
}

/** What a clip's file says. */
export interface ClipFileContent {
  kind: ClipKind;
  wav: Buffer;
}

/** A clip, and when it was made by the clock that prunes it. */
interface ClipToWrite extends ClipFileContent {
  name: string;
  madeAt: number;
}

/** Clips on disk. Nothing here throws: a failing disk is a log line and an answer of "no". */
export interface ClipDisk {
  /** Resolves to whether the file is there; its age is the clip's. */
  write(clip: ClipToWrite): Promise<boolean>;
  read(name: string): Promise<ClipFileContent | undefined>;
  has(name: string): Promise<boolean>;
  list(): Promise<ClipFile[]>;
  remove(file: ClipFile): Promise<boolean>;
  /** Removes a reply by its name, if it is there. */
  removeReply(name: string): Promise<unknown>;
}

const HALF_WRITTEN = /^[0-9a-f]{32}\.wav\.[0-9a-f]{8}\.tmp$/;
const LOG_EVERY_MS = 60_000;

/** Replies lie in `directory`, phrases in its subfolder `phrases`. Troubles are logged at most once a minute. */
export function createClipDisk(directory: string, { clock, log }: { clock: Clock; log: Log }): ClipDisk {
  const folders: Record<ClipKind, string> = { reply: directory, phrase: join(directory, 'phrases') };
  let loggedAt = -Infinity;

  async function attempt<T>(step: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || step === 'write') complain(step, error);
      return undefined;
    }
  }

  function complain(step: string, error: unknown): void {
    if (clock.now() - loggedAt < LOG_EVERY_MS) return;
    loggedAt = clock.now();
    log.warn('clip-disk', { step, data: { code: codeOf(error) || String(error), directory } });
  }

  async function write({ name, kind, wav, madeAt }: ClipToWrite): Promise<boolean> {
    const temporary = join(folders[kind], `${name}.${randomBytes(4).toString('hex')}.tmp`);
    const written = await attempt('write', async () => {
      await inFolder(folders[kind], () => writeWithTime(temporary, wav, madeAt));
      await rename(temporary, join(folders[kind], name));
      return true;
    });
    if (!written) await rm(temporary, { force: true }).catch(() => undefined);
    return written ?? false;
  }

  async function read(name: string): Promise<ClipFileContent | undefined> {
    for (const kind of ['reply', 'phrase'] as const) {
      const wav = await attempt('read', () => readFile(join(folders[kind], name)));
      if (wav) return { kind, wav };
    }
    return undefined;
  }

  async function list(): Promise<ClipFile[]> {
    const files: ClipFile[] = [];
    for (const kind of ['reply', 'phrase'] as const) {
      for (const name of (await attempt('list', () => readdir(folders[kind]))) ?? []) {
        if (!isClipName(name) && !HALF_WRITTEN.test(name)) continue; // somebody else's file
        const path = join(folders[kind], name);
        const found = await attempt('list', () => stat(path));
        if (!found) continue;
        files.push({ name, path, kind: isClipName(name) ? kind : undefined, bytes: found.size, madeAt: found.mtimeMs });
      }
    }
    return files;
  }

  return {
    ...{ write, read, list },
    has: async (name) => (await Promise.all(Object.values(folders).map((each) => isIn(each, name)))).includes(true),
    remove: async ({ path }) => (await attempt('remove', () => rm(path, { force: true }).then(() => true))) ?? false,
    removeReply: (name) => attempt('remove', () => rm(join(directory, name), { force: true })),
  };
}

const isIn = (folder: string, name: string): Promise<boolean> =>
  stat(join(folder, name)).then(
    () => isClipName(name),
    () => false,
  );

async function writeWithTime(path: string, wav: Buffer, madeAt: number): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(wav);
    await file.utimes(madeAt / 1000, madeAt / 1000);
  } finally {
    await file.close();
  }
}
