/** The statuses after which a call is over (twilio.com/docs/voice/api/call-resource). */
export const OVER: readonly string[] = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];

/** A status callback. `at` is when it happened, in ms since 1970; `seconds` is the call's length. */
export interface StatusReport {
  callSid: string;
  status: string;
  sequence: number;
  at: number;
  seconds: number | undefined;
  from: string | undefined;
  to: string | undefined;
  direction: string | undefined;
  test: boolean;
}

/** A recording that is there to be fetched: its sid, its length in s, and when we were told, in ms since 1970. */
export interface RecordingReport {
  callSid: string;
  sid: string;
  seconds: number;
  at: number;
  test: boolean;
}
