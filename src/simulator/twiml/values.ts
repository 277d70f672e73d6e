/** What an attribute may hold: a test, the sentence that says what passes it, and Twilio's code for what does not. */
export interface ValueRule {
  code: number;
  expects: string;
  accepts: (value: string) => boolean;
}

/** Any value at all. */
export const anything: ValueRule = { code: 12200, expects: 'anything', accepts: () => true };

/** A relative or absolute http(s) URL. Empty is the current document. */
export const address: ValueRule = {
  code: 11100,
  expects: 'a URL',
  accepts: (value) =>
    URL.canParse(value, 'https://example.com') && /^https?:$/.test(new URL(value, 'https://example.com').protocol),
};

/** One of some words, spelled exactly so. */
export function oneOf(code: number, ...words: string[]): ValueRule {
  return { code, expects: words.map((word) => `"${word}"`).join(' or '), accepts: (value) => words.includes(value) };
}

/** `true` or `false`. */
export function trueOrFalse(code: number): ValueRule {
  return oneOf(code, 'true', 'false');
}

/** The HTTP methods Twilio can use. */
export function httpMethod(code: number): ValueRule {
  return oneOf(code, 'GET', 'POST');
}

/** A whole number between two bounds, both included. */
export function wholeNumber(code: number, least: number, most = Number.MAX_SAFE_INTEGER): ValueRule {
  const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${most}`;
  return {
    code,
    expects: `a whole number of at least ${least}${upTo}`,
    accepts: (value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most,
  };
}

/** Text of a certain shape. */
export function shaped(code: number, shape: RegExp, expects: string): ValueRule {
  return { code, expects, accepts: (value) => shape.test(value) };
}

/** Either of two rules; the first one's code counts. */
export function either(first: ValueRule, second: ValueRule): ValueRule {
  return {
    code: first.code,
    expects: `${first.expects} or ${second.expects}`,
    accepts: (value) => first.accepts(value) || second.accepts(value),
  };
}

/** A language as BCP 47 writes it: en-US, cmn-Hans-CN. */
export function language(code: number): ValueRule {
  return shaped(code, /^(multi$|[a-z]{2,3})(-[A-Za-z0-9]{2,8})*$/, 'a language like "en-US"');
}
