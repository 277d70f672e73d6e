/** Why a service outside failed, in words every rung of the ladder can act on. */
export type UpstreamReason =
  | 'unauthorised' // the key is wrong
  | 'model-gone' // the model or voice does not exist
  | 'rate-limited'
  | 'busy' // too many of our own requests are under way
  | 'bad-request'
  | 'tool-use-failed'
  | 'server-error'
  | 'unreachable'
  | 'timeout' // no answer in time
  | 'stalled' // began, then fell silent
  | 'truncated' // ended without saying it was finished
  | 'length' // cut by the token limit
  | 'garbage' // an answer nobody can read
  | 'empty';

/** A failure of a service outside Frontdesk. `retryAfterMs` is how long the service asked to be left alone. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';

  constructor(
    readonly service: string,
    readonly reason: UpstreamReason,
    readonly details: { message?: string; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(details.message ?? `${service}: ${reason}`, { cause: details.cause });
  }
}

/** How long a service that refuses more wants to be left alone, in ms: 0 where it does not say, undefined for other failures. */
export function restAskedBy(error: unknown): number | undefined {
  const refuses = error instanceof UpstreamError && error.reason === 'rate-limited';
  return refuses ? (error.details.retryAfterMs ?? 0) : undefined;
}

/** Wrong configuration: every problem found, each a sentence that names the variable, the reason and the remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`Frontdesk cannot start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** The code of a failure of the system or of the database, as ENOENT or SQLITE_BUSY; empty for any other. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error && 'code' in error && typeof error.code === 'string' ? error.code : '';
