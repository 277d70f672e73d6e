import { UpstreamError } from './errors';

/** How many may be at work for one service at once, how many may wait for that, and how long each does, in ms. */
export interface GateLimits {
  atOnce: number;
  waiting: number;
  waitMs: number;
}

/** What stands before a service, so that a crowd neither buries it nor us. */
export interface Gate {
  /**
   * Resolves, first come first served, to what is to be called once at the end. Throws UpstreamError `busy` at once
   * where too many wait and else after `waitMs`, and the signal's reason when that fires.
   */
  enter(signal?: AbortSignal): Promise<() => void>;
  load(): { atWork: number; waiting: number };
  /** Whether somebody waits: nobody new should begin. */
  isCrowded(): boolean;
}

/** An open gate. */
export function createGate(service: string, { atOnce, waiting, waitMs }: GateLimits): Gate {
  const queue = new Set<() => void>();
  let atWork = 0;
  const leaving = () => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      atWork -= 1;
      for (const next of queue) return next();
    };
  };
  const wait = (signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const end = (settle: () => void) => {
        queue.delete(goIn);
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const goIn = () => {
        atWork += 1;
        end(resolve);
      };
      const abort = () => end(() => reject(signal?.reason as Error));
      const timer = setTimeout(() => end(() => reject(new UpstreamError(service, 'busy'))), waitMs);
      signal?.addEventListener('abort', abort, { once: true });
      queue.add(goIn);
    });
  return {
    async enter(signal) {
      signal?.throwIfAborted();
      if (atWork < atOnce) atWork += 1;
      else if (queue.size >= waiting) throw new UpstreamError(service, 'busy');
      else await wait(signal);
      return leaving();
    },
    load: () => ({ atWork, waiting: queue.size }),
    isCrowded: () => queue.size > 0,
  };
}
