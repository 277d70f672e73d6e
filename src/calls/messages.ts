import { sql, type Insertable, type Selectable, type Transaction } from 'kysely';
import type { CallField, KeptMessage, KeptVoicemail, MessageFilter } from '../common/call-record';
import type { Profile } from '../common/profile';
import type { MessageAnswer, SaveMessage, TakenMessage } from '../conversations/ports';
import type { Database } from '../storage/database';
import type { Tables } from '../storage/tables';
import { callersTurns, fieldsOf, writeMessageFields } from './fields';
import { messageData, type About, type Announce } from './announcing';
import type { Settle } from './outcome';

/** What happens with a message besides. */
interface SavingParts {
  settle: Settle;
  announce: Announce;
  about: () => About;
  profile: () => Profile;
}

/** Writes a message down; a repeated id replaces the earlier one, and is new again if it was done. */
export function createSaveMessage(database: Database, { settle, announce, about, profile }: SavingParts): SaveMessage {
  return (message) =>
    database.transaction().execute(async (db) => {
      const row = rowOf(message);
      if (message.voicemail && (await isKnown(db, message.id))) return;
      await db
        .insertInto('messages')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...row, state: 'new', done_at: null }))
        .execute();
      const call = await db
        .selectFrom('calls')
        .select(['outcome', 'understood_at'])
        .where('sid', '=', message.callSid)
        .executeTakeFirst();
      if (call?.outcome) await settle(db, message.callSid, row.taken_at);
      if (call?.understood_at)
        await writeMessageFields(db, message.callSid, await judging(db, message.callSid, profile()));
      if (message.voicemail) await awaitRecording(db, message, row.taken_at);
      if (message.test) return;
      const [kept] = await withFields(db, [
        await db.selectFrom('messages').selectAll().where('id', '=', message.id).executeTakeFirstOrThrow(),
      ]);
      if (!kept) return;
      const data = messageData(kept, about());
      await announce(db, { type: 'message.taken', at: row.taken_at, data, about: message.id });
    });
}

/** Twilio tells of a recording in two ways, and reconciling in a third. */
const isKnown = async (db: Transaction<Tables>, id: string) =>
  (await db.selectFrom('messages').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/** Has the recording of a voicemail fetched. That of a test call is nowhere. */
async function awaitRecording(
  db: Transaction<Tables>,
  { callSid, voicemail, test }: TakenMessage,
  madeAt: number,
): Promise<void> {
  if (!voicemail) return;
  const { sid, seconds } = voicemail;
  const row = { sid, seconds, call_sid: callSid, made_at: madeAt, due_at: madeAt, state: test ? 'test' : 'waiting' };
  await db
    .insertInto('recordings')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const judging = async (db: Transaction<Tables>, callSid: string, { fields, country }: Profile) => ({
  ...{ fields, country },
  turns: await callersTurns(db, callSid),
});

/** A message as a row. */
export function rowOf(message: TakenMessage): Insertable<Tables['messages']> {
  const { id, callSid, from, name, number, reason, answers = [], partial, test, takenAt } = message;
  return {
    id,
    call_sid: callSid,
    from_number: from ?? null,
    name: name ?? null,
    number: number ?? null,
    reason: reason ?? null,
    answers: JSON.stringify(answers),
    partial: Number(partial),
    recording: message.voicemail?.sid ?? null,
    test: Number(test ?? false),
    taken_at: Date.parse(takenAt),
  };
}

/** Messages, the newest first. */
export async function listMessages(database: Database, filter: MessageFilter): Promise<KeptMessage[]> {
  const { state, before, limit } = filter;
  let query = database.selectFrom('messages').selectAll();
  if (state !== undefined) query = query.where('state', '=', state);
  if (before) query = query.where(sql<boolean>`(taken_at, id) < (${before.takenAt}, ${before.id})`);
  const rows = await query.orderBy('taken_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return withFields(database, rows);
}

/** The messages of one call, in the order in which they were taken. */
export async function messagesOf(database: Database, callSid: string): Promise<KeptMessage[]> {
  const rows = await database
    .selectFrom('messages')
    .selectAll()
    .where('call_sid', '=', callSid)
    .orderBy('taken_at')
    .execute();
  return withFields(database, rows);
}

/** How many messages nobody has seen to. */
export async function countNew(database: Database): Promise<number> {
  const row = await database
    .selectFrom('messages')
    .select((query) => query.fn.countAll<number>().as('n'))
    .where('state', '=', 'new')
    .executeTakeFirst();
  return row?.n ?? 0;
}

/** Marks a message; undefined when there is none of this id. */
export async function markMessage(
  database: Database,
  id: string,
  { state, at }: { state: 'new' | 'done'; at: number },
): Promise<KeptMessage | undefined> {
  const row = await database
    .updateTable('messages')
    .set({ state, done_at: state === 'done' ? at : null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row && (await withFields(database, [row]))[0];
}

async function withFields(
  database: Database | Transaction<Tables>,
  rows: readonly Selectable<Tables['messages']>[],
): Promise<KeptMessage[]> {
  const fields = await fieldsOf(database, [...new Set(rows.map(({ call_sid: sid }) => sid))]);
  const sids = rows.flatMap(({ recording }) => recording ?? []);
  const recordings = await database.selectFrom('recordings').selectAll().where('sid', 'in', sids).execute();
  return rows.map((row) => ({
    ...messageOf(row),
    fields: (fields.get(row.call_sid) ?? []).filter((field) => !isOfAnother(field, row)),
    voicemail: recordings.filter(({ sid }) => sid === row.recording).map(voicemailOf)[0],
  }));
}

/** Whether a field of the call was told in another message of it. */
const isOfAnother = ({ source, value }: CallField, { name, number, reason }: Selectable<Tables['messages']>) =>
  (source === 'message' || source === 'caller id') && ![name, number, reason].includes(value);

const voicemailOf = ({ sid, seconds, state }: Selectable<Tables['recordings']>): KeptVoicemail => ({
  sid,
  seconds,
  here: state === 'kept' || state === 'fetched',
  givenUp: state === 'failed',
  gone: state === 'gone',
});

function messageOf(row: Selectable<Tables['messages']>): Omit<KeptMessage, 'fields' | 'voicemail'> {
  return {
    id: row.id,
    callSid: row.call_sid,
    from: row.from_number ?? undefined,
    name: row.name ?? undefined,
    number: row.number ?? undefined,
    reason: row.reason ?? undefined,
    answers: JSON.parse(row.answers) as MessageAnswer[],
    partial: row.partial === 1,
    test: row.test === 1,
    takenAt: row.taken_at,
    state: row.state === 'done' ? 'done' : 'new',
    doneAt: row.done_at ?? undefined,
  };
}
