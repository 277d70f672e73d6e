import { sql, type Transaction } from 'kysely';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { CallBook, CallersPart, EndedTransfer, MadeReply, OpenedCall, OurPart } from '../conversations/book';
import type { Note } from '../conversations/ports';
import type { SavedConversation } from '../conversations/saved';
import type { Database } from '../storage/database';
import type { Tables } from '../storage/tables';
import type { Announce } from './announcing';
import { createBatches } from './batches';
import { callersTurns, writeFields } from './fields';
import type { Settle } from './outcome';

/** The core's book, and the way to wait for it. */
export interface WrittenBook extends CallBook {
  /** Resolves when everything told so far is written, or could not be written now. */
  flush(): Promise<void>;
  /** Writes what is left, as far as that is possible. */
  close(): Promise<void>;
}

/** `changed` is told after every write. */
interface BookOptions {
  clock: Clock;
  log: Log;
  changed: () => void;
  settle: Settle;
  announce: Announce;
  /** The profile in use, for the fields the owner wants to know. */
  profile: () => Profile;
  /** Told when a call is over. */
  ended: () => void;
}

/** Writes calls down in `database`. What fails is logged and tried again; the caller never hears of it. */
export function createBook(
  database: Database,
  { clock, log, changed, settle, announce, profile, ended }: BookOptions,
): WrittenBook {
  const { add, flush, close } = createBatches(database, { log, changed });
  return {
    flush,
    close,
    opened: (call) => add(call.callSid, (db) => opened(db, call, announce)),
    cameBack: (call) => add(call.callSid, (db) => cameBack(db, call)),
    heard: (part) => add(part.callSid, (db) => heard(db, part)),
    said: (part) => add(part.callSid, (db) => said(db, part)),
    replied: (reply) => add(reply.callSid, replying(reply, clock.now())),
    noted: (told) => add(told.callSid, (db) => noted(db, told, profile())),
    brokeIn: (turn) => add(turn.callSid, (db) => brokeIn(db, turn)),
    transferred: (transfer) => add(transfer.callSid, (db) => transferred(db, transfer, announce)),
    keep(callSid, conversation) {
      add(callSid, keeping(callSid, conversation, clock.now()));
      return flush();
    },
    async reopen(callSid) {
      await flush();
      try {
        return await conversationOf(database, callSid);
      } catch (error) {
        log.error('call_book', { callSid, step: 'not reopened', data: { reason: String(error) } });
        return undefined;
      }
    },
    ended(callSid) {
      const now = clock.now();
      add(callSid, async (db) => settle(db, callSid, await endOf(db, callSid, now)));
      void flush().then(ended);
    },
  };
}

async function conversationOf(database: Database, callSid: string): Promise<SavedConversation | undefined> {
  const row = await database.selectFrom('calls').select('conversation').where('sid', '=', callSid).executeTakeFirst();
  return row?.conversation ? (JSON.parse(row.conversation) as SavedConversation) : undefined;
}

/** While two people talk no webhook comes, for so many ms at most (twilio.com/docs/voice/twiml/dial). */
const LONGEST_BRIDGE_MS = 4 * 60 * 60_000;

/** The conversation as it stands now, whatever becomes of it until it is written. */
function keeping(sid: string, conversation: SavedConversation, now: number) {
  const { from = null, to = null, test, kept } = conversation;
  const bridged = kept.transfer?.accepted === true && !kept.transfer.over;
  const row = {
    test: Number(test),
    conversation: JSON.stringify(conversation),
    seen_at: now,
    bridged_until: bridged ? now + LONGEST_BRIDGE_MS : null,
    ...(bridged ? { transfer: 'accepted', transferred_at: now } : {}),
  };
  return (db: Transaction<Tables>) =>
    db
      .insertInto('calls')
      .values({ ...goingOn(sid, now), from_number: from, to_number: to, ...row })
      .onConflict((conflict) =>
        conflict.column('sid').doUpdateSet({
          ...row,
          from_number: sql<string>`coalesce(calls.from_number, excluded.from_number)`,
          to_number: sql<string>`coalesce(calls.to_number, excluded.to_number)`,
        }),
      )
      .execute();
}

/** A call of which nothing is known but that it goes on. */
const goingOn = (sid: string, at: number) => ({
  ...{ sid, direction: 'inbound', test: 0, status: 'in-progress' },
  ...{ started_at: at, answered_at: at, seen_at: at },
});

/** Makes the row of a call whose beginning could not be written. */
const findOrMake = (db: Transaction<Tables>, sid: string, at: number) =>
  db
    .insertInto('calls')
    .values(goingOn(sid, at))
    .onConflict((conflict) => conflict.doNothing())
    .execute();

/** When a call without a reported end is taken to have ended: two people were last known to talk when they began. */
async function endOf(db: Transaction<Tables>, sid: string, now: number): Promise<number> {
  const call = await db
    .selectFrom('calls')
    .select(['seen_at', 'bridged_until'])
    .where('sid', '=', sid)
    .executeTakeFirst();
  return call?.bridged_until ? call.seen_at : now;
}

