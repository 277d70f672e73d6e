import type { Clip } from './ports';

/** Something said to the caller. Without a clip, the door lets the telephone's own voice say the text. */
export interface Utterance {
  text: string;
  clip?: Clip;
  /** To be said in the simplest voice there is, because something on this call went wrong. */
  plain?: boolean;
}

/**
 * How to listen: to an open question, to a number or name being dictated, to yes or no, to a caller who asked for
 * a moment, or for a last word before hanging up.
 */
export type ListeningMode = 'open' | 'dictating' | 'yesNo' | 'moment' | 'closing';

/** Listens to the caller for a turn. With `partials` we want to know the words while they are spoken. */
export interface Listen {
  kind: 'listen';
  utterances: readonly Utterance[];
  mode: ListeningMode;
  turn: number;
  hints: readonly string[];
  partials?: boolean;
}

/** What shall happen on the call, as plain data. A door turns steps into its own protocol. */
export type Step =
  | { kind: 'speak'; utterances: readonly Utterance[] }
  | Listen
  | { kind: 'comeBack'; turn: number; part: number }
  | { kind: 'hangUp' }
  /** Rings a person, who hears who is calling and takes the call or not. Numbers in E.164 form. */
  | { kind: 'transfer'; number: string; callerId: string; turn: number }
  /** Records what the caller says after a tone. */
  | { kind: 'record'; turn: number }
  | { kind: 'refuse' };

/** What a caller did in one turn. All absent is silence. `confidence` is 0 to 1, and may be missing. */
export interface Heard {
  speech?: string;
  digits?: string;
  finishedOnKey?: boolean;
  confidence?: number;
}

/** Everything these steps say, in its order. */
export const utterancesIn = (steps: readonly Step[]): Utterance[] =>
  steps.flatMap((step) => ('utterances' in step ? step.utterances : []));

/** The same steps, each utterance as `said` gives it. */
export const saying = (steps: readonly Step[], said: (utterance: Utterance) => Utterance): Step[] =>
  steps.map((step) => ('utterances' in step ? { ...step, utterances: step.utterances.map(said) } : step));

/** The same steps, said in the simplest voice and without clips. */
export const plainly = (steps: readonly Step[]): Step[] => saying(steps, ({ text }) => ({ text, plain: true }));
