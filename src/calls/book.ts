import { sql, type Transaction } from 'kysely';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { CallBook, CallersPart, EndedTransfer, MadeReply, OpenedCall, OurPart } from '../conversations/book';
import type { Note } from '../conversations/ports';
import type { SavedConversation } from '../conversations/saved';
import type { Database } from '../storage/database';
import { promptly } from '../storage/promptly';
import type { Tables } from '../storage/tables';
import type { Announce } from './announcing';
import { callersTurns, writeFields } from './fields';
import { OVER, type Settle } from './outcome';
import { addUsage, charactersOf } from './usage';

type Write = (transaction: Transaction<Tables>) => Promise<unknown>;

/** What was told of a call is written at the next answer, or after so many ms. */
const AT_LATEST_MS = 50;

/** The core's book, and the way to wait for it. */
export interface WrittenBook extends CallBook {
  /** Resolves when everything told so far is written. */
  flush(): Promise<void>;
}

/** `changed` is told after every write; `sayVoice` names the telephone's own voice. */
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
  sayVoice: () => string;
}

/** Writes calls down in `database`. What fails is logged; the caller never hears of it. */
export function createBook(database: Database, options: BookOptions): WrittenBook {
  const { clock, log, changed, settle, announce, profile, ended, sayVoice } = options;
  const { add, flush } = createBatches(database, { log, changed });
  return {
    flush,
    opened: (call) => add((db) => opened(db, call, announce)),
    heard: (part) => add((db) => heard(db, part)),
    said: (part) => add((db) => said(db, part, sayVoice())),
    replied: (reply) => add((db) => replied(db, reply)),
    noted: (told) => add((db) => noted(db, told, profile())),
    brokeIn: (turn) => add((db) => brokeIn(db, turn)),
    transferred: (transfer) => add((db) => transferred(db, transfer, announce)),
    keep(callSid, conversation) {
      add((db) =>
        db
          .updateTable('calls')
          .set({ conversation: JSON.stringify(conversation), seen_at: clock.now() + bridgedFor(conversation) })
          .where('sid', '=', callSid)
          .execute(),
      );
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
      add((db) => settle(db, callSid, clock.now()));
      void flush().then(ended);
    },
  };
}

async function conversationOf(database: Database, callSid: string): Promise<SavedConversation | 'over' | undefined> {
  const row = await database
    .selectFrom('calls')
    .select(['conversation', 'status'])
    .where('sid', '=', callSid)
    .executeTakeFirst();
  if (row && OVER.includes(row.status)) return 'over';
  return row?.conversation ? (JSON.parse(row.conversation) as SavedConversation) : undefined;
}

/** While two people talk no webhook comes, for four hours at most (twilio.com/docs/voice/twiml/dial). */
const bridgedFor = ({ kept: { transfer } }: SavedConversation) =>
  transfer?.accepted === true && !transfer.over ? 4 * 60 * 60_000 : 0;

