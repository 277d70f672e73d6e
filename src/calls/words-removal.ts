import { sql, type Transaction } from 'kysely';
import type { Tables } from '../storage/tables';
import { listRemovals } from './removals';
import type { Due } from './due';

/** A message stays so long after it was done, whatever its age: somebody may have pressed the wrong button. */
const SECOND_THOUGHTS_MS = 24 * 3_600_000;

/** Empties calls of everything that was said; their times, outcome and cost stay. Gives how many there were. */
export async function removeWords(db: Transaction<Tables>, { before, now, most }: Due): Promise<number> {
  const due = await db
    .selectFrom('calls')
    .select('sid')
    .where('words_gone_at', 'is', null)
    .where('outcome', 'is not', null)
    .where('started_at', '<', before)
    .limit(most)
    .execute();
  const sids = due.map(({ sid }) => sid);
  if (sids.length === 0) return 0;
  const nothing = { words: null, confidence: null, digits: null, reply: '', heard: null, clips: '[]', unanswered: 0 };
  await db.updateTable('turns').set(nothing).where('call_sid', 'in', sids).execute();
  await db.deleteFrom('fields').where('call_sid', 'in', sids).execute();
  const understood = { summary: null, reason: null, reason_quote: null, urgency: null, urgency_quote: null };
  await db
    .updateTable('calls')
    .set({ ...understood, conversation: null, words_gone_at: now })
    .set({ understood_at: sql<number>`ifnull(understood_at, ${now})` })
    .where('sid', 'in', sids)
    .execute();
  return sids.length;
}

/** Messages that were seen to, and their recordings; new ones stay. */
export async function removeDoneMessages(db: Transaction<Tables>, { before, now, most }: Due): Promise<number> {
  const due = await db
    .selectFrom('messages')
    .leftJoin('recordings', 'recordings.sid', 'messages.recording')
    .select(['messages.id', 'messages.recording', 'recordings.removed_at', 'recordings.state as kept'])
    .where('messages.state', '=', 'done')
    .where('messages.taken_at', '<', before)
    .where('messages.done_at', '<', now - SECOND_THOUGHTS_MS)
    .limit(most)
    .execute();
  if (due.length === 0) return 0;
  const recordings = due.flatMap(({ recording, removed_at: at, kept }) =>
    recording === null || kept === null || kept === 'test' ? [] : [{ sid: recording, elsewhere: at === null }],
  );
  await listRemovals(db, recordings, now);
  const heard = due.flatMap(({ recording }) => recording ?? []);
  await db.deleteFrom('recordings').where('sid', 'in', heard).execute();
  const ids = due.map(({ id }) => id);
  await db.deleteFrom('messages').where('id', 'in', ids).execute();
  return due.length;
}

/** What was told to others, as soon as nobody tries to tell it any more. */
export async function removeDeliveries(db: Transaction<Tables>, { before, most }: Due): Promise<number> {
  const due = await db
    .selectFrom('deliveries')
    .select('id')
    .where('created_at', '<', before)
    .where('state', '!=', 'waiting')
    .limit(most)
    .execute();
  const ids = due.map(({ id }) => id);
  if (ids.length > 0) await db.deleteFrom('deliveries').where('id', 'in', ids).execute();
  return ids.length;
}

/** What we called people about. */
export async function removeReasons(db: Transaction<Tables>, { before, most }: Due): Promise<number> {
  const due = await db
    .selectFrom('placed_calls')
    .select('id')
    .where('placed_at', '<', before)
    .where('reason', '!=', '')
    .limit(most)
    .execute();
  const ids = due.map(({ id }) => id);
  if (ids.length > 0) await db.updateTable('placed_calls').set({ reason: '' }).where('id', 'in', ids).execute();
  return ids.length;
}
