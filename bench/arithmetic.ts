import type { SpeechTiming, TurnTimings } from './stub/timings';

/** What a measure came to: ratios, or ms or bytes where the table says so. */
export interface Figures {
  p50: number;
  p95: number;
  min: number;
  max: number;
  n: number;
}

/** The value below which this share of the values lies, between neighbours in proportion. NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The figures of some values. */
export const figuresOf = (values: readonly number[]): Figures => ({
  p50: median(values),
  p95: quantile(values, 0.95),
  min: quantile(values, 0),
  max: quantile(values, 1),
  n: values.length,
});

/** One figure that was measured once, over n of something. */
export const single = (value: number, n: number): Figures => ({ p50: value, p95: value, min: value, max: value, n });

/**
 * The least time in which the first clip can be there, in ms, by the stub's clock: from its receipt of the first
 * request to the token that ends the text of that clip, and the service time of that clip's speech. Undefined when the
 * beginning of the reply was not spoken in this turn.
 */
export function floorOf(timings: TurnTimings): number | undefined {
  const first = timings.speech.find(({ position }) => position === 0);
  return first && partFloor(timings, first);
}

/** The same for the whole reply: its last clip cannot be there sooner. */
export function wholeFloorOf(timings: TurnTimings): number | undefined {
  const floors = timings.speech.flatMap((part) => partFloor(timings, part) ?? []);
  return floors.length > 0 ? Math.max(...floors) : undefined;
}

function partFloor({ model }: TurnTimings, { text, position, receivedAt, sentAt }: SpeechTiming): number | undefined {
  const ends = model.flatMap((each) => each.sentAt[tokenThatEnds(each.tokens, position + text.length)] ?? []);
  if (sentAt === undefined || ends.length === 0) return undefined;
  const asked = Math.min(...model.map((each) => each.receivedAt));
  return Math.min(...ends) - asked + (sentAt - receivedAt);
}

function tokenThatEnds(tokens: readonly string[], length: number): number {
  let reached = 0;
  return tokens.findIndex((token) => (reached += token.length) >= length);
}

/** Whether the stubs have done all there is to do for a turn. */
export const isOver = ({ model, speech }: TurnTimings): boolean =>
  model.every(({ tokens, sentAt, aborted }) => aborted || sentAt.length >= tokens.length) &&
  speech.length > 0 &&
  speech.every(({ sentAt }) => sentAt !== undefined);
