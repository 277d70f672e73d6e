import { validateRequest } from 'twilio/lib/webhooks/webhooks';

/** A webhook as it came: the path with its query, and the form's fields. */
export interface SignedRequest {
  path: string;
  form: Record<string, unknown>;
  signature: string | undefined;
}

/**
 * Whether a webhook was signed with one of `authTokens` for its path under one of `baseUrls`
 * (twilio.com/docs/usage/security). Never throws.
 */
export function isSigned(request: SignedRequest, authTokens: readonly string[], baseUrls: readonly string[]): boolean {
  const { path, form, signature } = request;
  if (!signature) return false;
  return authTokens.some((token) => baseUrls.some((base) => validates(token, signature, { url: base + path, form })));
}

function validates(token: string, signature: string, { url, form }: { url: string; form: Record<string, unknown> }) {
  try {
    return validateRequest(token, signature, url, form);
  } catch {
    return false;
  }
}
