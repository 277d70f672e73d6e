import { UpstreamError, type UpstreamReason } from '../../common/errors';

/** How long, in ms, Groq may take: until its headers, between two events, and in all. */
export interface GroqTimeouts {
  headersMs: number;
  idleMs: number;
  totalMs: number;
}

/** Watches over one request: its signal fires when the caller's does or when a deadline passes. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Resolves as `wait` does, unless it takes longer than `ms`: then the request is aborted for `reason`. */
  within<T>(ms: number, reason: UpstreamReason, wait: Promise<T>): Promise<T>;
  /** Ends the watch, and the request with it if that is still going on. */
  stop(): void;
}

/**
 * Starts watching a request. groq-sdk's own timeout ends at the response's headers, and an aborted stream ends there
 * like a finished one, so both are seen to here: after an abort `within` throws what the signal was aborted with.
 */
export function startWatch(caller: AbortSignal, totalMs: number): Watch {
  const request = new AbortController();
  const passOn = () => request.abort(caller.reason);
  caller.addEventListener('abort', passOn, { once: true });
  const abortFor = (reason: UpstreamReason) => request.abort(new UpstreamError('groq', reason));
  const total = setTimeout(abortFor, totalMs, 'timeout');
  const aborted = new Promise<never>((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason as Error), { once: true });
  });
  aborted.catch(() => undefined);
  if (caller.aborted) passOn();
  return {
    signal: request.signal,
    async within(ms, reason, wait) {
      const timer = setTimeout(abortFor, ms, reason);
      try {
        const result = await Promise.race([wait, aborted]);
        request.signal.throwIfAborted();
        return result;
      } catch (error) {
        request.signal.throwIfAborted();
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    stop() {
      clearTimeout(total);
      caller.removeEventListener('abort', passOn);
      request.abort();
    },
  };
}
