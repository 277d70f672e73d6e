import { randomBytes } from 'node:crypto';
import { EVENTS } from '../common/events';
import { createOutbox } from '../outbox/outbox';
import { checkEmail } from '../outbox/send-email';
import type { Tried } from '../outbox/send-webhook';
import { recipientsSchema, type Recipients } from '../outbox/recipients';
import type { Settings } from '../settings/settings';
import type { Database } from '../storage/database';
import type { Telephony } from '../telephony/telephony';
import type { Surroundings } from './surroundings';

const NOBODY: Recipients = { subscribers: [] };

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
  const recipients = (): Recipients => recipientsSchema.safeParse(settings.recipients()).data ?? NOBODY;
  const change = (work: (before: Recipients) => Recipients) => settings.saveRecipients(work(recipients()));
  const outbox = createOutbox({
    database,
    clock,
    log,
    recipients,
    turnOff: (id, why) =>
      change((before) => ({
        ...before,
        subscribers: before.subscribers.map((each) => (each.id === id ? { ...each, off: why } : each)),
      })),
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
    /** Gives the secret, which is shown once. */
    async subscribe({ url, events }: { url: string; events: Recipients['subscribers'][number]['events'] }) {
      const secret = `whsec_${randomBytes(24).toString('base64')}`;
      const id = randomBytes(6).toString('hex');
      await change((before) => ({ ...before, subscribers: [...before.subscribers, { id, url, secret, events }] }));
      return { id, secret };
    },
    async unsubscribe(id: string): Promise<boolean> {
      const there = recipients().subscribers.some((each) => each.id === id);
      if (there)
        await change((before) => ({ ...before, subscribers: before.subscribers.filter((each) => each.id !== id) }));
      return there;
    },
    deliveries: outbox.list,
    async replay(id: string): Promise<boolean> {
      const found = await outbox.replay(id);
      if (found) void outbox.work();
      return found;
    },
  };
  return { outbox, desk };
}
