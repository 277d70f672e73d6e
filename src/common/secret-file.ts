import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from './errors';

const SECRET = /^[0-9a-f]{64}$/;

/**
 * A secret of 32 random bytes, in hex, from a file that only its owner can read; made at the first start. Where the
 * disk does not take it, the secret lasts as long as the process, and `unkept` is told.
 */
export function secretFile(path: string, unkept: (error: unknown) => void): string {
  return keptSecret(path) ?? newSecret(path, unkept);
}

/**
 * The same, for a secret that opens what is stored: one that is there but cannot be read is never replaced.
 * Throws ConfigError then.
 */
export function preciousSecretFile(path: string, unkept: (error: unknown) => void): string {
  const kept = keptSecret(path);
  if (kept === undefined && existsSync(path)) {
    throw new ConfigError([
      `DATA_DIR: the key file ${path} cannot be read or is not a key. It opens the stored credentials, so it is not replaced: give this program the right to read it, restore it from a backup, or move it away and enter the credentials again.`,
    ]);
  }
  return kept ?? newSecret(path, unkept);
}

function newSecret(path: string, unkept: (error: unknown) => void): string {
  const secret = randomBytes(32).toString('hex');
  try {
    keep(path, secret);
  } catch (error) {
    unkept(error);
  }
  return secret;
}

function keptSecret(path: string): string | undefined {
  try {
    const kept = readFileSync(path, 'utf8').trim();
    if (!SECRET.test(kept)) return undefined;
    if ((statSync(path).mode & 0o077) !== 0) hide(path);
    return kept;
  } catch {
    return undefined;
  }
}

function hide(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // It is somebody else's, or on a disk that cannot be written: what it holds is still the secret.
  }
}

/** Under another name first: a crash leaves no half a secret, and a file there before lends it no permissions. */
function keep(path: string, secret: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  try {
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
