import type { Kysely, Transaction } from 'kysely';
import type { CallField } from '../common/call-record';
import { messageFields } from '../common/message-fields';
import type { ProfileField } from '../common/profile';
import { emailIn } from '../conversations/message/email';
import { yesOrNo } from '../conversations/message/yes-no';
import { provenValue } from '../conversations/proven-value';
import type { Tables } from '../storage/tables';
import { evidenceOf, turnOf, type CallersTurn } from './field-values';

type Reader = Kysely<Tables> | Transaction<Tables>;

/** Something told, and by whom we know of it. */
interface Told {
  name: string;
  value: string;
  quote: string;
}

/** What is needed to judge what was told. */
interface Judging {
  fields: readonly ProfileField[];
  turns: readonly CallersTurn[];
  country: string;
  source: 'note' | 'summary' | 'said';
}

/** What the caller said in a call, turn by turn. */
export async function callersTurns(db: Reader, callSid: string): Promise<CallersTurn[]> {
  const rows = await db
    .selectFrom('turns')
    .select(['number', 'words'])
    .where('call_sid', '=', callSid)
    .where('words', 'is not', null)
    .orderBy('number')
    .execute();
  return rows.map(({ number, words }) => ({ number, words: words ?? '' }));
}

/** Writes down what was told, with its evidence. What nobody said is dropped; only a note replaces what is known. */
export async function writeFields(
  db: Transaction<Tables>,
  callSid: string,
  { told, ...judging }: Judging & { told: readonly Told[] },
): Promise<void> {
  for (const each of told) {
    const row = proven(each, judging);
    if (!row) continue;
    await db
      .insertInto('fields')
      .values({ call_sid: callSid, source: judging.source, ...row })
      .onConflict((conflict) =>
        judging.source === 'note' ? conflict.columns(['call_sid', 'name']).doUpdateSet(row) : conflict.doNothing(),
      )
      .execute();
  }
}

function proven(each: Told, { fields, turns, country }: Judging) {
  const field = fields.find(({ name }) => name === each.name);
  const turn = turnOf(each.quote, turns);
  const value = field && turn !== undefined ? provenValue(field, each, country) : undefined;
  return value === undefined ? undefined : { name: each.name, value, quote: each.quote, turn: turn ?? null };
}

/** The latest e-mail address that was said, and not called wrong at once, where nothing better is known. */
export async function writeSaidAddress(
  db: Transaction<Tables>,
  callSid: string,
  { fields, turns, country }: Omit<Judging, 'source'>,
): Promise<void> {
  const isRefused = (at: number) => yesOrNo({ speech: turns[at + 1]?.words }) === 'no';
  const said = turns.findLast(({ words }, at) => emailIn(words) !== undefined && !isRefused(at));
  const field = fields.find(({ kind }) => kind === 'email');
  if (!said || !field) return;
  const told = [{ name: field.name, value: said.words, quote: said.words }];
  await writeFields(db, callSid, { told, fields, turns, country, source: 'said' });
}

/** What a message holds stands above everything else: its caller has agreed to it. */
export async function writeMessageFields(
  db: Transaction<Tables>,
  callSid: string,
  { fields, turns, country }: Omit<Judging, 'source'>,
): Promise<void> {
  const messages = await db
    .selectFrom('messages')
    .selectAll()
    .where('call_sid', '=', callSid)
    .orderBy('taken_at')
    .execute();
  const belonging = messageFields(fields);
  for (const { name, number, reason, from_number: from } of messages) {
    const values = [
      { field: belonging.name, value: name },
      { field: belonging.number, value: number },
      { field: belonging.reason, value: reason },
    ];
    for (const { field, value } of values) {
      if (!field || value === null) continue;
      const evidence = evidenceOf(field, value, { turns, country });
      const source = !evidence && field === belonging.number && value === from ? 'caller id' : 'message';
      const row = { value, source, quote: evidence?.quote ?? null, turn: evidence?.turn ?? null };
      await db
        .insertInto('fields')
        .values({ call_sid: callSid, name: field.name, ...row })
        .onConflict((conflict) => conflict.columns(['call_sid', 'name']).doUpdateSet(row))
        .execute();
    }
  }
}

/** What is known of some calls, by call. */
export async function fieldsOf(db: Reader, callSids: readonly string[]): Promise<Map<string, CallField[]>> {
  const rows = await db
    .selectFrom('fields')
    .selectAll()
    .where('call_sid', 'in', [...callSids])
    .execute();
  const known = new Map<string, CallField[]>(callSids.map((sid) => [sid, []]));
  for (const { call_sid: sid, name, value, quote, turn, source } of rows)
    known.get(sid)?.push({ name, value, quote: quote ?? undefined, turn: turn ?? undefined, source });
  return known;
}
