import { UpstreamError } from '../common/errors';
import type { UpstreamReason } from '../common/errors';

export const SERVICE = 'google-tts';

/** gRPC status codes (grpc.io, "Status codes and their use in gRPC") to the reasons a ladder can act on. */
const REASONS = new Map<number, UpstreamReason>([
  [3, 'bad-request'], // INVALID_ARGUMENT
  [4, 'timeout'], // DEADLINE_EXCEEDED
  [5, 'model-gone'], // NOT_FOUND
  [7, 'unauthorised'], // PERMISSION_DENIED
  [8, 'rate-limited'], // RESOURCE_EXHAUSTED
  [14, 'unreachable'], // UNAVAILABLE
  [16, 'unauthorised'], // UNAUTHENTICATED
]);

/** Google answers INVALID_ARGUMENT both for a voice it does not have and for text it will not read. */
const VOICE_UNKNOWN = /\bvoice\b.*\b(does not exist|not found|not supported|unknown|invalid)\b/i;

/** A token that could not be fetched for want of a network also arrives as UNAUTHENTICATED. */
const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/;

/** A failed request, as the Google client rejects it, in our words. */
export function requestFailure(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const message = messageOf(error);
  const reason = reasonOf(codeOf(error), message);
  // Google's own message can quote the text, and the text is the call's: it must not reach a log.
  const code = codeOf(error);
  return new UpstreamError(SERVICE, reason, {
    message: `${SERVICE}: ${reason}${code === undefined ? '' : ` (gRPC ${code})`}`,
  });
}

function reasonOf(code: number | undefined, message: string): UpstreamReason {
  const reason = REASONS.get(code ?? -1) ?? 'server-error';
  if (reason === 'bad-request' && VOICE_UNKNOWN.test(message)) return 'model-gone';
  if (reason === 'unauthorised' && NO_NETWORK.test(message)) return 'unreachable';
  return reason;
}

/** Credentials that could not be loaded, with the remedy. */
export function credentialsFailure(error: unknown): UpstreamError {
  const message = `Google Text-to-Speech has no usable credentials (${messageOf(error)}). Set GOOGLE_APPLICATION_CREDENTIALS to the path of a service account's JSON key file.`;
  return new UpstreamError(SERVICE, 'unauthorised', { message, cause: error });
}

/** An answer that did not come within `ms`. */
export function timeoutFailure(ms: number): UpstreamError {
  return new UpstreamError(SERVICE, 'timeout', { message: `${SERVICE}: no answer within ${ms} ms` });
}

function codeOf(error: unknown): number | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' ? code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
