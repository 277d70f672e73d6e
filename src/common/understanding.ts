import type { ProfileField } from './profile';

/** A turn as a model reads it once the call is over. */
export interface HeardTurn {
  number: number;
  caller: string | undefined;
  reply: string;
}

/** Something said of a call, with the caller's own words that say it. */
export interface Quoted {
  value: string;
  quote: string;
}

export const URGENCIES = ['low', 'normal', 'high'] as const;

/** What a model made of a call. Nothing in it is believed before its quote was found among the caller's words. */
export interface Understood {
  summary: string;
  reason: Quoted | undefined;
  urgency: Quoted | undefined;
  fields: readonly (Quoted & { name: string })[];
  tokens: { model: string; prompt: number; completion: number };
}

/** Makes one request to a model about a call that is over. Throws UpstreamError. */
export type Understand = (
  call: { callSid: string; turns: readonly HeardTurn[]; fields: readonly ProfileField[]; business: string },
  signal: AbortSignal,
) => Promise<Understood>;
