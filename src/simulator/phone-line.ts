import type { CallEvent } from './call-report';
import type { Wait } from './pace';

/** What becomes of a call that is put through to somebody. `seconds` is how long they spoke. */
export interface DialOutcome {
  status: 'completed' | 'answered' | 'busy' | 'no-answer' | 'failed' | 'canceled';
  seconds?: number;
}

/** What a caller leaves after the tone. 0 seconds is nothing: Twilio then goes on to the next verb. */
export interface RecordingOutcome {
  seconds: number;
  /** The key that ended it, or `hangup` when the caller hung up. Empty: it ended by silence. */
  endedBy?: string;
}

/** Limits that a test may lower. */
export interface Limits {
  /** How long a webhook may take. Twilio: 15,000 ms, on a trial account 5,000 ms. */
  webhookMs: number;
  /** From here on a webhook gets a warning. */
  slowMs: number;
  /** Documents per call before it is taken for an endless loop. */
  documents: number;
  /** Action and Redirect requests on a trial account. */
  trialHops: number;
}

/** A telephone line: where calls go, how they are signed, and how strictly the answers are judged. */
export interface PhoneLine {
  /** Where the app listens, without a path: `http://127.0.0.1:3000`. */
  url: string;
  /** Signs every webhook. Without it, calls are unsigned. */
  authToken?: string;
  /** The address the app believes it has. Its URLs are fetched from `url` instead. */
  publicUrl?: string;
  /** Which of the two addresses the signature is made for. Default `public`. */
  signFor?: 'public' | 'posted';
  from?: string;
  to?: string;
  callSid?: string;
  accountSid?: string;
  /** Added to every webhook, and stronger than the usual fields. */
  extraFields?: Readonly<Record<string, string>>;
  /** `real` waits as long as people would; a function is handed every wait in ms. Default `instant`. */
  pace?: 'instant' | 'real' | Wait;
  /** A trial account: 10 hops, 5 s a webhook. */
  trial?: boolean;
  /** How a Gather's empty result is posted: without the fields (default), or with empty ones. Twilio does not say which. */
  emptyResult?: 'absent' | 'empty';
  dial?: DialOutcome;
  recording?: RecordingOutcome;
  /** Accepts clips that are not 8 kHz mono, with a warning. */
  anyAudio?: boolean;
  /** Accepts silent clips shorter than 1.2 s, with a warning: what an app serves in place of a vanished clip. */
  allowShortSilence?: boolean;
  limits?: Partial<Limits>;
  /** Told of everything as it happens. */
  onEvent?: (event: CallEvent) => void;
  /** When aborted, the caller hangs up. */
  signal?: AbortSignal;
}

/** The limits of a line, in ms and pieces: Twilio's own, unless the line says otherwise. */
export function limitsOf(line: PhoneLine): Limits {
  return {
    webhookMs: line.trial === true ? 5_000 : 15_000,
    slowMs: 5_000,
    documents: 200,
    trialHops: 10,
    ...line.limits,
  };
}
