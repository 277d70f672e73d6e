import { createHmac, timingSafeEqual } from 'node:crypto';

/** A webhook as it came: the path with its query, and the form's fields. */
export interface SignedRequest {
  path: string;
  form: Record<string, unknown> | undefined;
  signature: string | undefined;
}

/** The ports that may stand in an address or not. */
const STANDARD_PORTS: Readonly<Record<string, string>> = { http: ':80', https: ':443' };

/** What stands before the port, the scheme in it, the port, and the rest. */
const ADDRESS = /^((\w+):\/\/(?:[^/@]*@)?(?:\[[^\]]*\]|[^/:]*))(:\d+)?(.*)$/;

/**
 * Whether a webhook was signed with one of `authTokens` for its path under one of `baseUrls`
 * (twilio.com/docs/usage/security). Never throws.
 */
export function isSigned(request: SignedRequest, authTokens: readonly string[], baseUrls: readonly string[]): boolean {
  const { path, form, signature } = request;
  if (!signature || authTokens.length === 0) return false;
  const given = Buffer.from(signature);
  const fields = fieldsOf(form ?? {});
  const addresses = baseUrls.flatMap((base) => spellingsOf(base, path));
  return authTokens.some((token) => addresses.some((address) => isSame(given, sign(token, address + fields))));
}

/** Every field by name, name and value without anything between; of one given twice, each value once. */
function fieldsOf(form: Record<string, unknown>): string {
  let text = '';
  for (const name of Object.keys(form).sort()) {
    const value = form[name];
    if (Array.isArray(value)) for (const each of [...new Set(value)].sort()) text += name + String(each);
    else text += name + String(value);
  }
  return text;
}

/**
 * Twilio signs an address without its port, or with it, also where that is the standard one; and some of its servers
 * encode an apostrophe that others leave as it is.
 */
function spellingsOf(base: string, path: string): string[] {
  const [, start = '', scheme = '', port = STANDARD_PORTS[scheme] ?? '', rest = ''] = ADDRESS.exec(base) ?? [];
  const spellings = [start + rest + path, start + port + rest + path];
  return path.includes("'") ? spellings.flatMap((one) => [one, one.replaceAll("'", '%27')]) : spellings;
}

const sign = (token: string, text: string) => Buffer.from(createHmac('sha1', token).update(text).digest('base64'));

const isSame = (one: Buffer, other: Buffer) => one.length === other.length && timingSafeEqual(one, other);
