import type { Request } from 'express';
import type { CallFacts } from '../conversations/call';
import type { Heard } from '../conversations/step';

const only = (value: unknown): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
};

/** A field of the form Twilio posted. */
export const field = (request: Request, name: string): string | undefined =>
  only((request.body as Form | undefined)?.[name]);

/** A parameter of the URL. */
export const parameter = (request: Request, name: string): string | undefined => only(request.query[name]);

type Form = Record<string, unknown>;

/**
 * Whose call a webhook is about: by its CallSid in the body, else in the URL. Undefined when it is in neither. `from`
 * is the other party, also of a call that we have placed.
 */
export function callFacts(request: Request): CallFacts | undefined {
  const callSid = field(request, 'CallSid') || parameter(request, 'call_sid');
  if (!callSid) return undefined;
  const forwardedFrom = field(request, 'ForwardedFrom');
  const ours = field(request, 'Direction') === 'outbound-api';
  return {
    callSid: onItsOwn(callSid),
    from: field(request, ours ? 'To' : 'From'),
    to: field(request, ours ? 'From' : 'To'),
    ...(forwardedFrom ? { forwardedFrom } : {}),
  };
}

/** The same text, but no slice of the form, all of which would stay in memory as long as the call is open. */
const onItsOwn = (text: string): string => Buffer.from(text).toString();

/** What the caller did, by the fields of a Gather (twilio.com/docs/voice/twiml/gather). */
export function heard(request: Request): Heard {
  const speech = field(request, 'SpeechResult')?.trim();
  const digits = field(request, 'Digits')?.replace(/[^\d*#]/g, '');
  const confidence = Number.parseFloat(field(request, 'Confidence') ?? '');
  return {
    ...(speech ? { speech } : {}),
    ...(digits ? { digits, finishedOnKey: field(request, 'FinishedOnKey') === '#' } : {}),
    ...(confidence >= 0 && confidence <= 1 ? { confidence } : {}),
  };
}

/** The recording that a webhook tells of; undefined where there is none. Only its name is believed, not its address. */
export function recordingIn(request: Request): { sid: string; seconds: number } | undefined {
  const sid = /\bRE[0-9a-f]{32}\b/.exec(field(request, 'RecordingSid') ?? field(request, 'RecordingUrl') ?? '')?.[0];
  const seconds = Number.parseInt(field(request, 'RecordingDuration') ?? '', 10);
  return sid !== undefined && seconds > 0 ? { sid, seconds } : undefined;
}

/** A whole number of the form Twilio posted; undefined for anything else. */
export function postedNumber(request: Request, name: string): number | undefined {
  const text = field(request, name);
  return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** A whole number of a URL from 0 up; undefined for anything else. */
export function wholeNumber(request: Request, name: string): number | undefined {
  const text = parameter(request, name);
  return text && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
