import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Config } from '../config';

/** What every part is given. */
export interface Surroundings {
  config: Config;
  clock: Clock;
  log: Log;
}
