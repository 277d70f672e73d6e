import { EVENTS } from '../common/events';
import { createOutbox } from '../outbox/outbox';
import { leadsInside } from '../outbox/public-lookup';
import { checkEmail } from '../outbox/send-email';
import { UNKNOWN, type Tried } from '../outbox/tried';
import type { Recipients } from '../outbox/recipients';
import type { Settings } from '../settings/settings';
import type { Database } from '../storage/database';
import type { Failure } from '../telephony/failure';
import type { Telephony } from '../telephony/telephony';
import { createRecipients } from './recipients';
import type { Surroundings } from './surroundings';

/** What others see of the business besides its calls. */
export function aboutOf(settings: Settings) {
  const { businessName: business, fields } = settings.profile();
  return { business, address: settings.publicBaseUrl()?.value, fields };
}

async function sendText(
  twilio: ReturnType<Settings['twilio']>,
  telephony: Telephony,
  text: { to: string; words: string },
): Promise<Tried> {
  if (!twilio) return { ok: false, problem: 'there are no Twilio credentials' };
  const sent = await telephony.sendText(twilio, text);
  return sent.ok ? { ok: true } : notSent(sent);
}

/** It is sent again only where Twilio has surely not taken it, and may take it another time. */
function notSent({ status, code, field, error, notAsked }: Failure): Tried {
  if (notAsked || field !== null || code === 'twilio_busy') return { ok: false, problem: error };
  return { ok: false, problem: status === 400 ? error : UNKNOWN, gone: true };
}

/** Who is told of calls, and the outbox that tells them. */
export function createTelling(
  { config, clock, log }: Surroundings,
  { settings, database, telephony }: { settings: Settings; database: Database; telephony: Telephony },
) {
  const { now: recipients, change, subscribe, unsubscribe, turnOn, turnOff } = createRecipients(settings);
  const outbox = createOutbox({
    database,
    clock,
    log,
    recipients,
    turnOff,
    allowedHosts: config.WEBHOOK_ALLOWED_HOSTS,
    sendText: (text) => sendText(settings.twilio(), telephony, text),
  });
  const desk = {
    events: EVENTS,
    email() {
      const { email } = recipients();
      return email && { from: email.from, to: email.to, server: new URL(email.server).host };
    },
    saveEmail: (email: NonNullable<Recipients['email']>) => change((before) => ({ ...before, email })),
    forgetEmail: () => change(({ email: _, ...others }) => others),
    checkEmail,
    texts: () => recipients().texts ?? [],
    saveTexts: (numbers: readonly string[]) =>
      change(({ texts: _, ...others }) => (numbers.length === 0 ? others : { ...others, texts: [...numbers] })),
    async textState() {
      const credentials = settings.twilio();
      if (!credentials) return 'There are no Twilio credentials yet; texts are sent from their number.';
      const state = await telephony.textState(credentials);
      return state.ok ? state.words : `Whether it may send texts is not known: ${state.error}`;
    },
    subscribers: () => recipients().subscribers.map(({ id, url, events, off }) => ({ id, url, events, off })),
    ...{ subscribe, unsubscribe, turnOn },
    leadsInside: (address: string) => leadsInside(address, config.WEBHOOK_ALLOWED_HOSTS),
    deliveries: outbox.list,
    async replay(id: string) {
      const replayed = await outbox.replay(id);
      if (replayed.ok) void outbox.work();
      return replayed;
    },
  };
  return { outbox, desk };
}
