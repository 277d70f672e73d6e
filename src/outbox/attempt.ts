import type { Selectable } from 'kysely';
import type { Clock } from '../common/clock';
import type { Tables } from '../storage/tables';
import { readTold, textWords } from './message-words';
import type { Recipients } from './recipients';
import { sendEmail } from './send-email';
import { sendWebhook } from './send-webhook';
import { UNKNOWN, type Tried } from './tried';

/** A delivery as it stands in the database. */
export type DeliveryRow = Selectable<Tables['deliveries']>;

/** How long one try may take in all, in ms. A receiver of events has as long as Standard Webhooks advises. */
const PATIENCE_MS = { webhook: 15_000, email: 60_000, text: 60_000 } as const;

/** What a try needs. */
export interface AttemptOptions {
  clock: Clock;
  recipients: () => Recipients;
  allowedHosts: readonly string[];
  /** Sends a text. */
  sendText: (text: { to: string; words: string }) => Promise<Tried>;
  /** How long one try may take, in ms, whatever its channel. */
  patienceMs?: number;
}

/** What a delivery is sent by; what is not known is a webhook. */
export const channelOf = ({ channel }: Pick<DeliveryRow, 'channel'>): keyof typeof PATIENCE_MS =>
  channel === 'email' || channel === 'text' ? channel : 'webhook';

/** Why nothing is sent to a delivery's receiver any more, in words; undefined where something is. */
export function whyNot({ email, texts, subscribers }: Recipients, row: DeliveryRow): string | undefined {
  const { target } = row;
  const channel = channelOf(row);
  if (channel !== 'webhook')
    return (channel === 'email' ? email?.to : texts)?.includes(target) ? undefined : 'no longer a receiver';
  const subscriber = subscribers.find(({ id }) => id === target);
  if (!subscriber) return 'the subscriber was removed';
  return subscriber.off === undefined ? undefined : 'the subscriber is off';
}

/** Tries a delivery once. Ends when `stop` says so, or by itself within the patience of its channel. Never rejects. */
export async function attempt(options: AttemptOptions, row: DeliveryRow, stop: AbortController): Promise<Tried> {
  const patienceMs = options.patienceMs ?? PATIENCE_MS[channelOf(row)];
  const timer = setTimeout(() => stop.abort(), patienceMs);
  const stopped = new Promise<Tried>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve(unfinished(row, patienceMs)), { once: true });
  });
  try {
    return await Promise.race([send(options, row, stop.signal), stopped]);
  } catch (error) {
    return { ok: false, problem: `it could not be sent (${error instanceof Error ? error.name : typeof error})` };
  } finally {
    clearTimeout(timer);
  }
}

/** A text costs, and its receiver cannot tell that it is the same: it is not sent twice where that is not known. */
const unfinished = (row: DeliveryRow, patienceMs: number): Tried =>
  channelOf(row) === 'text'
    ? { ok: false, problem: UNKNOWN, gone: true }
    : { ok: false, problem: `no answer within ${patienceMs} ms` };

async function send(options: AttemptOptions, row: DeliveryRow, signal: AbortSignal): Promise<Tried> {
  const { recipients, clock, allowedHosts, sendText } = options;
  const { id, body, target } = row;
  const { email, subscribers } = recipients();
  const channel = channelOf(row);
  if (channel === 'text') return sendText({ to: target, words: textWords(readTold(body)) });
  if (channel === 'email' && email) return sendEmail({ id, body, to: target, email, signal });
  const subscriber = subscribers.find((each) => each.id === target);
  if (!subscriber) return { ok: false, problem: 'there is no such receiver', gone: true };
  return sendWebhook({ id, body, at: new Date(clock.now()), subscriber, allowedHosts, signal });
}
