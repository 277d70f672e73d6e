import type { Credentials } from '../telephony/credentials';
import type { Failure } from '../telephony/failure';
import type { Telephony } from '../telephony/telephony';

/** A voice URL of any Frontdesk, also under an address it had before. */
const OURS = /\/api\/voice\/incoming(?:#|$)/;
/** Only to ask what is there today: nothing is ever pointed at it. */
const NOWHERE = { voiceUrl: 'https://nowhere.invalid', statusCallback: 'https://nowhere.invalid' };

/**
 * Takes `fallbackUrl` off the number where that is its fallback, and changes nothing else of it. Gives what hinders
 * it: a number that sends its calls elsewhere is not ours to change.
 */
export async function takeOff(
  telephony: Telephony,
  credentials: Credentials,
  fallbackUrl: string | undefined,
): Promise<Failure | undefined> {
  const state = await telephony.numberState(credentials, NOWHERE);
  if (!state.ok) return state.code === 'number_not_found' ? undefined : state;
  const today = (name: string) => state.settings.find((setting) => setting.name === name)?.today ?? '';
  if (state.boundTo || fallbackUrl === undefined || today('voice_fallback_url') !== fallbackUrl) return undefined;
  const voiceUrl = today('voice_url');
  if (!OURS.test(voiceUrl)) return elsewhere;
  const target = { voiceUrl: voiceUrl.replace(/#.*$/, ''), statusCallback: today('status_callback'), fallbackUrl: '' };
  const pointed = await telephony.pointNumber(credentials, target);
  return pointed.ok ? undefined : pointed;
}

const elsewhere: Failure = {
  ok: false,
  status: 400,
  field: 'phone_number',
  code: 'number_elsewhere',
  error: 'The number sends its calls elsewhere by now, but still asks this fallback when nobody answers there.',
  remedy:
    'In the Twilio Console, under Phone Numbers, open this number, empty “Primary handler fails”, save, then remove the fallback here.',
};
