import type { Transaction } from 'kysely';
import { maskPhone, maskPhones } from '../common/mask';
import type { Tables } from '../storage/tables';
import type { Due } from './due';

const whole = (number: string | null) => (number === null ? null : maskPhone(number));
const within = (text: string | null) => (text === null ? null : maskPhones(text));

/** Masks the other one's number of calls that are over, and every number in their words. Gives how many there were. */
export async function maskCalls(db: Transaction<Tables>, { before, now, most }: Due): Promise<number> {
  const due = await db
    .selectFrom('calls')
    .selectAll()
    .where('numbers_gone_at', 'is', null)
    .where('outcome', 'is not', null)
    .where('started_at', '<', before)
    .limit(most)
    .execute();
  for (const call of due) {
    const { direction, from_number: from, to_number: to } = call;
    const other = direction === 'outbound' ? { to_number: whole(to) } : { from_number: whole(from) };
    const words = {
      summary: within(call.summary),
      reason: within(call.reason),
      reason_quote: within(call.reason_quote),
      urgency_quote: within(call.urgency_quote),
    };
    await db
      .updateTable('calls')
      .set({ ...other, ...words, conversation: null, numbers_gone_at: now })
      .where('sid', '=', call.sid)
      .execute();
    await maskTurns(db, call.sid);
    await maskFields(db, call.sid);
  }
  return due.length;
}

async function maskTurns(db: Transaction<Tables>, sid: string): Promise<void> {
  for (const turn of await db.selectFrom('turns').selectAll().where('call_sid', '=', sid).execute()) {
    const { words, reply, heard, digits, clips } = turn;
    const masked = {
      words: within(words),
      reply: maskPhones(reply),
      heard: within(heard),
      digits: whole(digits),
      clips: maskPhones(clips),
    };
    const same = masked.words === words && masked.reply === reply && masked.heard === heard && masked.clips === clips;
    if (same && masked.digits === digits) continue;
    await db.updateTable('turns').set(masked).where('id', '=', turn.id).execute();
  }
}

async function maskFields(db: Transaction<Tables>, sid: string): Promise<void> {
  for (const { name, value, quote } of await db.selectFrom('fields').selectAll().where('call_sid', '=', sid).execute())
    await db
      .updateTable('fields')
      .set({ value: maskPhones(value), quote: within(quote) })
      .where('call_sid', '=', sid)
      .where('name', '=', name)
      .execute();
}

/** Masks the numbers of messages that were seen to; new ones stay, since somebody is still to call back. */
export async function maskMessages(db: Transaction<Tables>, { before, now, most }: Due): Promise<number> {
  const due = await db
    .selectFrom('messages')
    .selectAll()
    .where('numbers_gone_at', 'is', null)
    .where('state', '=', 'done')
    .where('taken_at', '<', before)
    .limit(most)
    .execute();
  for (const { id, from_number: from, number, reason, answers } of due)
    await db
      .updateTable('messages')
      .set({ from_number: whole(from), number: whole(number), reason: within(reason), answers: maskPhones(answers) })
      .set({ numbers_gone_at: now })
      .where('id', '=', id)
      .execute();
  return due.length;
}

/** Masks whom we called. */
export async function maskPlaced(db: Transaction<Tables>, { before, most }: Due): Promise<number> {
  const due = await db
    .selectFrom('placed_calls')
    .select(['id', 'to_number', 'reason'])
    .where('placed_at', '<', before)
    .where('to_number', 'like', '+%')
    .limit(most)
    .execute();
  for (const { id, to_number: to, reason } of due)
    await db
      .updateTable('placed_calls')
      .set({ to_number: maskPhone(to), reason: maskPhones(reason) })
      .where('id', '=', id)
      .execute();
  return due.length;
}
