import { EVENTS } from '../common/events';
import { createOutbox } from '../outbox/outbox';
import { leadsInside } from '../outbox/public-lookup';
import { checkEmail } from '../outbox/send-email';
import type { Tried } from '../outbox/tried';
import type { Recipients } from '../outbox/recipients';
import type { Settings } from '../settings/settings';
import type { Database } from '../storage/database';
import type { Telephony } from '../telephony/telephony';
import { createRecipients } from './recipients';
import type { Surroundings } from './surroundings';

/** What others see of the business besides its calls. */
export function aboutOf(settings: Settings) {
  const { businessName: business, fields } = settings.profile();
  return { business, address: settings.publicBaseUrl()?.value, fields: fields.map(({ name }) => name) };
}

/** Whether a text was sent is sometimes not known; it is not sent twice then. */
async function sendText(
  twilio: ReturnType<Settings['twilio']>,
  telephony: Telephony,
  text: { to: string; words: string },
): Promise<Tried> {
  if (!twilio) return { ok: false, problem: 'there are no Twilio credentials' };
  const sent = await telephony.sendText(twilio, text);
  if (sent.ok) return { ok: true };
  const unknown = sent.code === 'twilio_slow';
  return {
    ok: false,
    problem: unknown ? 'not known whether it was sent' : sent.error,
    ...(unknown ? { gone: true } : {}),
  };
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
