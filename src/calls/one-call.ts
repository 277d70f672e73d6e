import type { Selectable } from 'kysely';
import type { Database } from '../storage/database';
import type {
  AnsweredBy,
  CallUnderstanding,
  SaidPart,
  Outcome,
  RefusalReason,
  WrittenCall,
  WrittenTurn,
} from '../common/call-record';
import type { Limit } from '../common/rules';
import type { Tables } from '../storage/tables';
import { fieldsOf } from './fields';
import { isForgotten } from './forgotten';
import { messagesOf } from './messages';
import { usageOf } from './usage';

/** One call, whole; undefined when the book has none of this sid, or its caller was forgotten. */
export async function readCall(database: Database, sid: string): Promise<WrittenCall | undefined> {
  const row = await database.selectFrom('calls').selectAll().where('sid', '=', sid).executeTakeFirst();
  if (!row || (await isForgotten(database, sid))) return undefined;
  const [turns, messages, usage, statuses, fields] = await Promise.all([
    turnsOf(database, sid),
    messagesOf(database, sid),
    usageOf(database, sid),
    database.selectFrom('call_statuses').select(['status', 'at']).where('call_sid', '=', sid).orderBy('at').execute(),
    fieldsOf(database, [sid]),
  ]);
  return {
    sid,
    direction: row.direction,
    from: row.from_number ?? undefined,
    to: row.to_number ?? undefined,
    test: row.test === 1,
    startedAt: row.started_at,
    answeredAt: row.answered_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    durationS: row.duration_s ?? undefined,
    status: row.status,
    outcome: (row.outcome ?? undefined) as Outcome | undefined,
    refused: (row.refused ?? undefined) as RefusalReason | undefined,
    limited: (row.limited ?? undefined) as Limit | undefined,
    transfer: row.transfer ?? undefined,
    transferS: row.transfer_s ?? undefined,
    answeredBy: (row.answered_by ?? undefined) as AnsweredBy | undefined,
    usage,
    tokens: { prompt: row.prompt_tokens, completion: row.completion_tokens },
    spokenCharacters: row.spoken_characters,
    turns,
    wordsGone: row.words_gone_at !== null,
    messages,
    statuses,
    fields: fields.get(sid) ?? [],
    understanding: understandingOf(row),
  };
}

function understandingOf(row: Selectable<Tables['calls']>): CallUnderstanding | undefined {
  if (row.understood_at === null) return undefined;
  return {
    summary: row.summary ?? undefined,
    reason: row.reason ?? undefined,
    reasonQuote: row.reason_quote ?? undefined,
    urgency: row.urgency ?? undefined,
    urgencyQuote: row.urgency_quote ?? undefined,
  };
}

async function turnsOf(database: Database, sid: string): Promise<WrittenTurn[]> {
  const rows = await database.selectFrom('turns').selectAll().where('call_sid', '=', sid).orderBy('number').execute();
  return rows.map((row) => ({
    number: row.number,
    at: row.at,
    words: row.words ?? undefined,
    confidence: row.confidence ?? undefined,
    digits: row.digits ?? undefined,
    reply: row.reply,
    heard: row.heard ?? undefined,
    said: JSON.parse(row.clips) as SaidPart[],
    rung: row.rung ?? undefined,
    voice: row.voice ?? undefined,
    firstWordsMs: row.first_words_ms ?? undefined,
    firstClipMs: row.first_clip_ms ?? undefined,
    firstAudioMs: row.first_audio_ms ?? undefined,
    wholeReplyMs: row.whole_reply_ms ?? undefined,
    split: row.split === 1,
    unanswered: row.unanswered === 1,
    leadMs: row.lead_ms ?? undefined,
  }));
}
