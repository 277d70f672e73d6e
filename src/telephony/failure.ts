/** The fields of the credentials form, as the form and the API spell them. */
export type Field = 'account_sid' | 'auth_token' | 'phone_number' | 'api_key_sid' | 'api_key_secret';

/**
 * Why something was not done, for the owner. `status` is what the management API answers: 400 for what is wrong in
 * the request or was refused by Twilio, 502 when Twilio cannot be reached or understood, 504 when it is slow.
 */
export interface Failure {
  ok: false;
  status: 400 | 502 | 504;
  /** The field to correct; null when none is to blame. */
  field: Field | null;
  /** One word for the case, for programs. */
  code: string;
  error: string;
  remedy: string;
  /** Nothing has reached Twilio, for certain. */
  notAsked?: true;
}

/** A failure with status 400. */
export const refused = (told: Omit<Failure, 'ok' | 'status'>): Failure => ({ ok: false, status: 400, ...told });

const WAIT = 'Nothing is wrong with what you entered. Try again in a minute; status.twilio.com tells of outages.';

/** Twilio did not answer in time. */
export const slow: Failure = {
  ok: false,
  status: 504,
  field: null,
  code: 'twilio_slow',
  error: 'Twilio did not answer in time.',
  remedy: WAIT,
};

/** There was no connection yet; after any other trouble the request may have arrived. */
const BEFORE_ASKING = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'];

/** No connection to Twilio; `why` is the system's code for it, like ECONNREFUSED. */
export const unreachable = (why: string): Failure => ({
  ok: false,
  status: 502,
  field: null,
  code: 'twilio_unreachable',
  error: `Twilio cannot be reached from this machine (${why}).`,
  remedy:
    "Check this machine's internet connection, name resolution and firewall (api.twilio.com, port 443), then try again.",
  ...(BEFORE_ASKING.includes(why) ? { notAsked: true } : {}),
});

/** Twilio is there but cannot help now, or what answers is not Twilio. */
export const twilioInTrouble = (what: string): Failure => ({
  ok: false,
  status: 502,
  field: null,
  code: 'twilio_in_trouble',
  error: `Twilio answered, but ${what}.`,
  remedy: WAIT,
});

/** Twilio asks for a pause (429). */
export const tooManyRequests: Failure = {
  ok: false,
  status: 502,
  field: null,
  code: 'twilio_busy',
  error: 'Twilio has received too many requests for this account.',
  remedy: 'Wait a minute, then try again.',
};
