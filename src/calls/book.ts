import { OVER } from '../common/call-reports';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { CallBook } from '../conversations/book';
import type { SavedConversation } from '../conversations/saved';
import type { Database } from '../storage/database';
import type { Announce } from './announcing';
import { createBatches, type Told } from './batches';
import { isForgotten } from './forgotten';
import { settleAgain, type Settle } from './outcome';
import { answeredBy, endOf, keeping, limited, opened, refused, transferred } from './write-calls';
import { paired } from './word-pairs';
import { brokeIn, guessedInVain, heard, noted, replying, said } from './write-turns';

/** The core's book, and its end. */
export interface WrittenBook extends CallBook {
  /** Writes what is left, as far as that is possible. */
  close(): Promise<void>;
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

/** Writes calls down in `database`. What fails is logged and tried again; the caller never hears of it. */
export function createBook(database: Database, options: BookOptions): WrittenBook {
  const { clock, log, changed, settle, announce, profile, ended, sayVoice } = options;
  const { add, flush, close } = createBatches(database, { log, changed });
  /** A part of a conversation; its call may be over in the book already. */
  const addPart = ({ callSid: sid, at }: { callSid: string; at: number }, work: Told['write']) =>
    add(sid, async (db) => {
      await work(db);
      await settleAgain(db, { sid, at }, settle);
    });
  return {
    close,
    opened: (call) => add(call.callSid, (db) => opened(db, call, announce)),
    refused: (call) => add(call.callSid, (db) => refused(db, call)),
    limited: (reached) => add(reached.callSid, (db) => limited(db, reached)),
    answeredBy: (found) => add(found.callSid, (db) => answeredBy(db, found, settle)),
    heard: (part) => addPart(part, (db) => heard(db, part)),
    said: (part) => addPart(part, (db) => said(db, part, sayVoice())),
    replied: (reply) => add(reply.callSid, replying(reply, clock.now())),
    guessedInVain: (guess) => add(guess.callSid, (db) => guessedInVain(db, guess)),
    paired: (pair) => add(pair.callSid, (db) => paired(db, pair)),
    noted: (told) => add(told.callSid, (db) => noted(db, told, profile())),
    brokeIn: (turn) => add(turn.callSid, (db) => brokeIn(db, turn)),
    transferred: (transfer) => add(transfer.callSid, (db) => transferred(db, transfer, announce)),
    keep: (callSid, conversation) => add(callSid, keeping(callSid, conversation, clock.now())),
    written: flush,
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

/** A call whose caller was forgotten is over for good. */
async function conversationOf(database: Database, callSid: string): Promise<SavedConversation | 'over' | undefined> {
  if (await isForgotten(database, callSid)) return 'over';
  const row = await database
    .selectFrom('calls')
    .select(['conversation', 'status'])
    .where('sid', '=', callSid)
    .executeTakeFirst();
  if (row && OVER.includes(row.status)) return 'over';
  return row?.conversation ? (JSON.parse(row.conversation) as SavedConversation) : undefined;
}
