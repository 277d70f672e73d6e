import type { Transaction } from 'kysely';
import type { Clock } from '../common/clock';
import { UpstreamError } from '../common/errors';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { Understand, Understood } from '../common/understanding';
import { isQuoted, isTelling } from '../conversations/evidence';
import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { Tables } from '../storage/tables';
import type { CallersTurn } from './field-values';
import { callersTurns, writeFields, writeMessageFields, writeSaidAddress } from './fields';
import { createRounds } from './rounds';
import { addUsage } from './usage';

/** How long the next request waits after a failure, in ms. */
const PAUSES_MS = [5_000, 30_000];
const AT_ONCE = 4;
const LOOK_EVERY_MS = 5_000;

interface UnderstandingOptions {
  database: Database;
  profile: () => Profile;
  /** Undefined while there is no model: the record stands without a summary. */
  understand: () => Understand | undefined;
  /** Told in the transaction in which a call's record is complete. */
  understood: (db: Transaction<Tables>, callSid: string) => Promise<void>;
  changed: () => void;
  clock: Clock;
  log: Log;
}

/** What makes sense of calls that are over. */
export interface Understanding {
  /** Takes up every call that is due. Never rejects. */
  work(): Promise<void>;
  close(): Promise<void>;
}

/** Completes the record of each call that is over, once: by a model if there is one, and tried again when it fails. */
export function createUnderstanding(options: UnderstandingOptions): Understanding {
  const { database, clock, log } = options;
  const closing = new AbortController();
  const round = async () => {
    for (let due = await callsDue(database, clock.now()); due.length > 0 && !closing.signal.aborted;) {
      await Promise.all(due.map((sid) => complete(options, sid, closing.signal)));
      due = await callsDue(database, clock.now());
    }
  };
  const failed = (error: unknown) => {
    if (!closing.signal.aborted) log.error('call_book', { step: 'not understood', data: { reason: String(error) } });
  };
  const rounds = createRounds({ everyMs: LOOK_EVERY_MS, round, failed });
  return {
    work: rounds.work,
    close() {
      closing.abort();
      return rounds.close();
    },
  };
}

const callsDue = async (database: Database, now: number): Promise<string[]> => {
  const rows = await database
    .selectFrom('calls')
    .select('sid')
    .where('outcome', 'is not', null)
    .where('understood_at', 'is', null)
    .where('understand_due_at', '<=', now)
    .where('sid', 'not in', database.selectFrom('forgotten_calls').select('sid'))
    .limit(AT_ONCE)
    .execute();
  return rows.map(({ sid }) => sid);
};

async function complete(options: UnderstandingOptions, sid: string, closing: AbortSignal): Promise<void> {
  const { database, changed } = options;
  const turns = await callersTurns(database, sid);
  const made = await ask(options, { sid, turns, closing });
  if (made === 'again' || closing.aborted) return;
  await promptly(database, (db) => keep(options, db, { sid, turns, made }));
  changed();
}

/** What the model makes of a call; undefined where there is none, nothing was said, it failed too often or a limit was reached. */
async function ask(
  options: UnderstandingOptions,
  { sid, turns, closing }: { sid: string; turns: readonly CallersTurn[]; closing: AbortSignal },
): Promise<Understood | undefined | 'again'> {
  const { database, log } = options;
  const understand = options.understand();
  if (!understand || turns.length === 0 || (await isNotWorthIt(options, sid))) return undefined;
  const { fields, businessName: business } = options.profile();
  const rows = await database.selectFrom('turns').selectAll().where('call_sid', '=', sid).orderBy('number').execute();
  const heard = rows.map(({ number, words, reply }) => ({ number, caller: words ?? undefined, reply }));
  try {
    return await understand({ callSid: sid, turns: heard, fields, business }, closing);
  } catch (error) {
    if (closing.aborted) return 'again';
    const reason = error instanceof UpstreamError ? error.reason : 'defect';
    log.warn('llm', { callSid: sid, step: 'not understood', data: { reason } });
    return (await tryLater(options, sid)) ? 'again' : undefined;
  }
}

/** What ended longer ago than this, in ms, is news to nobody and not worth a request: an import, or a long outage. */
const LONG_OVER_MS = 24 * 3_600_000;

/** Nor is a call that has reached a limit. */
async function isNotWorthIt({ database, clock }: UnderstandingOptions, sid: string): Promise<boolean> {
  const call = await database
    .selectFrom('calls')
    .select(['ended_at', 'limited'])
    .where('sid', '=', sid)
    .executeTakeFirst();
  return typeof call?.limited === 'string' || (call?.ended_at ?? 0) < clock.now() - LONG_OVER_MS;
}

/** False when it was tried often enough. */
async function tryLater({ database, clock }: UnderstandingOptions, sid: string): Promise<boolean> {
  const { understand_tries: tries } = await database
    .updateTable('calls')
    .set((row) => ({ understand_tries: row('understand_tries', '+', 1) }))
    .where('sid', '=', sid)
    .returning('understand_tries')
    .executeTakeFirstOrThrow();
  const pause = PAUSES_MS[tries - 1];
  if (pause === undefined) return false;
  await database
    .updateTable('calls')
    .set({ understand_due_at: clock.now() + pause })
    .where('sid', '=', sid)
    .execute();
  return true;
}

const tokenUsage = ({ model, prompt, completion }: Understood['tokens']) => [
  { kind: 'tokens in' as const, name: model, amount: prompt },
  { kind: 'tokens out' as const, name: model, amount: completion },
];

async function keep(
  { profile, understood, clock }: UnderstandingOptions,
  db: Transaction<Tables>,
  { sid, turns, made }: { sid: string; turns: readonly CallersTurn[]; made: Understood | undefined },
): Promise<void> {
  const { fields, country } = profile();
  const said = (quoted: Understood['reason']) =>
    quoted && isTelling(quoted.quote) && turns.some(({ words }) => isQuoted(quoted.quote, words)) ? quoted : undefined;
  const [reason, urgency] = [said(made?.reason), said(made?.urgency)];
  if (made) await addUsage(db, sid, tokenUsage(made.tokens));
  if (made) await writeFields(db, sid, { told: made.fields, fields, turns, country, source: 'summary' });
  await writeSaidAddress(db, sid, { fields, turns, country });
  await writeMessageFields(db, sid, { fields, turns, country });
  await db
    .updateTable('calls')
    .set((row) => ({
      summary: made?.summary ?? null,
      reason: reason?.value ?? null,
      reason_quote: reason?.quote ?? null,
      urgency: urgency?.value ?? null,
      urgency_quote: urgency?.quote ?? null,
      understood_at: clock.now(),
      prompt_tokens: row('prompt_tokens', '+', made?.tokens.prompt ?? 0),
      completion_tokens: row('completion_tokens', '+', made?.tokens.completion ?? 0),
    }))
    .where('sid', '=', sid)
    .execute();
  await understood(db, sid);
}
