import type { Kysely, Transaction } from 'kysely';
import type { CallersTraces } from '../common/call-record';
import type { Database } from '../storage/database';
import type { Tables } from '../storage/tables';
import { listRemovals, type Removal } from './removals';
import { waysWritten } from './ways-written';

/** SQLite takes some tens of thousands of values in one statement. */
const AT_ONCE = 5_000;

/** Whom: by their number in E.164 form, and the country in which numbers are read. */
interface Caller {
  number: string;
  country: string;
}

/** Everything of one caller, by its keys. */
interface Traces {
  calls: string[];
  messages: string[];
  recordings: Removal[];
  deliveries: string[];
  placed: string[];
}

/** Whether a call with this number goes on. */
async function isCalling(db: Transaction<Tables>, numbers: readonly string[]): Promise<boolean> {
  const going = await callsWith(db, numbers).where('outcome', 'is', null).limit(1).execute();
  return going.length > 0;
}

/** How much there is of the caller with this number, however it stands in the book. */
export async function tracesOf(database: Kysely<Tables>, { number, country }: Caller): Promise<CallersTraces> {
  return countOf(database, await find(database, await waysWritten(database, number, country)));
}

/** What of a caller was given up. */
interface GivenUp {
  traces: CallersTraces;
  /** Calls that are still to be removed. */
  calls: string[];
  /** Recordings that are on the list. */
  recordings: string[];
}

/**
 * Gives up everything of a caller at once, in one short transaction, since everybody else waits for it: messages and
 * what was told of them are removed, recordings are put on the list, calls are noted as forgotten and are removed
 * afterwards. Not while a call of theirs goes on.
 */
export function giveUpCaller(
  database: Database,
  { number, country }: Caller,
  now: number,
): Promise<GivenUp | 'going on'> {
  return database.transaction().execute(async (db) => {
    const numbers = await waysWritten(db, number, country);
    if (await isCalling(db, numbers)) return 'going on';
    const found = await find(db, numbers);
    const traces = await countOf(db, found);
    const { calls } = found;
    await listRemovals(db, found.recordings, now);
    const recordings = found.recordings.map(({ sid }) => sid);
    await inParts(found.deliveries, (ids) => db.deleteFrom('deliveries').where('id', 'in', ids).execute());
    await inParts(found.placed, (ids) => db.deleteFrom('placed_calls').where('id', 'in', ids).execute());
    await inParts(recordings, (sids) => db.deleteFrom('recordings').where('sid', 'in', sids).execute());
    await inParts(found.messages, (ids) => db.deleteFrom('messages').where('id', 'in', ids).execute());
    await inParts(calls, (sids) => noteForgotten(db, sids, now));
    return { traces, calls, recordings };
  });
}

const noteForgotten = (db: Transaction<Tables>, sids: readonly string[], at: number) =>
  db
    .insertInto('forgotten_calls')
    .values(sids.map((sid) => ({ sid, at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();

/** Calls of the caller, calls that we placed to them, and those in which this number was left. */
const callsWith = (db: Kysely<Tables>, numbers: readonly string[]) =>
  db
    .selectFrom('calls')
    .select('sid')
    .where((call) =>
      call.or([
        call('from_number', 'in', numbers).and('direction', '!=', 'outbound'),
        call('to_number', 'in', numbers).and('direction', '=', 'outbound'),
        call('sid', 'in', messagesWith(db, numbers).select('call_sid')),
        call('sid', 'in', db.selectFrom('fields').select('call_sid').where('value', 'in', numbers)),
      ]),
    );

const messagesWith = (db: Kysely<Tables>, numbers: readonly string[]) =>
  db
    .selectFrom('messages')
    .where((message) => message.or([message('number', 'in', numbers), message('from_number', 'in', numbers)]));

async function find(db: Kysely<Tables>, numbers: readonly string[]): Promise<Traces> {
  const calls = (await callsWith(db, numbers).execute()).map(({ sid }) => sid);
  const own = await messagesWith(db, numbers).select(['id', 'call_sid']).execute();
  const named = [...new Set([...calls, ...own.map(({ call_sid: sid }) => sid)])];
  const ofCalls = await gathered(calls, (sids) =>
    db.selectFrom('messages').select('id').where('call_sid', 'in', sids).execute(),
  );
  const messages = [...new Set([...own, ...ofCalls].map(({ id }) => id))];
  const recordings = await gathered(named, (sids) =>
    db.selectFrom('recordings').select(['sid', 'removed_at', 'state']).where('call_sid', 'in', sids).execute(),
  );
  const told = await gathered(named, (sids) =>
    db.selectFrom('deliveries').select('id').where('call_sid', 'in', sids).execute(),
  );
  const placed = await db.selectFrom('placed_calls').select('id').where('to_number', 'in', numbers).execute();
  return {
    calls,
    messages,
    recordings: recordings.map(({ sid, removed_at: at, state }) => ({
      sid,
      elsewhere: at === null && state !== 'test',
    })),
    deliveries: told.map(({ id }) => id),
    placed: placed.map(({ id }) => id),
  };
}

async function countOf(db: Kysely<Tables>, found: Traces): Promise<CallersTraces> {
  const counted = (table: 'turns' | 'fields') =>
    gathered(found.calls, (sids) =>
      db
        .selectFrom(table)
        .select((row) => row.fn.countAll<number>().as('n'))
        .where('call_sid', 'in', sids)
        .execute(),
    );
  const sum = (rows: readonly { n: number }[]) => rows.reduce((all, { n }) => all + n, 0);
  return {
    calls: found.calls.length,
    turns: sum(await counted('turns')),
    fields: sum(await counted('fields')),
    messages: found.messages.length,
    recordings: found.recordings.length,
    deliveries: found.deliveries.length,
    placedCalls: found.placed.length,
  };
}

async function inParts(keys: readonly string[], work: (some: readonly string[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < keys.length; from += AT_ONCE) await work(keys.slice(from, from + AT_ONCE));
}

async function gathered<T>(keys: readonly string[], read: (some: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  await inParts(keys, async (some) => all.push(...(await read(some))));
  return all;
}
