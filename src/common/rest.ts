import type { Clock } from './clock';
import type { UpstreamError, UpstreamReason } from './errors';

const DEFAULT_REST_MS = 10_000;
const LONGEST_REST_MS = 60_000;
const TROUBLE_REST_MS = 5_000;
const TROUBLES_BEFORE_REST = 2;

/** Failures that another try will not mend: somebody must change the configuration. */
const WRONG_CONFIGURATION: readonly UpstreamReason[] = ['unauthorised', 'model-gone'];

/** Failures of a service in trouble: one may be chance, two in a row are not. */
const TROUBLE: readonly UpstreamReason[] = ['server-error', 'timeout', 'stalled', 'unreachable'];

/** A pause for a service that failed, so that a dead one costs a caller no wait. */
export interface Rest {
  /** The failure that began the rest while it lasts; otherwise undefined. */
  resting(): UpstreamError | undefined;
  failed(error: UpstreamError): void;
  /** Ends a run of failures. A rest goes on: the request that succeeded was sent before it began. */
  succeeded(): void;
}

/** A rest that nothing has begun yet. Rests end by the given clock; no timers are held. */
export function createRest(clock: Clock): Rest {
  let cause: UpstreamError | undefined;
  let until = 0;
  let troubles = 0;
  const resting = () => {
    const left = until - clock.now();
    return left > 0 && left <= LONGEST_REST_MS ? cause : undefined; // where the clock was set back it is over
  };
  return {
    resting,
    failed(error) {
      troubles = TROUBLE.includes(error.reason) ? troubles + 1 : 0;
      const ms = restMs(error, troubles);
      if (ms === 0) return;
      cause = error;
      until = Math.max(resting() ? until : 0, clock.now() + ms);
    },
    succeeded() {
      troubles = 0;
    },
  };
}

function restMs(error: UpstreamError, troubles: number): number {
  if (WRONG_CONFIGURATION.includes(error.reason)) return LONGEST_REST_MS;
  if (error.reason === 'rate-limited') {
    return Math.min(Math.max(error.details.retryAfterMs ?? DEFAULT_REST_MS, 0), LONGEST_REST_MS);
  }
  return TROUBLE.includes(error.reason) && troubles >= TROUBLES_BEFORE_REST ? TROUBLE_REST_MS : 0;
}
