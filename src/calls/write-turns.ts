import { sql, type Transaction } from 'kysely';
import type { Profile } from '../common/profile';
import type { CallersPart, GuessInVain, MadeReply, OurPart } from '../conversations/book';
import type { Note } from '../conversations/ports';
import type { Tables } from '../storage/tables';
import { callersTurns, writeFields } from './fields';
import { addUsage, charactersOf } from './usage';
import { findOrMake, inCall } from './write-calls';

/** The caller's part. What every turn writes is in SQL: Kysely takes longer to put a statement together than SQLite to run it. */
export async function heard(db: Transaction<Tables>, part: CallersPart): Promise<void> {
  const { callSid, turn, at, words = null, confidence = null, digits = null } = part;
  const written = sql`
    INSERT INTO turns (call_sid, number, at, words, confidence, digits)
    VALUES (${callSid}, ${turn}, ${at}, ${words}, ${confidence}, ${digits})
    ON CONFLICT (call_sid, number) DO UPDATE SET
      words = excluded.words, confidence = excluded.confidence, digits = excluded.digits`;
  await inCall(db, part, written);
  if (words !== null) await addUsage(db, callSid, [{ kind: 'heard', name: 'speech', amount: 1 }]);
}

/** Only with the caller's own words, as they stand in the book. */
export async function noted(
  db: Transaction<Tables>,
  { callSid, notes }: { callSid: string; notes: readonly Note[] },
  { fields, country }: Profile,
): Promise<void> {
  const told = notes.map(({ field: name, value, quote }) => ({ name, value, quote }));
  await writeFields(db, callSid, { told, fields, country, turns: await callersTurns(db, callSid), source: 'note' });
}

export const brokeIn = (
  db: Transaction<Tables>,
  { callSid, turn, heard }: { callSid: string; turn: number; heard: string },
) =>
  db
    .updateTable('turns')
    .set({ heard })
    .where('call_sid', '=', callSid)
    .where('number', '=', turn)
    .where('reply', '!=', '')
    .execute();

/** Parts of a reply are joined as they come. */
export async function said(db: Transaction<Tables>, part: OurPart, sayVoice: string): Promise<void> {
  const { callSid, turn, at, utterances } = part;
  const text = utterances.map((utterance) => utterance.text).join(' ');
  const clips = utterances.map(({ text: words, clip }) => ({ text: words, ...(clip ? { clip: clip.name } : {}) }));
  const written = sql`
    INSERT INTO turns (call_sid, number, at, reply, clips)
    VALUES (${callSid}, ${turn}, ${at}, ${text}, ${JSON.stringify(clips)})
    ON CONFLICT (call_sid, number) DO UPDATE SET
      reply = trim(turns.reply || ' ' || excluded.reply),
      clips = (SELECT json_group_array(json(value)) FROM
        (SELECT value FROM json_each(turns.clips) UNION ALL SELECT value FROM json_each(excluded.clips)))`;
  await inCall(db, part, written);
  const characters = utterances.reduce((sum, utterance) => sum + (utterance.clip ? utterance.text.length : 0), 0);
  await sql`UPDATE calls SET spoken_characters = spoken_characters + ${characters} WHERE sid = ${callSid}`.execute(db);
  await addUsage(db, callSid, charactersOf(part, sayVoice));
}

export const replying = (reply: MadeReply, at: number) => async (db: Transaction<Tables>) => {
  const { callSid, turn, rung, voice, firstWordsMs, firstClipMs, firstAudioMs, split, unanswered, tokens } = reply;
  const { wholeReplyMs = null, leadMs = null } = reply;
  const test = sql`coalesce((SELECT test FROM calls WHERE sid = ${callSid}), 0)`;
  const written = sql`
    INSERT INTO turns (call_sid, number, at, rung, voice, split, unanswered,
      first_words_ms, first_clip_ms, first_audio_ms, whole_reply_ms, lead_ms, test)
    VALUES (${callSid}, ${turn}, ${at}, ${rung}, ${voice}, ${Number(split)}, ${Number(unanswered)},
      ${firstWordsMs}, ${firstClipMs}, ${firstAudioMs}, ${wholeReplyMs}, ${leadMs}, ${test})
    ON CONFLICT (call_sid, number) DO UPDATE SET
      rung = excluded.rung, voice = excluded.voice, split = excluded.split, unanswered = excluded.unanswered,
      first_words_ms = excluded.first_words_ms, first_clip_ms = excluded.first_clip_ms,
      first_audio_ms = excluded.first_audio_ms, whole_reply_ms = excluded.whole_reply_ms,
      lead_ms = excluded.lead_ms, test = excluded.test`;
  await inCall(db, { callSid, at }, written);
  if (tokens) await addTokens(db, { callSid, model: rung, tokens });
};

/** What a model read and made for a call. */
async function addTokens(
  db: Transaction<Tables>,
  { callSid, model, tokens: { prompt, completion } }: Pick<GuessInVain, 'callSid' | 'model' | 'tokens'>,
): Promise<void> {
  await sql`
    UPDATE calls SET prompt_tokens = prompt_tokens + ${prompt}, completion_tokens = completion_tokens + ${completion}
    WHERE sid = ${callSid}`.execute(db);
  await addUsage(db, callSid, [
    { kind: 'tokens in', name: model, amount: prompt },
    { kind: 'tokens out', name: model, amount: completion },
  ]);
}

/** A reply that nobody heard is paid for all the same. */
export async function guessedInVain(db: Transaction<Tables>, guess: GuessInVain): Promise<void> {
  await findOrMake(db, guess.callSid, guess.at);
  await addTokens(db, guess);
  await addUsage(db, guess.callSid, [{ kind: 'voice', name: guess.voice, amount: guess.characters }]);
}
