/** Who calls whom, for the fields that every webhook carries. */
export interface Parties {
  callSid: string;
  accountSid: string;
  from: string;
  to: string;
}

/** What Twilio adds to the first webhook of a call only. */
const FIRST_WEBHOOK = {
  StirVerstat: 'TN-Validation-Passed-A',
  CallToken: encodeURIComponent('{"parentCallInfoToken":"eyJhbGciOiJFUzI1NiJ9.e30.sig","identityHeaderTokens":[]}'),
};

/**
 * The fields of every voice webhook, in the order in which Twilio was seen to send them. `status` is `ringing` on the
 * first webhook of a call and `in-progress` on the following ones.
 */
export function standardFields(parties: Parties, status: string): Record<string, string> {
  const caller = placeOf(parties.from);
  const called = placeOf(parties.to);
  return {
    Called: parties.to,
    ToState: called.state,
    CallerCountry: caller.country,
    Direction: 'inbound',
    CallerState: caller.state,
    ToZip: called.zip,
    CallSid: parties.callSid,
    To: parties.to,
    CallerZip: caller.zip,
    ToCountry: called.country,
    ...(status === 'ringing' ? FIRST_WEBHOOK : {}),
    CalledZip: called.zip,
    ApiVersion: '2010-04-01',
    CalledCity: called.city,
    CallStatus: status,
    From: parties.from,
    AccountSid: parties.accountSid,
    CalledCountry: called.country,
    CallerCity: caller.city,
    ToCity: called.city,
    FromCountry: caller.country,
    Caller: parties.from,
    FromCity: caller.city,
    CalledState: called.state,
    FromZip: caller.zip,
    FromState: caller.state,
  };
}

/** The fields of the callback that tells how a call ended. `seconds` is the call's length. */
export function statusFields(seconds: number, now: Date): Record<string, string> {
  return {
    Timestamp: now.toUTCString().replace('GMT', '+0000'),
    CallbackSource: 'call-progress-events',
    SequenceNumber: '0',
    Duration: String(Math.ceil(seconds / 60)),
    CallDuration: String(seconds),
  };
}

/** Fields as a form body, application/x-www-form-urlencoded. */
export function encode(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

interface Place {
  city: string;
  state: string;
  zip: string;
  country: string;
}

// Twilio's best effort: good for some numbers, empty for most.
function placeOf(number: string): Place {
  if (number.startsWith('+1202')) return { city: 'WASHINGTON', state: 'DC', zip: '20036', country: 'US' };
  return { city: '', state: '', zip: '', country: number.startsWith('+1') ? 'US' : '' };
}
