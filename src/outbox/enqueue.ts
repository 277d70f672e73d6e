import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { CallEvent } from '../common/events';
import type { Tables } from '../storage/tables';
import type { Recipients } from './recipients';

/** How long what may change is held back, in ms. */
const CHANGING_MS = 20_000;

/**
 * Writes down what is to be told of an event, to everybody who is to hear of it, in the transaction that made it true:
 * neither happens without the other. Gives how many there are. `inFlight` are the ids of what is being sent right now.
 */
export async function enqueue(
  db: Transaction<Tables>,
  event: CallEvent,
  { recipients: { email, texts, subscribers }, inFlight }: { recipients: Recipients; inFlight: readonly string[] },
): Promise<number> {
  const body = JSON.stringify({ type: event.type, timestamp: new Date(event.at).toISOString(), data: event.data });
  const { about = null } = event;
  if (about !== null) await withdraw(db, about, inFlight);
  const dueAt = event.at + (about === null ? 0 : CHANGING_MS);
  const row = { event: event.type, about, body, due_at: dueAt, created_at: event.at };
  const rows = subscribers
    .filter(({ events, off }) => off === undefined && events.includes(event.type))
    .map(({ id }) => ({ ...row, id: newId(), channel: 'webhook', target: id }));
  const to = (channel: string, targets: readonly string[] = []) =>
    event.type === 'message.taken' ? targets.map((target) => ({ ...row, id: newId(), channel, target })) : [];
  const all = [...rows, ...to('email', email?.to), ...to('text', texts)];
  if (all.length > 0) await db.insertInto('deliveries').values(all).execute();
  return all.length;
}

/** What still waits is told as it is now; what is being sent at this moment cannot be called back. */
const withdraw = (db: Transaction<Tables>, about: string, inFlight: readonly string[]) =>
  db
    .deleteFrom('deliveries')
    .where('about', '=', about)
    .where('state', '=', 'waiting')
    .where('id', 'not in', [...inFlight])
    .execute();

/** The id under which a receiver knows a delivery again when it comes twice. */
const newId = () => `msg_${randomBytes(16).toString('hex')}`;
