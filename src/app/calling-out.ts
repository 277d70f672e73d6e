import type { Placed } from '../calls/placing';
import type { Settings } from '../settings/settings';
import type { Telephony } from '../telephony/telephony';
import { fallbackIn } from './outside-fallback';

/** Calls at Twilio: asked for by one request, led elsewhere, ended. */
export type CallingOut = ReturnType<typeof createCallingOut>;

/** Asks Twilio with the credentials in use. */
export function createCallingOut(settings: Settings, telephony: Telephony) {
  const base = () => settings.publicBaseUrl()?.value ?? '';
  const outbound = (id: string) => `${base()}/api/voice/outbound?placed=${id}`;
  return {
    async place(call: { id: string; to: string; longestS: number; detectMachines: boolean }): Promise<Placed> {
      const credentials = settings.twilio();
      if (!credentials) return { ...missing, unknown: false };
      const { id, to, longestS } = call;
      const placed = await telephony.placeCall(credentials, {
        ...{
          to,
          longestS,
          url: outbound(id),
          fallbackUrl: fallbackUrl(settings, `${base()}/api/voice/fallback?placed=${id}`),
        },
        statusUrl: `${base()}/api/voice/status`,
        machineUrl: call.detectMachines ? `${base()}/api/voice/machine?placed=${id}` : undefined,
      });
      return placed.ok ? placed : notPlaced(placed);
    },
    /** A machine has answered a call that is under way: it gets a message instead of a conversation. */
    async machineAnswered(callSid: string, placedId: string): Promise<void> {
      const credentials = settings.twilio();
      if (credentials) await telephony.leadCall(credentials, { sid: callSid, url: `${outbound(placedId)}&machine=1` });
    },
    /** Ends a call at Twilio. */
    async end(callSid: string): Promise<Failed | { ok: true }> {
      const credentials = settings.twilio();
      return credentials ? telephony.endCall(credentials, callSid) : missing;
    },
  };
}

type Failed = { ok: false; status: number; code: string; error: string; remedy: string };

/** Only a plain refusal is a sure no; after everything else the telephone may be ringing. */
function notPlaced({ status, code, error, remedy }: Failed): Placed {
  if (status === 400 || code === 'twilio_busy') return { ok: false, unknown: false, status, code, error, remedy };
  return {
    ...{ ok: false, unknown: true, status, code },
    error: `${error} It is not known whether the call was placed.`,
    remedy: 'It may be under way: look at the list of calls before you try again.',
  };
}

const missing: Failed = {
  ok: false,
  status: 409,
  code: 'no_credentials',
  error: 'There are no Twilio credentials.',
  remedy: 'Enter them on the page of credentials.',
};

/** A Studio flow answers no call that we placed (400), so that takes over nowhere here. */
function fallbackUrl(settings: Settings, ours: string): string {
  const fallback = fallbackIn(settings);
  const outside = fallback?.way === 'studio' ? undefined : fallback?.url;
  return outside ?? ours;
}
