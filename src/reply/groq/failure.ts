import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'groq-sdk';
import { z } from 'zod';
import type { Clock } from '../../common/clock';
import { UpstreamError, type UpstreamReason } from '../../common/errors';

/** Codes in Groq's error bodies that say more than the status does. */
const BY_CODE: Partial<Record<string, UpstreamReason>> = {
  model_not_found: 'model-gone',
  model_decommissioned: 'model-gone',
  model_not_active: 'model-gone',
  model_terms_required: 'model-gone',
  tool_use_failed: 'tool-use-failed',
  invalid_api_key: 'unauthorised',
  unknown_url: 'bad-request',
};

const BY_STATUS: Partial<Record<number, UpstreamReason>> = {
  401: 'unauthorised',
  403: 'unauthorised',
  404: 'model-gone',
  408: 'timeout',
  429: 'rate-limited',
  498: 'server-error', // Groq's own: no capacity left in the flex tier
};

const errorDetails = z.object({
  code: z.string().nullish().catch(undefined),
  type: z.string().nullish().catch(undefined),
  status_code: z.number().nullish().catch(undefined),
});

/** Groq sends `{error: {...}}` with a status, the SDK hands on the inner part from within a stream. */
const errorBody = z.union([z.object({ error: errorDetails }).transform((body) => body.error), errorDetails]).catch({});

/** Any failure of groq-sdk, before or within the stream, in the words of UpstreamError. */
export function toUpstreamError(error: unknown, clock: Clock): UpstreamError {
  if (error instanceof UpstreamError) return error;
  if (error instanceof APIConnectionTimeoutError) return failure('timeout', error);
  if (error instanceof APIConnectionError) return failure('unreachable', error);
  if (error instanceof APIError) return fromApiError(error as APIError, clock);
  if (error instanceof SyntaxError) return failure('garbage', error);
  // fetch says `TypeError: terminated` when a connection is cut while its body is read
  return failure('truncated', error);
}

function fromApiError(error: APIError, clock: Clock): UpstreamError {
  const { code, type, status_code: statusInBody } = errorBody.parse(error.error);
  const status = error.status ?? statusInBody ?? undefined;
  const reason = BY_CODE[code ?? type ?? ''] ?? reasonOfStatus(status) ?? reasonOfStreamError(code);
  const retryAfterMs = parseRetryAfter(error.headers?.get('retry-after'), clock);
  return new UpstreamError('groq', reason, {
    message: `groq: ${reason} (status ${status ?? 'none'}, code ${code ?? type ?? 'none'})`,
    cause: error,
    ...(reason === 'rate-limited' && retryAfterMs !== undefined ? { retryAfterMs } : {}),
  });
}

function reasonOfStatus(status: number | undefined): UpstreamReason | undefined {
  if (status === undefined) return undefined;
  return BY_STATUS[status] ?? (status >= 500 ? 'server-error' : 'bad-request');
}

/** An error event within the stream has no status of its own. */
function reasonOfStreamError(code: string | null | undefined): UpstreamReason {
  return code === 'rate_limit_exceeded' ? 'rate-limited' : 'server-error';
}

/** `retry-after` in ms: seconds, also fractions of them, or an HTTP date (RFC 9110, 10.2.3). Never negative. */
function parseRetryAfter(header: string | null | undefined, clock: Clock): number | undefined {
  if (header == null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - clock.now() : seconds * 1_000;
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : undefined;
}

function failure(reason: UpstreamReason, cause: unknown): UpstreamError {
  return new UpstreamError('groq', reason, { cause });
}
