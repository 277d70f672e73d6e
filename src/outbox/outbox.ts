import type { Transaction } from 'kysely';
import type { CallEvent } from '../common/events';
import type { Tables } from '../storage/tables';
import { channelOf, whyNot, type DeliveryRow } from './attempt';
import { enqueue } from './enqueue';
import { createSender, type OutboxOptions } from './sender';

/** How often something due is looked for, in ms. */
const LOOK_EVERY_MS = 1_000;
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

/** Whether a delivery is sent again, and where not, whether there is any and why its receiver gets nothing. */
export type Replayed = { ok: true } | { ok: false; found: boolean; problem?: string };

/** What is told to others: written with the thing itself, tried until it is delivered, listed for the owner. */
export type Outbox = ReturnType<typeof createOutbox>;

/** An outbox over the database; what was waiting when the process ended is sent by the next one. */
export function createOutbox(options: OutboxOptions) {
  const sender = createSender(options);
  const timer = setInterval(() => void sender.work(), LOOK_EVERY_MS).unref();
  return {
    announce: (db: Transaction<Tables>, event: CallEvent) =>
      enqueue(db, event, { recipients: options.recipients(), inFlight: sender.inFlight() }),
    /** Sends what is due. Resolves when each has been tried once; a slow receiver holds up nobody else. */
    work: sender.work,
    list: () => listDeliveries(options),
    /** Tries a delivery again now, under its id. */
    replay: (id: string) => replay(options, id),
    /** Ends what is being sent; the next process sends it again, under the same id. */
    async close() {
      clearInterval(timer);
      await sender.close();
    },
  };
}

async function listDeliveries({ database }: OutboxOptions): Promise<Delivery[]> {
  const rows = await database
    .selectFrom('deliveries')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(LISTED)
    .execute();
  return rows.map(deliveryOf);
}

async function replay({ database, clock, recipients }: OutboxOptions, id: string): Promise<Replayed> {
  const row = await database.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return { ok: false, found: false };
  const problem = whyNot(recipients(), row);
  if (problem !== undefined) return { ok: false, found: true, problem };
  await database
    .updateTable('deliveries')
    .set({ state: 'waiting', tries: 0, due_at: clock.now(), problem: null })
    .where('id', '=', id)
    .execute();
  return { ok: true };
}

function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    event: row.event,
    channel: channelOf(row),
    target: row.target,
    state: row.state === 'delivered' || row.state === 'dead' ? row.state : 'waiting',
    tries: row.tries,
    dueAt: row.due_at,
    createdAt: row.created_at,
    deliveredAt: row.delivered_at ?? undefined,
    problem: row.problem ?? undefined,
  };
}
