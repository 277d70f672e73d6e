import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The token a server on this machine accepts from whoever can read its data folder; undefined when there is none. */
export async function readLocalKey(dataDir: string): Promise<string | undefined> {
  try {
    const key = (await readFile(join(dataDir, 'local.key'), 'utf8')).trim();
    return key === '' ? undefined : key;
  } catch {
    return undefined;
  }
}

/** Whether an address is this machine's own. */
export function isLoopback(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
