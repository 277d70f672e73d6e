import { setTimeout as pause } from 'node:timers/promises';
import { isOver } from '../arithmetic';
import { keyOf, wordsFor, type Marker } from '../corpus';
import type { TurnTimings } from '../stub/timings';
import { getJson, send } from './http';
import { documentIn, fieldsOf, post, type Document } from './twilio';

/** A call on the line: where its next words go, and what is heard of them before they are finished. */
export interface OpenCall {
  number: number;
  action: string;
  partials: string | undefined;
}

/** How a turn went, in ms: first audio is the last byte of the first clip, from the sending of `process`. */
export interface Turn {
  marker: Marker;
  firstAudioMs: number;
  twimlMs: number;
  firstClip: Buffer;
  /** Whether that clip is a phrase for everybody: while the model is late, "one moment". */
  isPhrase: boolean;
  document: Document;
}

/** Opens a call at Frontdesk. */
export async function openCall(url: string, number: number): Promise<OpenCall> {
  const { action, partials } = documentIn(await post(`${url}/api/voice/incoming`, fieldsOf(number)));
  if (!action) throw new Error('The greeting listens for nothing.');
  return { number, action, partials };
}

/** The caller hangs up. */
export const closeCall = (url: string, { number }: OpenCall) =>
  post(`${url}/api/voice/status`, { ...fieldsOf(number, ' '), CallStatus: 'completed', CallDuration: '60' });

/** Says a turn's words and fetches the first clip of the answer. */
export async function say({ number, action }: OpenCall, marker: Marker): Promise<Turn> {
  const startedAt = performance.now();
  const answer = await post(action, fieldsOf(number, wordsFor(marker)));
  const document = documentIn(answer);
  const [first] = document.plays;
  if (first === undefined) throw new Error(`The voice failed in turn ${keyOf(marker)}: ${answer.body.toString()}`);
  const { body, isForAll: isPhrase } = await send(first);
  return {
    ...{ marker, document, isPhrase, firstClip: body },
    ...{ firstAudioMs: performance.now() - startedAt, twimlMs: answer.ms },
  };
}

/** The same turn where its reply itself begins: `firstAudioMs` until then, had the caller come back at once each time. */
export async function beginningOfReply(call: OpenCall, turn: Turn): Promise<Turn> {
  const startedAt = performance.now();
  let { document, isPhrase } = turn;
  while (isPhrase && document.redirect !== undefined) {
    document = documentIn(await post(document.redirect, fieldsOf(call.number, ' ')));
    const [first] = document.plays;
    isPhrase = first !== undefined && (await send(first)).isForAll;
  }
  return { ...turn, document, isPhrase, firstAudioMs: turn.firstAudioMs + performance.now() - startedAt };
}

/** Follows a reply to its end at once, as a caller would who hears faster than anybody speaks. */
export async function hearOut(call: OpenCall, { document }: Turn): Promise<OpenCall> {
  let last = document;
  while (last.redirect !== undefined) last = documentIn(await post(last.redirect, fieldsOf(call.number, ' ')));
  return { ...call, action: last.action ?? call.action, partials: last.partials };
}

/** What the stubs did in a turn, once they are done with it; waits for that as long as `patienceMs`. */
export async function timingsOf(control: string, marker: Marker, patienceMs = 8_000): Promise<TurnTimings> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const timings = await getJson<TurnTimings | null>(`${control}/timings?turn=${keyOf(marker)}`);
    if (timings && (isOver(timings) || performance.now() > giveUpAt)) return timings;
    if (performance.now() > giveUpAt) throw new Error(`The stubs know nothing of turn ${keyOf(marker)}.`);
    await pause(25);
  }
}
