import { sql, type Transaction } from 'kysely';
import type { Usage, UsageKind } from '../common/usage';
import type { OurPart } from '../conversations/book';
import type { Database } from '../storage/database';
import type { Tables } from '../storage/tables';

/** The voice every account of Twilio has, used once something went wrong. */
const PLAIN_VOICE = 'woman';

/** Adds to what a call has used; nothing is written for nothing. */
export async function addUsage(db: Transaction<Tables>, callSid: string, used: readonly Usage[]): Promise<void> {
  for (const { kind, name, amount } of used) {
    if (!(amount > 0)) continue;
    await sql`
      INSERT INTO call_usage (call_sid, kind, name, amount) VALUES (${callSid}, ${kind}, ${name}, ${amount})
      ON CONFLICT (call_sid, kind, name) DO UPDATE SET amount = call_usage.amount + excluded.amount`.execute(db);
  }
}

/**
 * The characters of something said, by voice. A greeting's clip was made before the call and is not paid for again;
 * other phrases that were there already are counted all the same.
 */
export function charactersOf({ turn, utterances, voice = 'unknown' }: OurPart, sayVoice: string): Usage[] {
  const count = (some: OurPart['utterances']) => some.reduce((sum, { text }) => sum + text.length, 0);
  const played = utterances.filter(({ clip }) => clip);
  const spoken = utterances.filter(({ clip }) => !clip);
  return [
    { kind: 'voice', name: voice, amount: turn === 0 ? 0 : count(played) },
    { kind: 'say', name: sayVoice, amount: count(spoken.filter(({ plain }) => !plain)) },
    { kind: 'say', name: PLAIN_VOICE, amount: count(spoken.filter(({ plain }) => plain)) },
  ];
}

/** What one call has used. */
export async function usageOf(database: Database, callSid: string): Promise<Usage[]> {
  const rows = await database
    .selectFrom('call_usage')
    .select(['kind', 'name', 'amount'])
    .where('call_sid', '=', callSid)
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as UsageKind }));
}

/** Every thing that any call has used, so that it can be given a price. */
export async function everUsed(database: Database): Promise<Pick<Usage, 'kind' | 'name'>[]> {
  const rows = await database.selectFrom('call_usage').select(['kind', 'name']).distinct().execute();
  return rows.map(({ kind, name }) => ({ kind: kind as UsageKind, name }));
}
