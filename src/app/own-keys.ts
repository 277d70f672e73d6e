import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { preciousSecretFile, secretFile } from '../common/secret-file';
import type { Surroundings } from './surroundings';

/** The secret by which programs on this machine are known, kept under DATA_DIR. */
export const localKey = (surroundings: Surroundings): string => secretFile(...placeOf(surroundings, 'local.key'));

/** What only this installation can answer to a nonce. */
export const proofOf = (surroundings: Surroundings, nonce: string): string =>
  createHmac('sha256', localKey(surroundings)).update(`nonce ${nonce}`).digest('hex');

/** The secret in the names of clips, which makes them unguessable; kept under DATA_DIR. */
export const clipKey = (surroundings: Surroundings): string => secretFile(...placeOf(surroundings, 'clip-names.key'));

/** The secret that opens the stored credentials, kept under DATA_DIR. Throws ConfigError rather than replace one. */
export const sealingKey = (surroundings: Surroundings): string =>
  preciousSecretFile(...placeOf(surroundings, 'secret.key'));

const placeOf = ({ config, log }: Surroundings, name: string) =>
  [
    join(config.DATA_DIR, name),
    (error: unknown) => log.warn('data_dir', { data: { file: name, error: String(error) } }),
  ] as const;
