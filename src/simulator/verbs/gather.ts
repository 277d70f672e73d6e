import { performance } from 'node:perf_hooks';
import type { Next, VerbAtWork } from '../call';
import type { CallerAct } from '../caller';
import { childrenOf } from '../twiml/parse';
import { actionOf } from './action';
import { listeningOf, takeKeys } from './listening';
import type { Listening } from './listening';
import { speakAndTell } from './partial-results';
import { noteHeard, prepare } from './prompt';

/** A Gather in progress. */
interface Gathering extends VerbAtWork {
  listening: Listening;
}

/** What the caller's act comes to: the fields of the action's webhook, nothing at all, or the end of the call. */
type Result = Readonly<Record<string, string>> | 'nothing' | 'hung up';

/** Plays a Gather's prompt, lets the caller act, and posts what they said or typed. */
export async function runGather(atWork: VerbAtWork): Promise<Next> {
  const { call, verb: gather } = atWork;
  // Twilio fetches every nested clip before it plays the first.
  const verbs = childrenOf(gather).filter(({ name }) => ['Say', 'Play', 'Pause'].includes(name));
  const prompts = await Promise.all(verbs.map((verb) => prepare({ ...atWork, verb }, true)));
  for (const prompt of prompts) noteHeard(call, prompt, true);
  const promptMs = prompts.reduce((sum, prompt) => sum + prompt.durationMs, 0);

  const gathering = { ...atWork, listening: listeningOf(gather) };
  const result = await resultOf(gathering, await letCallerAct(gathering, promptMs));
  if (result === 'hung up') return { end: 'caller' };
  if (result !== 'nothing') return actionOf(atWork, result);
  if (gather.attributes['actionOnEmptyResult'] !== 'true') return undefined;
  const empty = call.line.emptyResult === 'empty' ? { SpeechResult: '', Digits: '' } : {};
  return actionOf(atWork, empty);
}

async function letCallerAct({ call, listening }: Gathering, promptMs: number): Promise<CallerAct> {
  const { heard: all } = call.journal.report;
  const sinceLastAct = all.slice(call.heardUntil);
  call.journal.tell({ kind: 'listening', listening });
  const askedAt = performance.now();
  const act = await Promise.race([call.givenUp, call.caller({ turn: call.turn.number, sinceLastAct, all, listening })]);
  call.heardUntil = all.length;

  const begins = 'afterMs' in act ? Math.min(act.afterMs ?? promptMs, promptMs) : promptMs;
  await call.pace.wait(Math.max(0, begins - (performance.now() - askedAt)));
  call.journal.tell({ kind: 'caller', act });
  return act;
}

async function resultOf(gathering: Gathering, act: CallerAct): Promise<Result> {
  if ('hangUp' in act) return 'hung up';
  const result = 'say' in act ? await speak(gathering, act) : 'press' in act ? await press(gathering, act) : 'nothing';
  if (result === 'nothing') await gathering.call.pace.wait(gathering.listening.timeoutMs);
  return result;
}

async function speak(gathering: Gathering, act: Extract<CallerAct, { say: string }>): Promise<Result> {
  const { call, listening } = gathering;
  const words = act.say.trim();
  if (words === '') return 'nothing';
  if (!listening.speech) return unheard(gathering, `"${words}" was said to a Gather that takes keys only`);
  const told = await speakAndTell(gathering, words);
  await Promise.all([call.pace.wait(listening.endOfSpeechMs), told.taken]);
  const confidence = act.confidence === undefined ? 0.9273 : act.confidence;
  return { SpeechResult: words, ...(confidence === null ? {} : { Confidence: String(confidence) }) };
}

async function press(gathering: Gathering, act: Extract<CallerAct, { press: string }>): Promise<Result> {
  const { call, listening } = gathering;
  if (!/^[0-9*#]+$/.test(act.press)) throw new TypeError(`"${act.press}" are not keys of a telephone`);
  if (!listening.keys) return unheard(gathering, `${act.press} was typed to a Gather that takes speech only`);
  const { digits, finishedOnKey, endedByPause, left } = takeKeys(act.press, listening);
  if (left !== '') unheard(gathering, `The keys ${left} came after the end of the input`);
  if (digits === '') return 'nothing';
  if (endedByPause) await call.pace.wait(listening.timeoutMs);
  return { Digits: digits, FinishedOnKey: finishedOnKey, msg: 'Gather End' };
}

function unheard({ call, document }: Gathering, message: string): 'nothing' {
  call.journal.tell({ kind: 'problem', problem: { code: 'not-heard', message, url: document.address.posted } });
  return 'nothing';
}
