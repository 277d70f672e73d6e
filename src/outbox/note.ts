import { sql } from 'kysely';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Database } from '../storage/database';
import type { DeliveryRow } from './attempt';
import { UNKNOWN, type Tried } from './tried';

const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;
/** How long after each failed try the next one is made, in ms; after the last the delivery is dead. */
const PAUSES = [5 * S, 30 * S, 5 * MIN, 30 * MIN, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H];

/** Stands beside a text from before its request until its outcome is written; it is not sent meanwhile. */
export const ON_ITS_WAY = 'on its way';

/** Where the outcome of a try is written. */
export interface NoteOptions {
  database: Database;
  clock: Clock;
  log: Log;
}

/** Writes down what came of a try: it arrived, will be tried again, or is dead. */
export async function note({ database, clock, log }: NoteOptions, row: DeliveryRow, tried: Tried): Promise<void> {
  const tries = row.tries + 1;
  const pause = PAUSES[row.tries];
  const replaced = !tried.ok && (await isReplaced(database, row));
  const dead = !tried.ok && (tried.gone === true || pause === undefined || replaced);
  const problem = tried.ok ? null : replaced ? 'a newer one took its place' : tried.problem;
  const change = tried.ok
    ? { state: 'delivered', delivered_at: clock.now() }
    : { state: dead ? 'dead' : 'waiting', due_at: clock.now() + (pause ?? 0) };
  await database
    .updateTable('deliveries')
    .set({ ...change, problem, tries })
    .where('id', '=', row.id)
    .execute();
  if (!tried.ok) log.warn('outbox', { data: { id: row.id, channel: row.channel, tries, dead } });
}

/** Written down before a text is sent, so that a process that is killed meanwhile leaves a trace. */
export async function noteSetOut(database: Database, id: string): Promise<void> {
  await database.updateTable('deliveries').set({ problem: ON_ITS_WAY }).where('id', '=', id).execute();
}

/** Gives up the texts that an earlier process was sending when it was killed: they may have arrived. */
export async function giveUpLost(database: Database): Promise<void> {
  await database
    .updateTable('deliveries')
    .set({ state: 'dead', problem: UNKNOWN })
    .where('state', '=', 'waiting')
    .where('channel', '=', 'text')
    .where('problem', '=', ON_ITS_WAY)
    .execute();
}

/** Gives up everything that waits for a subscriber. */
export async function giveUpAll(database: Database, target: string, problem: string): Promise<void> {
  await database
    .updateTable('deliveries')
    .set({ state: 'dead', problem })
    .where('state', '=', 'waiting')
    .where('channel', '=', 'webhook')
    .where('target', '=', target)
    .execute();
}

/** Whether the same receiver is told something newer about the same thing: it came while this one was being sent. */
async function isReplaced(database: Database, { id, about, channel, target }: DeliveryRow): Promise<boolean> {
  if (about === null) return false;
  const newer = await database
    .selectFrom('deliveries')
    .select('id')
    .where('about', '=', about)
    .where('channel', '=', channel)
    .where('target', '=', target)
    .where(sql<boolean>`rowid > (SELECT rowid FROM deliveries WHERE id = ${id})`)
    .executeTakeFirst();
  return newer !== undefined;
}
