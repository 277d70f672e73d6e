import { refused, type Failure } from './failure';
import { findNumber } from './numbers';
import type { Session } from './session';

/** What the number may send, as far as Twilio tells. */
export interface TextState {
  ok: true;
  /** 'ready' and 'waiting' speak of the registration that carriers in the United States ask for. */
  state: 'ready' | 'waiting' | 'refused' | 'unregistered' | 'not-needed' | 'incapable';
  words: string;
}

/** The number is not registered (twilio.com/docs/api/errors/30034). */
const NOT_REGISTERED = 30034;
const MOST_SERVICES = 50;

/** Sends a text. One request; a Failure says why it was refused. Throws what the SDK throws. */
export async function sendText(
  { twilio, credentials }: Session,
  { to, words }: { to: string; words: string },
): Promise<{ ok: true; sid: string } | Failure> {
  const message = await twilio.messages.create({ to, from: credentials.phoneNumber, body: words });
  if (message.errorCode === NOT_REGISTERED) return notRegistered;
  return { ok: true, sid: message.sid };
}

/** Whether the number may send texts, and how far its registration is. Throws what the SDK throws. */
export async function readTextState(session: Session): Promise<TextState | Failure> {
  const { twilio, credentials } = session;
  const number = await findNumber(session);
  if (number?.capabilities.sms !== true) return state('incapable', 'This number cannot send texts.');
  if (!needsRegistration(credentials.phoneNumber)) return state('not-needed', 'This number needs no registration.');
  for (const { sid } of await twilio.messaging.v1.services.list({ limit: MOST_SERVICES })) {
    const service = twilio.messaging.v1.services(sid);
    const numbers = await service.phoneNumbers.list({ limit: MOST_SERVICES });
    if (!numbers.some(({ phoneNumber }) => phoneNumber === credentials.phoneNumber)) continue;
    const [campaign] = await service.usAppToPerson.list({ limit: 1 });
    return registration(campaign?.campaignStatus);
  }
  return unregistered;
}

/** Local numbers of the North American plan; those that cost the receiver nothing to call have a form of their own. */
const needsRegistration = (number: string) => /^\+1(?!8(?:00|33|44|55|66|77|88))\d{10}$/.test(number);

const state = (name: TextState['state'], words: string): TextState => ({ ok: true, state: name, words });

const unregistered = state(
  'unregistered',
  'This number is not registered for texts in the United States (A2P 10DLC); carriers block what it sends. ' +
    'Register it in the Twilio Console, under Messaging, Regulatory Compliance.',
);

function registration(status: string | undefined): TextState {
  if (status === 'VERIFIED') return state('ready', 'The number is registered for texts.');
  if (status === 'FAILED') return state('refused', 'The registration was refused; the Twilio Console says why.');
  if (status === undefined) return unregistered;
  return state('waiting', 'The registration is being examined; until then carriers may block texts.');
}

const notRegistered: Failure = refused({
  field: null,
  code: 'not_registered',
  error: 'The number is not registered for texts (error 30034).',
  remedy: 'Register it in the Twilio Console, under Messaging, Regulatory Compliance.',
});
