import { sql, type Transaction } from 'kysely';
import type { Profile } from '../common/profile';
import type { CallersPart, GuessInVain, MadeReply, OurPart } from '../conversations/book';
import type { Note } from '../conversations/ports';
import type { Tables } from '../storage/tables';
import { callersTurns, writeFields } from './fields';
import { addUsage, charactersOf } from './usage';
import { findOrMake } from './write-calls';

export async function heard(db: Transaction<Tables>, part: CallersPart): Promise<void> {
  const { callSid, turn, at, words = null, confidence = null, digits = null } = part;
  await findOrMake(db, callSid, at);
  await db
    .insertInto('turns')
    .values({ call_sid: callSid, number: turn, at, words, confidence, digits })
    .onConflict((conflict) => conflict.columns(['call_sid', 'number']).doUpdateSet({ words, confidence, digits }))
    .execute();
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
  await addUsage(db, callSid, charactersOf(part, sayVoice));
}

export const replying = (reply: MadeReply, at: number) => async (db: Transaction<Tables>) => {
  const { callSid, turn, rung, voice, firstWordsMs, firstClipMs, firstAudioMs, split, unanswered, tokens } = reply;
  const row = {
    ...{ rung, voice, split: Number(split), unanswered: Number(unanswered) },
    ...{ first_words_ms: firstWordsMs, first_clip_ms: firstClipMs, first_audio_ms: firstAudioMs },
    whole_reply_ms: reply.wholeReplyMs ?? null,
    lead_ms: reply.leadMs ?? null,
  };
  await findOrMake(db, callSid, at);
  await db
    .insertInto('turns')
    .values({ call_sid: callSid, number: turn, at, ...row, test: testOf(callSid) })
    .onConflict((conflict) => conflict.columns(['call_sid', 'number']).doUpdateSet({ ...row, test: testOf(callSid) }))
    .execute();
  if (tokens) await addTokens(db, { callSid, model: rung, tokens });
};

/** What a model read and made for a call. */
async function addTokens(
  db: Transaction<Tables>,
  { callSid, model, tokens: { prompt, completion } }: Pick<GuessInVain, 'callSid' | 'model' | 'tokens'>,
): Promise<void> {
  await db
    .updateTable('calls')
    .set((each) => ({
      prompt_tokens: each('prompt_tokens', '+', prompt),
      completion_tokens: each('completion_tokens', '+', completion),
    }))
    .where('sid', '=', callSid)
    .execute();
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

const testOf = (callSid: string) => sql<number>`(SELECT test FROM calls WHERE sid = ${callSid})`;
