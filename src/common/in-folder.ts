import { mkdir } from 'node:fs/promises';
import { codeOf } from './errors';

/** Does work that needs a folder; where that is missing it is made, and the work is tried once more. */
export const inFolder = (folder: string, work: () => Promise<void>): Promise<void> =>
  work().catch(async (error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true });
    await work();
  });
