import { sql } from 'kysely';
import { attempt, channelOf, whyNot, type AttemptOptions, type DeliveryRow } from './attempt';
import { createLanes } from './lanes';
import { giveUpAll, giveUpLost, note, noteSetOut, ON_ITS_WAY, type NoteOptions } from './note';

/** What the outbox needs. */
export interface OutboxOptions extends AttemptOptions, NoteOptions {
  /** Takes a subscriber off who said that it wants no more. */
  turnOff: (id: string, why: string) => Promise<unknown>;
}

/** Sends what is due, to each receiver one after the other, to all of them at once. */
export interface Sender {
  /** Sends what is due. Resolves when each has been tried once; a slow receiver holds up nobody else. Never rejects. */
  work(): Promise<void>;
  /** The ids of what is being sent right now. */
  inFlight(): string[];
  /** Ends what is being sent; the next process sends it again, under the same id. */
  close(): Promise<void>;
}

/** A sender that nothing has been asked of yet. */
export function createSender(options: OutboxOptions): Sender {
  const { clock, log } = options;
  const { inLane } = createLanes();
  const flights = createFlights(options);
  const working = new Set<Promise<void>>();
  const sendLane = async (lane: Lane) => {
    const until = clock.now();
    const next = async () => (flights.closed() ? undefined : firstDue(options, lane, until));
    try {
      for (let row = await next(); row; row = await next()) await flights.send(row);
    } catch (error) {
      log.error('outbox', { step: 'not sent', data: { reason: String(error) } });
    }
  };
  let begun: Promise<void> | undefined;
  const sendDue = async () => {
    begun ??= giveUpLost(options.database).catch((error: unknown) => {
      begun = undefined;
      throw error;
    });
    await begun;
    const lanes = flights.closed() ? [] : await dueLanes(options);
    await Promise.all(lanes.map((lane) => inLane(`${lane.channel} ${lane.target}`, () => sendLane(lane))));
  };
  return {
    work() {
      const done = sendDue()
        .catch((error: unknown) => log.error('outbox', { step: 'not read', data: { reason: String(error) } }))
        .finally(() => working.delete(done));
      working.add(done);
      return done;
    },
    inFlight: flights.ids,
    async close() {
      flights.close();
      await Promise.all(working);
    },
  };
}

/** What is on its way right now, each with the way to end it. */
function createFlights(options: OutboxOptions) {
  const stops = new Map<string, AbortController>();
  let closed = false;
  const send = async (row: DeliveryRow) => {
    const stop = new AbortController();
    stops.set(row.id, stop);
    try {
      const refused = whyNot(options.recipients(), row);
      if (refused !== undefined) return await note(options, row, { ok: false, problem: refused, gone: true });
      const isText = channelOf(row) === 'text';
      if (isText) await noteSetOut(options.database, row.id);
      const tried = await attempt(options, row, stop);
      if (closed && !tried.ok && !tried.gone && !isText) return; // the next process sends it
      await note(options, row, tried);
      if (!tried.ok && tried.gone && channelOf(row) === 'webhook') await retire(options, row.target, tried.problem);
    } finally {
      stops.delete(row.id);
    }
  };
  return {
    send,
    ids: () => [...stops.keys()],
    closed: () => closed,
    close() {
      closed = true;
      for (const stop of stops.values()) stop.abort();
    },
  };
}

type Lane = Pick<DeliveryRow, 'channel' | 'target'>;

const dueLanes = ({ database, clock }: OutboxOptions): Promise<Lane[]> =>
  database
    .selectFrom('deliveries')
    .select(['channel', 'target'])
    .distinct()
    .where('state', '=', 'waiting')
    .where('problem', 'is not', ON_ITS_WAY)
    .where('due_at', '<=', clock.now())
    .execute();

const firstDue = ({ database }: OutboxOptions, { channel, target }: Lane, until: number) =>
  database
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('problem', 'is not', ON_ITS_WAY)
    .where('channel', '=', channel)
    .where('target', '=', target)
    .where('due_at', '<=', until)
    .orderBy('due_at')
    .orderBy(sql`rowid`)
    .executeTakeFirst();

async function retire({ turnOff, database }: OutboxOptions, id: string, problem: string): Promise<void> {
  await turnOff(id, problem);
  await giveUpAll(database, id, `the subscriber is off: ${problem}`);
}
