import { join } from 'node:path';
import { secretFile } from '../common/secret-file';
import type { Surroundings } from './surroundings';

/** A secret of this installation, kept under DATA_DIR. */
export const keyIn = ({ config, log }: Surroundings, name: string): string =>
  secretFile(join(config.DATA_DIR, name), (error) =>
    log.warn('data_dir', { data: { file: name, error: String(error) } }),
  );
