import type { IncomingPhoneNumberInstance } from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber';
import { refused, type Failure } from './failure';
import { findNumber, notYourNumber, someNumbers } from './numbers';
import type { Session } from './session';

/**
 * Twilio's connection overrides for the voice URL (twilio.com/docs/usage/webhooks/webhooks-connection-overrides):
 * 2 s to connect, 6 s to answer, 9 s in all, one more try after a connection or server error. Twilio's own limits
 * would keep a caller waiting for 15 s before the fallback is asked.
 */
const CONNECTION_OVERRIDES = '#ct=2000&rt=6000&tt=9000&rc=1&rp=ct,5xx';

/** Where the number is to send its calls. Addresses are absolute, without a fragment. */
export interface WantedNumber {
  voiceUrl: string;
  statusCallback: string;
  /** Whom Twilio asks when `voiceUrl` fails: '' for nobody; left out, what is there stays. */
  fallbackUrl?: string | undefined;
}

/** One setting of a number as it is and as it is to be. */
export interface NumberSetting {
  name: keyof typeof FORM_FIELDS;
  today: string;
  wanted: string;
  asWanted: boolean;
}

/** A number's settings today. */
export interface NumberState {
  ok: true;
  settings: NumberSetting[];
  asWanted: boolean;
  /** Something that takes the calls instead of the voice URL, explained; undefined when nothing does. */
  boundTo?: { kind: 'application' | 'trunk'; sid: string; explanation: string };
}

/** Setting to field of Twilio's IncomingPhoneNumber update, as the SDK spells it. */
const FORM_FIELDS = {
  voice_url: 'voiceUrl',
  voice_method: 'voiceMethod',
  status_callback: 'statusCallback',
  status_callback_method: 'statusCallbackMethod',
  voice_fallback_url: 'voiceFallbackUrl',
  voice_fallback_method: 'voiceFallbackMethod',
} as const;

/** The number's settings beside the wanted ones. Throws what the SDK throws. */
export async function readNumber(session: Session, wanted: WantedNumber): Promise<NumberState | Failure> {
  const number = await findNumber(session);
  return number ? stateOf(number, wanted) : notYourNumber(session.credentials.phoneNumber, await someNumbers(session));
}

/**
 * Points the number at `wanted`; sends nothing when it already is. A number bound to something else is left alone:
 * Twilio ignores the voice URL of such a number, and somebody meant it. Throws what the SDK throws.
 */
export async function updateNumber(
  session: Session,
  wanted: WantedNumber,
): Promise<(NumberState & { changed: boolean }) | Failure> {
  const number = await findNumber(session);
  if (!number) return notYourNumber(session.credentials.phoneNumber, await someNumbers(session));
  const before = stateOf(number, wanted);
  if (before.boundTo) return bound(before.boundTo.explanation);
  if (before.asWanted) return { ...before, changed: false };
  const wrong = before.settings.filter(({ asWanted }) => !asWanted);
  // Not `number.update`: the SDK (6.2.0) loses the SID of what it found in a list.
  const updated = await session.twilio.incomingPhoneNumbers(number.sid).update(Object.fromEntries(wrong.map(fieldOf)));
  const after = stateOf(updated, wanted);
  return after.asWanted ? { ...after, changed: true } : notTaken(after.settings);
}

const fieldOf = ({ name, wanted }: NumberSetting): [string, string] => [FORM_FIELDS[name], wanted];

function stateOf(number: IncomingPhoneNumberInstance, wanted: WantedNumber): NumberState {
  const settings = settingsOf(number, wanted);
  const boundTo = bindingOf(number);
  return {
    ok: true,
    settings,
    asWanted: !boundTo && settings.every(({ asWanted }) => asWanted),
    ...(boundTo ? { boundTo } : {}),
  };
}

function settingsOf(number: IncomingPhoneNumberInstance, wanted: WantedNumber): NumberSetting[] {
  const setting = (name: NumberSetting['name'], is: string | null, shall: string | null): NumberSetting => {
    const today = is ?? '';
    const shown = shall ?? '';
    return { name, today, wanted: shown, asWanted: today === shown };
  };
  const { fallbackUrl } = wanted;
  return [
    setting('voice_url', number.voiceUrl, wanted.voiceUrl + CONNECTION_OVERRIDES),
    setting('voice_method', number.voiceMethod, 'POST'),
    setting('status_callback', number.statusCallback, wanted.statusCallback),
    setting('status_callback_method', number.statusCallbackMethod, 'POST'),
    setting('voice_fallback_url', number.voiceFallbackUrl, fallbackUrl ?? number.voiceFallbackUrl),
    setting('voice_fallback_method', number.voiceFallbackMethod, fallbackUrl ? 'POST' : number.voiceFallbackMethod),
  ];
}

function bindingOf({ voiceApplicationSid, trunkSid }: IncomingPhoneNumberInstance): NumberState['boundTo'] {
  if (trunkSid) {
    const explanation = `The number belongs to the SIP trunk ${trunkSid}, which takes its calls; Twilio ignores the voice URL.`;
    return { kind: 'trunk', sid: trunkSid, explanation };
  }
  if (!voiceApplicationSid) return undefined;
  const explanation = `The number belongs to the TwiML app ${voiceApplicationSid}, which takes its calls; Twilio ignores the voice URL.`;
  return { kind: 'application', sid: voiceApplicationSid, explanation };
}

const bound = (explanation: string): Failure =>
  refused({
    field: 'phone_number',
    code: 'number_bound',
    error: explanation,
    remedy:
      'If it is to come to Frontdesk instead: Twilio Console, Phone Numbers, this number, Voice configuration, "Configure with: Webhook"; save, then try again.',
  });

const notTaken = (settings: readonly NumberSetting[]): Failure =>
  refused({
    field: 'phone_number',
    code: 'number_not_updated',
    error: `Twilio accepted the update but did not take over: ${settings
      .filter(({ asWanted }) => !asWanted)
      .map(({ name }) => name)
      .join(', ')}.`,
    remedy: 'Try again; if it stays so, set the addresses by hand in the Twilio Console.',
  });
