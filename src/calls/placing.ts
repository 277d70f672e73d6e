import { randomUUID } from 'node:crypto';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { Rules } from '../common/rules';
import { createTurns } from '../common/turns';
import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { CallWanted, CheckedCall, PlacingProblem } from './may-place';

/** What Twilio made of a call that was asked for. `unknown`: it may have been placed, and must not be again. */
export type Placed =
  | { ok: true; sid: string }
  | { ok: false; unknown: boolean; status: number; code: string; error: string; remedy: string };

/** What placing calls needs. */
export interface PlacingOptions {
  database: Database;
  profile: () => Profile;
  rules: () => Rules;
  /** Our own number; undefined without credentials. */
  ownNumber: () => string | undefined;
  publicBaseUrl: () => string | undefined;
  /** Whether as many calls are open as may be. */
  linesBusy: () => boolean;
  /** Asks for a call by one request. `id` names it in the webhooks. */
  place: (call: { id: string; to: string; longestS: number; detectMachines: boolean }) => Promise<Placed>;
  /** What the calls of today have cost, in US dollars. */
  spentToday: () => Promise<number>;
  changed: () => void;
  clock: Clock;
  log: Log;
}

/** A placed call, or why there is none. */
export type Placing = { ok: true; id: string; callSid: string } | ({ ok: false } & PlacingProblem);

const DAY_MS = 24 * 3_600_000;
/** A second wish for a call to the same person within this, in ms, is a second click. */
const SECOND_CLICK_MS = 60_000;
/** Twilio's own longest: it ends calls in the middle of a word, and those of two people too, so our limits are not its. */
const LONGEST_S = 4 * 3_600;

/** Places calls, each written down before it is asked for, so that a crash places none twice. */
export function createPlacing(options: PlacingOptions) {
  const { database, log } = options;
  const inTurn = createTurns();
  return {
    async place(wanted: CallWanted): Promise<Placing> {
      const id = randomUUID();
      const checked = await inTurn(() => writeDown(options, id, wanted));
      if (!checked.ok) return checked;
      const { to, from } = checked;
      const { detectMachines } = options.rules().outbound;
      const placed = await options.place({
        ...{ id, to, longestS: LONGEST_S, detectMachines },
      });
      log.info('call_placed', { callSid: placed.ok ? placed.sid : undefined, data: { id, ok: placed.ok } });
      const state = placed.ok ? 'placed' : placed.unknown ? 'unknown' : 'refused';
      await note(options, { id, state, callSid: placed.ok ? placed.sid : undefined, to, from });
      if (placed.ok) return { ok: true, id, callSid: placed.sid };
      const { unknown, ...problem } = placed;
      return { ...problem, field: null };
    },
    /** What a placed call is about, once it is answered; its sid is noted, also where Twilio's answer was lost. */
    async answered(id: string, callSid: string): Promise<string | undefined> {
      const row = await database
        .updateTable('placed_calls')
        .set({ call_sid: callSid, state: 'placed' })
        .where('id', '=', id)
        .where((each) => each.or([each('call_sid', 'is', null), each('call_sid', '=', callSid)]))
        .returning('reason')
        .executeTakeFirst();
      return row?.reason;
    },
  };
}

/** A call that may be placed is written down before the next is looked at: they count for each other. */
async function writeDown(options: PlacingOptions, id: string, wanted: CallWanted): Promise<CheckedCall> {
  const { alreadyCalling, placingProblem } = await import('./may-place.js');
  const { database, clock } = options;
  const now = clock.now();
  const spentToday = await options.spentToday();
  const placedToday = await placedSince(database, now - DAY_MS);
  const checked = placingProblem(wanted, { ...factsOf(options), placedToday, spentToday, now });
  if (!checked.ok) return checked;
  const { to, reason } = checked;
  const earlier = await beingCalled(database, to, now - SECOND_CLICK_MS);
  if (earlier) return alreadyCalling(earlier.call_sid);
  const row = { id, to_number: to, reason, placed_at: now, state: 'asked' };
  await database.insertInto('placed_calls').values(row).execute();
  return checked;
}

/** A call to this number that was asked for since then and, as far as anybody knows, is not over. */
const beingCalled = (database: Database, to: string, since: number) =>
  database
    .selectFrom('placed_calls')
    .leftJoin('calls', 'calls.sid', 'placed_calls.call_sid')
    .select('placed_calls.call_sid')
    .where('placed_calls.to_number', '=', to)
    .where('placed_calls.placed_at', '>', since)
    .where('placed_calls.state', '!=', 'refused')
    .where('calls.outcome', 'is', null)
    .executeTakeFirst();

const factsOf = ({ profile, rules, ownNumber, publicBaseUrl, linesBusy }: PlacingOptions) => ({
  timeZone: profile().timeZone,
  rules: rules(),
  ownNumber: ownNumber(),
  publicBaseUrl: publicBaseUrl(),
  linesBusy: linesBusy(),
});

async function placedSince(database: Database, since: number): Promise<number> {
  const row = await database
    .selectFrom('placed_calls')
    .select((each) => each.fn.countAll<number>().as('n'))
    .where('placed_at', '>', since)
    .where('state', '!=', 'refused')
    .executeTakeFirst();
  return row?.n ?? 0;
}

/** The call is in the list from the moment that Twilio has taken it. */
async function note(
  { database, clock, changed }: PlacingOptions,
  made: { id: string; state: string; callSid: string | undefined; to: string; from: string },
): Promise<void> {
  const { id, state, callSid, to, from } = made;
  const now = clock.now();
  await promptly(database, async (db) => {
    const known = callSid === undefined ? {} : { call_sid: callSid };
    await db
      .updateTable('placed_calls')
      .set({ state, ...known })
      .where('id', '=', id)
      .execute();
    if (callSid === undefined) return;
    const row = { sid: callSid, direction: 'outbound', from_number: from, to_number: to, test: 0 };
    await db
      .insertInto('calls')
      .values({ ...row, started_at: now, seen_at: now, status: 'queued' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  changed();
}
