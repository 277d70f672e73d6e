import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const SECRET = /^[0-9a-f]{64}$/;

/**
 * A secret of 32 random bytes, in hex, from a file that only its owner can read; made at the first start. Where the
 * disk does not take it, the secret lasts as long as the process, and `unkept` is told.
 */
export function secretFile(path: string, unkept: (error: unknown) => void): string {
  try {
    const kept = readFileSync(path, 'utf8').trim();
    if (SECRET.test(kept)) return kept;
  } catch {
    // There is none yet.
  }
  const secret = randomBytes(32).toString('hex');
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${secret}\n`, { mode: 0o600 });
  } catch (error) {
    unkept(error);
  }
  return secret;
}