/** Gathers writes and makes them in their order, many at a time. */
function createBatches(database: Database, { log, changed }: Pick<BookOptions, 'log' | 'changed'>) {
  let waiting: Write[] = [];
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const write = async (writes: readonly Write[]) => {
    try {
      await promptly(database, async (db) => {
        for (const each of writes) await each(db);
      });
      changed();
    } catch (error) {
      log.error('call_book', { step: 'not written', data: { reason: String(error), writes: writes.length } });
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const writes = waiting;
    waiting = [];
    if (writes.length > 0) last = last.then(() => write(writes));
    return last;
  };
  return {
    flush,
    add(each: Write) {
      waiting.push(each);
      timer ??= setTimeout(() => void flush(), AT_LATEST_MS).unref();
    },
  };
}

/**
 * A call that a status callback brought into the book before keeps its earlier start. One that was opened before a
 * restart, and of which no conversation was kept, is opened again; others are told of it once.
 */
async function opened(db: Transaction<Tables>, call: OpenedCall, announce: Announce): Promise<void> {
  const { callSid: sid, test, at, calling } = call;
  const [from = null, to = null] = calling === undefined ? [call.from, call.to] : [call.to, call.from];
  const row = { sid, from_number: from, to_number: to, test: Number(test), answered_at: at, seen_at: at };
  const started = sql<number>`min(calls.started_at, ${at})`;
  const known = await db.selectFrom('calls').select('answered_at').where('sid', '=', sid).executeTakeFirst();
  await db
    .insertInto('calls')
    .values({
      ...row,
      started_at: at,
      direction: calling === undefined ? 'inbound' : 'outbound',
      status: 'in-progress',
    })
    .onConflict((conflict) => conflict.column('sid').doUpdateSet({ ...row, started_at: started }))
    .execute();
  if (test || typeof known?.answered_at === 'number') return;
  await announce(db, { type: 'call.started', at, data: { call_sid: sid, from, to } });
}

async function transferred(db: Transaction<Tables>, transfer: EndedTransfer, announce: Announce): Promise<void> {
  const { callSid, at, accepted, status, seconds = null } = transfer;
  await db.updateTable('calls').set({ transfer_s: seconds }).where('sid', '=', callSid).execute();
  const call = await db
    .updateTable('calls')
    .set({ transfer: accepted ? 'accepted' : status, transferred_at: at })
    .where('sid', '=', callSid)
    .where((row) => row.or([row('transfer', 'is', null), row('transfer', '!=', 'accepted')]))
    .returning(['test', 'from_number'])
    .executeTakeFirst();
  if (accepted || !call || call.test === 1) return;
  await announce(db, { type: 'transfer.failed', at, data: { call_sid: callSid, from: call.from_number, status } });
}

async function heard(db: Transaction<Tables>, part: CallersPart): Promise<void> {
  const { callSid, turn, at, words = null, confidence = null, digits = null } = part;
  await db
    .insertInto('turns')
    .values({ call_sid: callSid, number: turn, at, words, confidence, digits })
    .onConflict((conflict) => conflict.columns(['call_sid', 'number']).doUpdateSet({ words, confidence, digits }))
    .execute();
  if (words !== null) await addUsage(db, callSid, [{ kind: 'heard', name: 'speech', amount: 1 }]);
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
async function said(db: Transaction<Tables>, part: OurPart, sayVoice: string): Promise<void> {
  const { callSid, turn, at, utterances } = part;
  const text = utterances.map((utterance) => utterance.text).join(' ');
  const clips = utterances.map(({ text: words, clip }) => ({ text: words, ...(clip ? { clip: clip.name } : {}) }));
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
  await addUsage(db, callSid, charactersOf(part, sayVoice));
}

async function replied(db: Transaction<Tables>, reply: MadeReply): Promise<void> {
  await db
    .updateTable('turns')
    .set({
      rung: reply.rung,
      voice: reply.voice,
      first_words_ms: reply.firstWordsMs,
      first_audio_ms: reply.firstAudioMs,
      whole_reply_ms: reply.wholeReplyMs,
      split: Number(reply.split),
      unanswered: Number(reply.unanswered),
      test: sql<number>`(SELECT test FROM calls WHERE sid = ${reply.callSid})`,
    })
    .where('call_sid', '=', reply.callSid)
    .where('number', '=', reply.turn)
    .execute();
  const { prompt = 0, completion = 0 } = reply.tokens ?? {};
  await db
    .updateTable('calls')
    .set((row) => ({
      prompt_tokens: row('prompt_tokens', '+', prompt),
      completion_tokens: row('completion_tokens', '+', completion),
    }))
    .where('sid', '=', reply.callSid)
    .execute();
  await addUsage(db, reply.callSid, [
    { kind: 'tokens in', name: reply.rung, amount: prompt },
    { kind: 'tokens out', name: reply.rung, amount: completion },
  ]);
}