/** A call that a status callback brought into the book before keeps its earlier start. */
async function opened(db: Transaction<Tables>, call: OpenedCall, announce: Announce): Promise<void> {
  const { callSid: sid, from = null, to = null, test, at } = call;
  const row = { sid, from_number: from, to_number: to, test: Number(test), answered_at: at, seen_at: at };
  const started = sql<number>`min(calls.started_at, ${at})`;
  await db
    .insertInto('calls')
    .values({ ...row, started_at: at, direction: 'inbound', status: 'in-progress' })
    .onConflict((conflict) => conflict.column('sid').doUpdateSet({ ...row, started_at: started }))
    .execute();
  if (!test) await announce(db, { type: 'call.started', at, data: { call_sid: sid, from, to } });
}

/** It counts as failed, and `understood_at` has it told to nobody: there is no caller. */
async function cameBack(db: Transaction<Tables>, call: OpenedCall): Promise<void> {
  const { callSid: sid, from = null, to = null, test, at } = call;
  const row = {
    test: Number(test),
    status: 'busy',
    outcome: 'failed',
    refused: 'loop',
    understood_at: at,
    ended_at: at,
  };
  await db
    .insertInto('calls')
    .values({ ...row, sid, direction: 'inbound', from_number: from, to_number: to, started_at: at, seen_at: at })
    .onConflict((conflict) => conflict.column('sid').doUpdateSet(row))
    .execute();
}

async function transferred(db: Transaction<Tables>, transfer: EndedTransfer, announce: Announce): Promise<void> {
  const { callSid, at, accepted, status } = transfer;
  const call = await db
    .updateTable('calls')
    .set({ transfer: accepted ? 'accepted' : status, transferred_at: at })
    .where('sid', '=', callSid)
    .returning(['test', 'from_number'])
    .executeTakeFirst();
  if (accepted || !call || call.test === 1) return;
  await announce(db, { type: 'transfer.failed', at, data: { call_sid: callSid, from: call.from_number, status } });
}

async function heard(db: Transaction<Tables>, part: CallersPart): Promise<void> {
  const { callSid, turn, at, words = null, confidence = null, digits = null } = part;
  await findOrMake(db, callSid, at);
  await db
    .insertInto('turns')
    .values({ call_sid: callSid, number: turn, at, words, confidence, digits })
    .onConflict((conflict) => conflict.columns(['call_sid', 'number']).doUpdateSet({ words, confidence, digits }))
    .execute();
}

/** Only with the caller's own words, as they stand in the book. */
async function noted(
  db: Transaction<Tables>,
  { callSid, notes }: { callSid: string; notes: readonly Note[] },
  { fields, country }: Profile,
): Promise<void> {
  const told = notes.map(({ field: name, value, quote }) => ({ name, value, quote }));
  await writeFields(db, callSid, { told, fields, country, turns: await callersTurns(db, callSid), source: 'note' });
}

const brokeIn = (db: Transaction<Tables>, { callSid, turn, heard }: { callSid: string; turn: number; heard: string }) =>
  db
    .updateTable('turns')
    .set({ heard })
    .where('call_sid', '=', callSid)
    .where('number', '=', turn)
    .where('reply', '!=', '')
    .execute();

/** Parts of a reply are joined as they come. */
async function said(db: Transaction<Tables>, { callSid, turn, at, utterances }: OurPart): Promise<void> {
  const text = utterances.map((utterance) => utterance.text).join(' ');
  const clips = utterances.map(({ text: words, clip }) => ({ text: words, ...(clip ? { clip: clip.name } : {}) }));
  await findOrMake(db, callSid, at);
  await db
    .insertInto('turns')
    .values({ call_sid: callSid, number: turn, at, reply: text, clips: JSON.stringify(clips) })
    .onConflict((conflict) =>
      conflict.columns(['call_sid', 'number']).doUpdateSet({
        reply: sql<string>`trim(turns.reply || ' ' || excluded.reply)`,
        clips: sql<string>`(SELECT json_group_array(json(value)) FROM
          (SELECT value FROM json_each(turns.clips) UNION ALL SELECT value FROM json_each(excluded.clips)))`,
      }),
    )
    .execute();
  const characters = utterances.reduce((sum, utterance) => sum + (utterance.clip ? utterance.text.length : 0), 0);
  await db
    .updateTable('calls')
    .set((row) => ({ spoken_characters: row('spoken_characters', '+', characters) }))
    .where('sid', '=', callSid)
    .execute();
}

const replying = (reply: MadeReply, at: number) => async (db: Transaction<Tables>) => {
  const { callSid, turn, rung, voice, firstWordsMs, firstAudioMs, wholeReplyMs, split, unanswered, tokens } = reply;
  const row = {
    ...{ rung, voice, split: Number(split), unanswered: Number(unanswered) },
    ...{ first_words_ms: firstWordsMs, first_audio_ms: firstAudioMs, whole_reply_ms: wholeReplyMs },
  };
  await findOrMake(db, callSid, at);
  await db
    .insertInto('turns')
    .values({ call_sid: callSid, number: turn, at, ...row })
    .onConflict((conflict) => conflict.columns(['call_sid', 'number']).doUpdateSet(row))
    .execute();
  const { prompt = 0, completion = 0 } = tokens ?? {};
  await db
    .updateTable('calls')
    .set((each) => ({
      prompt_tokens: each('prompt_tokens', '+', prompt),
      completion_tokens: each('completion_tokens', '+', completion),
    }))
    .where('sid', '=', callSid)
    .execute();
};
