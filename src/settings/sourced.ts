/** Where a value comes from. What was entered on the page goes before the environment. */
export type Source = 'page' | 'environment';

/** A value and where it comes from. */
export interface Sourced<Value> {
  value: Value;
  source: Source;
}

/** What is not a value of its kind, and what to do about it, in words for the person who entered it. */
export interface Refused {
  ok: false;
  error: string;
  remedy: string;
}

/** A value that was read, or why it was refused. */
export type Read<Value> = { ok: true; value: Value } | Refused;

/** The page's value if there is one, else the environment's. */
export function sourced<Value>(page: Value | undefined, environment: Value | undefined): Sourced<Value> | undefined {
  if (page !== undefined) return { value: page, source: 'page' };
  return environment === undefined ? undefined : { value: environment, source: 'environment' };
}
