export type { Heard } from '../step';

/** What the dialogue asks for, in this order. */
type Wanted = 'reason' | 'name' | 'number';

/** Where the dialogue stands: the question the caller was asked last, or how it ended. */
export type Stage = 'reason' | 'name' | 'ownNumber' | 'number' | 'readBack' | 'complete' | 'abandoned';

/** A message being taken. Plain data, so that it survives as JSON. */
export interface MessageState {
  stage: Stage;
  /** What is still to be asked, the current question first. */
  wanted: Wanted[];
  country: string;
  /** The number the call comes from, E.164; absent if withheld. */
  callerId?: string;
  /** The caller wants to be called back on another number than the one they call from, or on none. */
  ownRefused?: true;
  name?: string;
  /** The caller's own words with which they asked for a message, if they say more than that. */
  opening?: string;
  reason?: string;
  /** E.164; not agreed to before the stage is past 'readBack'. */
  number?: string;
  /** The number as heard so far, or as last heard in full. */
  digits: string;
  /** Digits heard before, which were refused or never became a whole number. */
  unconfirmed?: string;
  /** Times in a row that the current question brought nothing. */
  misses: number;
  /** Times the caller refused a number read back. */
  refusals: number;
  /** Complete, but it could not be written down. */
  unsaved?: true;
  /** Whom to call back as it was saved, while the caller corrects it. */
  saved?: { name?: string; number?: string };
}

/**
 * What to say and how to listen next. `outcome` ends the dialogue: 'unchanged' is a correction given up. With
 * 'complete', `say` is empty. `goodbye`: the caller is about to hang up.
 */
export interface DialogueStep {
  state: MessageState;
  say: string;
  mode: 'open' | 'dictating' | 'yesNo';
  outcome?: 'complete' | 'abandoned' | 'unchanged';
  goodbye?: true;
}

/** What a message may begin with: what the caller has already said, or a model says they said. */
export interface MessageSeed {
  name?: string | undefined;
  number?: string | undefined;
  reason?: string | undefined;
  /** The caller's utterance that began it. Kept as part of the message if there is no reason in it yet. */
  words?: string | undefined;
}

/** A message as the caller gave it. `number` is E.164. */
export interface CallersMessage {
  name: string | undefined;
  number: string | undefined;
  reason: string | undefined;
}
