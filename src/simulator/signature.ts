import { createHmac } from 'node:crypto';

/**
 * Twilio's X-Twilio-Signature: base64 of an HMAC-SHA1, keyed by the account's auth token, over the URL without its
 * fragment followed by every parameter's name and decoded value, in byte order of the names.
 * For a GET the parameters are in the URL, and `params` is empty. A repeated parameter's values are sorted, each once.
 */
export function sign(
  authToken: string,
  url: string,
  params: Readonly<Record<string, string | readonly string[]>>,
): string {
  const signed = Object.keys(params)
    .sort(byBytes)
    .flatMap((name) => valuesOf(params[name] ?? '').map((value) => name + value));
  return createHmac('sha1', authToken)
    .update((url.split('#')[0] ?? '') + signed.join(''), 'utf8')
    .digest('base64');
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function valuesOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : [...new Set(value)].sort(byBytes);
}
