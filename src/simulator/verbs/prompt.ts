import { performance } from 'node:perf_hooks';
import type { Call, VerbAtWork } from '../call';
import type { Heard } from '../call-report';
import { checkClip } from '../audio/check-clip';
import type { ClipFindings } from '../audio/check-clip';
import { send } from '../http';
import { sayMs } from '../pace';
import { fail } from '../problems';
import { contentTypeOf } from '../twiml-answer';
import { textOf } from '../twiml/parse';

/** The audio Twilio plays. */
const AUDIO_TYPES = /^audio\/(mpeg|wav|wave|x-wav|aiff|x-aifc|x-aiff|x-gsm|gsm|ulaw)$/;
/** More than Twilio's 40 minutes of 16-bit sound. */
const MOST_BYTES = 48 * 1024 * 1024;

/** A Say, Play or Pause that is ready to be heard. A pause, and keys that are played, are only time. */
export interface Prompt {
  durationMs: number;
  heard?: Pick<Heard, 'by' | 'text' | 'clipUrl'>;
}

/** Gets a Say, Play or Pause ready: fetches and judges its clip. Throws FatalProblem when a clip cannot be had. */
export async function prepare(atWork: VerbAtWork, insideGather: boolean): Promise<Prompt> {
  const { verb } = atWork;
  const loop = Number(verb.attributes['loop'] ?? '1');
  // 0 is "until the caller hangs up"; once is enough to know it.
  const times = loop > 0 ? loop : 1;
  if (verb.name === 'Pause') return { durationMs: Number(verb.attributes['length'] ?? '1') * 1000 || 1000 };
  if (verb.name === 'Say') {
    const text = textOf(verb).replace(/\s+/g, ' ').trim();
    return { durationMs: sayMs(text) * times, heard: { by: 'say', text } };
  }
  const keys = verb.attributes['digits'];
  if (keys !== undefined) return { durationMs: keys.length * 500 };
  const clip = await fetchClip(atWork, insideGather);
  return { durationMs: clip.durationMs * times, heard: { by: 'play', clipUrl: clip.url } };
}

async function fetchClip(
  { call, verb, document }: VerbAtWork,
  insideGather: boolean,
): Promise<{ url: string; durationMs: number }> {
  const reference = textOf(verb);
  if (reference.trim() === '') fail(11100, 'A <Play> without a URL', document.address.posted);
  const url = call.addresses.follow(reference, document.address).posted;
  const answer = await send({
    url,
    method: 'GET',
    headers: { 'user-agent': 'TwilioProxy/1.1', accept: '*/*' },
    limitMs: call.limits.webhookMs,
    limitBytes: MOST_BYTES,
    tooLarge: 11200,
    signal: call.signal,
  });
  if (answer.status >= 400) fail(11217, `The clip answers with HTTP ${answer.status}`, url);
  if (answer.status !== 200) fail(11200, `The clip answers with HTTP ${answer.status}`, url);
  const type = contentTypeOf(answer);
  if (!AUDIO_TYPES.test(type)) fail(insideGather ? 13325 : 12300, `The clip's content type is "${type}"`, url);
  return { url, durationMs: judgeClip(call, url, checkClip(answer.body, type, call.line)) };
}

function judgeClip({ journal }: Call, url: string, { durationMs, faults }: ClipFindings): number {
  for (const { code, message, allowed } of faults) {
    if (allowed) journal.tell({ kind: 'warning', warning: `${message} (${url})` });
    else journal.tell({ kind: 'problem', problem: { code, message, url } });
  }
  return durationMs;
}

/** Notes what the caller now hears. */
export function noteHeard(call: Call, prompt: Prompt, insideGather: boolean): void {
  if (prompt.heard === undefined) return;
  call.journal.tell({
    kind: 'heard',
    heard: {
      ...prompt.heard,
      turn: call.turn.number,
      durationMs: prompt.durationMs,
      insideGather,
      msAfterRequest: Math.round(performance.now() - call.turn.startedAt),
    },
  });
}
