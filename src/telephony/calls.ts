import type { CallInstance } from 'twilio/lib/rest/api/v2010/account/call';
import { refused, type Failure } from './failure';
import type { Session } from './session';

/** A call to be placed. Addresses are absolute; times in s. */
export interface CallToPlace {
  to: string;
  /** What is asked for TwiML once somebody answers, and what instead where that fails: the number's own does not apply. */
  url: string;
  fallbackUrl: string | undefined;
  statusUrl: string;
  /** Told whether a machine has answered, while the conversation is under way already. Undefined: not asked. */
  machineUrl: string | undefined;
  longestS: number;
}

/** A call as Twilio has it. Times in ms since 1970. */
export interface TwilioCall {
  sid: string;
  from: string;
  to: string;
  direction: string;
  status: string;
  startedAt: number;
  endedAt: number | undefined;
  seconds: number | undefined;
}

const RINGING_S = 25;
const PAGE_SIZE = 1_000;
/** More calls than any outage brings; a list that never ends stops here. */
const MOST_CALLS = 20_000;
/** Twilio's error for a call that is over already. */
const NOT_IN_PROGRESS = 21220;

/** Places a call: one request, never a second. Throws what the SDK throws. */
export async function placeCall(session: Session, call: CallToPlace): Promise<{ ok: true; sid: string }> {
  const { twilio, credentials } = session;
  const { sid } = await twilio.calls.create({
    to: call.to,
    from: credentials.phoneNumber,
    url: call.url,
    method: 'POST',
    ...(call.fallbackUrl === undefined ? {} : { fallbackUrl: call.fallbackUrl, fallbackMethod: 'POST' }),
    statusCallback: call.statusUrl,
    statusCallbackMethod: 'POST',
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    timeout: RINGING_S,
    timeLimit: call.longestS,
    ...(call.machineUrl === undefined
      ? {}
      : {
          machineDetection: 'DetectMessageEnd',
          asyncAmd: 'true',
          asyncAmdStatusCallback: call.machineUrl,
          asyncAmdStatusCallbackMethod: 'POST',
        }),
  });
  return { ok: true, sid };
}

/** Ends a call; one that is over already stays so. Throws what the SDK throws. */
export async function endCall({ twilio }: Session, sid: string): Promise<{ ok: true } | Failure> {
  try {
    await twilio.calls(sid).update({ status: 'completed' });
    return { ok: true };
  } catch (error) {
    const { code, status } = error as { code?: unknown; status?: unknown };
    if (code === NOT_IN_PROGRESS) return { ok: true };
    if (status === 404) return noSuchCall;
    throw error;
  }
}

const noSuchCall = refused({
  field: null,
  code: 'no_call',
  error: 'Twilio has no such call.',
  remedy: 'Only calls of this account can be ended.',
});

/** Has a call that goes on ask another address for what comes next. Throws what the SDK throws. */
export async function leadCall({ twilio }: Session, sid: string, url: string): Promise<{ ok: true }> {
  await twilio.calls(sid).update({ url, method: 'POST' });
  return { ok: true };
}

/** Calls to the number since a time (ms), as Twilio has them. Throws what the SDK throws. */
export async function listCalls(
  { twilio, credentials }: Session,
  since: number,
): Promise<{ calls: TwilioCall[]; whole: boolean }> {
  const found = await twilio.calls.list({
    to: credentials.phoneNumber,
    startTimeAfter: new Date(since),
    pageSize: PAGE_SIZE,
    limit: MOST_CALLS,
  });
  return { calls: found.map(callOf), whole: found.length < MOST_CALLS };
}

function callOf(call: CallInstance): TwilioCall {
  const time = (date: Date | undefined | null) => (date ? date.getTime() : undefined);
  const seconds = Number.parseInt(call.duration, 10);
  return {
    sid: call.sid,
    from: call.from,
    to: call.to,
    direction: call.direction,
    status: call.status,
    startedAt: time(call.startTime) ?? time(call.dateCreated) ?? 0,
    endedAt: time(call.endTime),
    seconds: Number.isNaN(seconds) ? undefined : seconds,
  };
}
