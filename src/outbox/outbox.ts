import type { Selectable, Transaction } from 'kysely';
import type { Clock } from '../common/clock';
import type { CallEvent } from '../common/events';
import type { Log } from '../common/log';
import type { Database } from '../storage/database';
import type { Tables } from '../storage/tables';
import { enqueue } from './enqueue';
import { readTold, textWords } from './message-words';
import type { Recipients } from './recipients';
import { sendEmail } from './send-email';
import { sendWebhook, type Tried } from './send-webhook';

const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;
/** How long after each failed try the next one is made, in ms; after the last the delivery is dead. */
const PAUSES = [5 * S, 30 * S, 5 * MIN, 30 * MIN, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H];
/** How often something due is looked for, in ms, and how much is sent at once. */
const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 10;
const LISTED = 200;

/** Something to be told to somebody. Times in ms since 1970. */
export interface Delivery {
  id: string;
  event: string;
  channel: 'webhook' | 'email' | 'text';
  target: string;
  state: 'waiting' | 'delivered' | 'dead';
  tries: number;
  dueAt: number;
  createdAt: number;
  deliveredAt: number | undefined;
  problem: string | undefined;
}

/** What the outbox needs. */
export interface OutboxOptions {
  database: Database;
  clock: Clock;
  log: Log;
  recipients: () => Recipients;
  /** Takes a subscriber off who said that it wants no more. */
  turnOff: (id: string, why: string) => Promise<void>;
  allowedHosts: readonly string[];
  /** Sends a text. */
  sendText: (text: { to: string; words: string }) => Promise<Tried>;
}

/** What is told to others: written with the thing itself, tried until it is delivered, listed for the owner. */
export type Outbox = ReturnType<typeof createOutbox>;

/** An outbox over the database; what was waiting when the process ended is sent by the next one. */
export function createOutbox(options: OutboxOptions) {
  const { database, clock, recipients } = options;
  let working: Promise<void> = Promise.resolve();
  const work = () => (working = working.then(() => sendDue(options)));
  const timer = setInterval(() => void work(), LOOK_EVERY_MS).unref();
  return {
    announce: (db: Transaction<Tables>, event: CallEvent) => enqueue(db, event, recipients()),
    /** Sends what is due. Resolves when each has been tried once. */
    work,
    async list(): Promise<Delivery[]> {
      const rows = await database
        .selectFrom('deliveries')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(LISTED)
        .execute();
      return rows.map(deliveryOf);
    },
    /** Tries a delivery again now, under its id. False when there is none. */
    async replay(id: string): Promise<boolean> {
      const done = await database
        .updateTable('deliveries')
        .set({ state: 'waiting', tries: 0, due_at: clock.now(), problem: null })
        .where('id', '=', id)
        .executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}

async function sendDue(options: OutboxOptions): Promise<void> {
  const { database, clock, log } = options;
  try {
    const due = await database
      .selectFrom('deliveries')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('due_at', '<=', clock.now())
      .orderBy('due_at')
      .limit(AT_ONCE)
      .execute();
    await Promise.all(due.map(async (row) => note(options, row, await attempt(options, row))));
  } catch (error) {
    log.error('outbox', { step: 'not sent', data: { reason: String(error) } });
  }
}

async function attempt(options: OutboxOptions, row: Selectable<Tables['deliveries']>): Promise<Tried> {
  const { recipients, clock, allowedHosts, sendText } = options;
  const { id, body, channel, target } = row;
  const { email, subscribers } = recipients();
  if (channel === 'email') {
    return email ? sendEmail({ id, body, to: target, email }) : { ok: false, problem: 'no mail server is set' };
  }
  if (channel === 'text') return sendText({ to: target, words: textWords(readTold(body)) });
  const subscriber = subscribers.find((each) => each.id === target);
  if (!subscriber) return { ok: false, problem: 'the subscriber was removed', gone: true };
  return sendWebhook({ id, body, at: new Date(clock.now()), subscriber, allowedHosts });
}

async function note(options: OutboxOptions, row: Selectable<Tables['deliveries']>, tried: Tried): Promise<void> {
  const { database, clock, log, turnOff } = options;
  const tries = row.tries + 1;
  const pause = PAUSES[row.tries];
  const dead = !tried.ok && (tried.gone === true || pause === undefined);
  const change = tried.ok
    ? { state: 'delivered', delivered_at: clock.now(), problem: null }
    : { state: dead ? 'dead' : 'waiting', due_at: clock.now() + (pause ?? 0), problem: tried.problem };
  await database
    .updateTable('deliveries')
    .set({ ...change, tries })
    .where('id', '=', row.id)
    .execute();
  if (tried.ok) return;
  log.warn('outbox', { data: { id: row.id, channel: row.channel, tries, dead } });
  if (tried.gone && row.channel === 'webhook') await turnOff(row.target, tried.problem);
}

function deliveryOf(row: Selectable<Tables['deliveries']>): Delivery {
  return {
    id: row.id,
    event: row.event,
    channel: row.channel === 'email' || row.channel === 'text' ? row.channel : 'webhook',
    target: row.target,
    state: row.state === 'delivered' || row.state === 'dead' ? row.state : 'waiting',
    tries: row.tries,
    dueAt: row.due_at,
    createdAt: row.created_at,
    deliveredAt: row.delivered_at ?? undefined,
    problem: row.problem ?? undefined,
  };
}
