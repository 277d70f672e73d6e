import { Router, type Request, type Response } from 'express';
import type { KeptMessage, ListedCall, WrittenCall } from '../../../common/call-record';
import type { Cost } from '../../../common/figures';
import type { ProfileField } from '../../../common/profile';
import { toldFields, type ToldField } from '../../../common/told-fields';
import { refuse } from '../../answers';
import { costJson } from '../figures/api';
import type { CallDesk } from './desk';
import { filterIn, isState, messageFilterIn, nextMessage, nextPlace } from './filter';
import type { Live } from './live';
import { noMessage } from './messages';

/** What the API needs. */
interface CallsApiOptions {
  calls: CallDesk;
  live: Live;
  timeZone: () => string;
  /** What the owner wants to know of every call. */
  wanted: () => readonly ProfileField[];
}

/** /api/calls, /api/messages: the call book for scripts, and what changes in it as server-sent events. */
export function callsApi({ calls, live, timeZone, wanted }: CallsApiOptions): Router {
  const router = Router();
  router.get('/api/calls', async (request, response) => {
    const { filter, problems } = filterIn(request, timeZone());
    if (problems[0]) return refuseFilter(request, response, problems[0]);
    const found = await calls.search(filter);
    response.json({ calls: found.map(listed), next: nextPlace(found, filter.limit) ?? null });
  });
  router.get('/api/calls/live', live.stream);
  router.get('/api/calls/:sid', async (request, response) => {
    const call = await calls.read(request.params['sid']);
    if (!call) return refuse(request, response, noCall);
    response.json(whole(call, { wanted: wanted(), cost: calls.cost(call) }));
  });
  router.get('/api/messages', async (request, response) => {
    const { filter, problems } = messageFilterIn(request);
    if (problems[0]) return refuseFilter(request, response, problems[0]);
    const found = await calls.messages(filter);
    response.json({ messages: found.map(message), next: nextMessage(found, filter.limit) ?? null });
  });
  router.patch('/api/messages/:id', async (request, response) => {
    const { state } = (request.body ?? {}) as { state?: unknown };
    if (!isState(state)) return refuseFilter(request, response, { field: 'state', problem: 'must be new or done' });
    const marked = await calls.markMessage(request.params['id'], state);
    if (!marked) return refuse(request, response, noMessage);
    response.json({ success: true, message: message(marked) });
  });
  return router;
}

const noCall = { status: 404, code: 'no_call', error: 'The book has no such call.', remedy: 'GET /api/calls has all.' };

function refuseFilter(
  request: Request,
  response: Response,
  { field, problem }: { field: string; problem: string },
): void {
  const error = `${field} ${problem}.`;
  refuse(request, response, { status: 400, field, code: 'invalid_field', error, remedy: 'Correct it and ask again.' });
}

const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

/** A call in a list, for scripts. */
export const listed = (call: ListedCall) => ({
  sid: call.sid,
  direction: call.direction,
  from: call.from ?? null,
  to: call.to ?? null,
  test: call.test,
  started_at: time(call.startedAt),
  ended_at: time(call.endedAt),
  duration_seconds: call.durationS ?? null,
  status: call.status,
  outcome: call.outcome ?? null,
  limited: call.limited ?? null,
  answered_by: call.answeredBy ?? null,
  turns: call.turns,
  first_words: call.opening ?? null,
});

const whole = (call: WrittenCall, { wanted, cost }: { wanted: readonly ProfileField[]; cost: Cost }) => ({
  ...listed({ ...call, turns: call.turns.filter(({ number }) => number > 0).length, opening: call.turns[1]?.words }),
  answered_at: time(call.answeredAt),
  refused: call.refused ?? null,
  transfer: call.transfer ?? null,
  tokens: call.tokens,
  spoken_characters: call.spokenCharacters,
  transfer_seconds: call.transferS ?? null,
  cost: { ...costJson(cost), would_have_cost: call.test },
  transcript: call.turns.map((turn) => ({
    turn: turn.number,
    at: time(turn.at),
    caller: turn.words ?? null,
    digits: turn.digits ?? null,
    confidence: turn.confidence ?? null,
    reply: turn.reply,
    heard: turn.heard ?? null,
    rung: turn.rung ?? null,
    voice: turn.voice ?? null,
    first_words_ms: turn.firstWordsMs ?? null,
    first_clip_ms: turn.firstClipMs ?? null,
    first_audio_ms: turn.firstAudioMs ?? null,
    whole_reply_ms: turn.wholeReplyMs ?? null,
    split: turn.split,
    unanswered: turn.unanswered,
    lead_ms: turn.leadMs ?? null,
  })),
  understanding: call.understanding
    ? {
        summary: call.understanding.summary ?? null,
        reason: call.understanding.reason ?? null,
        reason_quote: call.understanding.reasonQuote ?? null,
        urgency: call.understanding.urgency ?? null,
        urgency_quote: call.understanding.urgencyQuote ?? null,
      }
    : null,
  fields: toldFields(call, wanted).map(field),
  messages: call.messages.map(message),
  statuses: call.statuses.map(({ status, at }) => ({ status, at: time(at) })),
});

const message = (kept: KeptMessage) => ({
  id: kept.id,
  call_sid: kept.callSid,
  from: kept.from ?? null,
  name: kept.name ?? null,
  number: kept.number ?? null,
  reason: kept.reason ?? null,
  answers: kept.answers,
  partial: kept.partial,
  voicemail: kept.voicemail ? voicemailOf(kept.voicemail) : null,
  test: kept.test,
  taken_at: time(kept.takenAt),
  state: kept.state,
  done_at: time(kept.doneAt),
  evidence: kept.fields.map((told) => field({ name: told.name, state: 'said', field: told })),
});

const voicemailOf = ({ sid, seconds, here }: NonNullable<KeptMessage['voicemail']>) => ({
  sid,
  seconds,
  url: here ? `/voicemails/${sid}.wav` : null,
});

const field = ({ name, state, field: told }: ToldField) => ({
  name,
  state,
  value: told?.value ?? null,
  quote: told?.quote ?? null,
  turn: told?.turn ?? null,
  source: told?.source ?? null,
});
