import { setImmediate } from 'node:timers/promises';
import { restAskedBy, UpstreamError } from '../common/errors';
import type { Rung } from './attempt';
import { isFrugal, needsPlainVoice, type Call, type Settle, type Turn } from './call';
import { nextDelivery, type Delivery } from './delivery';
import { contextOf } from './context';
import { createDraft } from './draft';
import { createHeadStart } from './head-start';
import { climb, type Climbed } from './ladder';
import { keepNote } from './notes';
import type { ConversationParts } from './parts';
import { tokensIn, type CallContext } from './ports';
import { payInVain } from './pay-in-vain';
import type { Adopted } from './speculation/guessing';
import { voiced } from './voicing';

/** When the second model is asked and a holding phrase is played, in ms after the caller's words came. */
const FIRST_WORDS_MS = 1_500;
/** How long a caller who heard a holding phrase waits for the reply, in ms. */
const REPLY_AFTER_HOLDING_MS = 2_500;
/** How soon it is looked again whether there still is a crowd that leaves no room for a second request, in ms. */
const CROWD_MS = 250;
/** The name of the last rung, which says only what the profile holds. */
export const ANSWERER = 'answerer';
/** When the built-in answerer takes over, in ms after the caller's words came. */
const ANSWERER_MS = 6_000;
/** How long the speech of one sentence may take before the telephone's own voice says it, in ms. */
const SPEECH_MS = 2_500;
/** The same, where the built-in answerer has to make up for lost time. */
const BUILT_IN_SPEECH_MS = 400;
/** However slow everything is, a webhook is answered within this, in ms: the promise is 5 s, Twilio's own end 15 s. */
const LATEST_MS = 4_500;
/** On a trial account Twilio's own end is 5 s, and nobody comes back for the rest. */
const TRIAL_LATEST_MS = 2_900;
/** By when speech must be there at the latest, in ms after the caller's words came. */
const SUBSTANCE_MS = 9_000;

/** Starts to think about the call's latest message. The reply is picked up by `deliver`. */
export function startTurn(
  parts: ConversationParts,
  call: Call,
  { settle, builtIn = false }: { settle: Settle; builtIn?: boolean },
): Turn {
  const startedAt = parts.clock.now();
  const controller = new AbortController();
  const { signal } = controller;
  const headStart = createHeadStart(
    () => mouthFor(parts, call),
    () => parts.isCrowded?.() !== true,
    signal,
  );
  const audibly = async (text: string) => {
    if (adopted && draft.handedOut + draft.waiting.length > 1) await setImmediate(); // the answer goes first
    const patienceMs = builtIn
      ? BUILT_IN_SPEECH_MS
      : Math.min(SPEECH_MS, Math.max(500, SUBSTANCE_MS - (parts.clock.now() - startedAt)));
    return voiced(headStart.mouth(), text, { patienceMs, signal });
  };
  const draft = createDraft(audibly, parts.clock.now, headStart.begin);
  const models = call.overflow || call.limited || builtIn ? [] : parts.models;
  const context = contextOf(parts, call);
  const adopted = models[0] && call.ahead?.adopt(context, models[0].reply);
  const turn: Turn = {
    number: call.turnNumber,
    startedAt,
    startedTick: performance.now(),
    controller,
    draft,
    holdings: 0,
    part: 0,
    firstAudioMs: undefined,
    isTimed: false,
    rung: 'none',
    tokens: undefined,
    leadMs: adopted?.leadMs,
    settle,
  };
  signal.addEventListener('abort', () => draft.bell.ring(), { once: true });
  void finish(parts, call, { turn, rungs: rungsFor(parts, models, adopted), context }).then(() => {
    const characters = headStart.end();
    if (characters > 0) payInVain(parts, call, { model: turn.rung, characters });
  });
  return turn;
}

/** A turn that has begun: who may reply to it, and what they may know. */
interface Thought {
  turn: Turn;
  rungs: readonly Rung[];
  context: CallContext;
}

/** Sees the turn to its end. A defect here must not leave a caller waiting for an end that never comes. */
async function finish(parts: ConversationParts, call: Call, thought: Thought): Promise<void> {
  const { turn } = thought;
  const { draft, controller } = turn;
  try {
    const climbed = await think(parts, call, thought);
    turn.rung = climbed.rung;
    turn.tokens = climbed.tokens;
    call.tokens += tokensOf(parts, call, climbed);
    const { rung, decision } = climbed;
    if (decision) parts.log.info('decision', { callSid: call.callSid, step: decision.kind, data: { rung } });
    if (!controller.signal.aborted) draft.finish(turn.settle(climbed, draft));
  } catch (error) {
    const stack = error instanceof Error ? error.stack : typeof error;
    parts.log.error('defect', { callSid: call.callSid, step: 'turn', data: { stack } });
    draft.say(call.profile.phrases.notUnderstood);
    draft.finish({ kind: 'listen', mode: 'open' });
  }
}

function think(parts: ConversationParts, call: Call, { turn, rungs, context }: Thought): Promise<Climbed> {
  const { draft, controller, number } = turn;
  return climb({
    rungs,
    call: context,
    draft,
    signal: controller.signal,
    outrun: (model) => payInVain(parts, call, { model, tokens: outrunTokens(context) }),
    spoke: (rung) => void (turn.rung = rung),
    noted: (note) => keepNote(parts, call, { note, turn: number }),
    failed(rung, error) {
      const reason = error instanceof UpstreamError ? error.reason : 'defect';
      spareModels(parts, error);
      parts.counts.rungFailed(rung, reason);
      parts.log.warn('llm', { callSid: context.callSid, step: 'failed', data: { rung, reason } });
    },
  });
}

/** A model that was asked and then not waited for has read everything. */
const outrunTokens = ({ messages }: CallContext) => ({ prompt: tokensIn(messages), completion: 0 });

/** After a refusal for too many requests no model is asked more than it has to be. */
export function spareModels({ hedge, speculation }: ConversationParts, error: unknown): void {
  const restMs = restAskedBy(error);
  if (restMs === undefined) return;
  hedge?.rateLimited(restMs);
  speculation?.rateLimited(restMs);
}

/** What the first model was asked too soon, and rightly, takes the place of asking it now; then nobody is late. */
function rungsFor(
  { answerer, hedge, isCrowded }: ConversationParts,
  [first, second]: ConversationParts['models'],
  adopted: Adopted | undefined,
): Rung[] {
  const last = { name: ANSWERER, reply: answerer, dueMs: first ? ANSWERER_MS : 0 };
  if (!first) return [last];
  const asked = { ...first, dueMs: 0, reply: adopted?.reply ?? first.reply };
  if (!second) return [asked, last];
  const race = adopted ? undefined : hedge?.race(FIRST_WORDS_MS);
  const startedAt = performance.now();
  const whenCalm = () => (isCrowded?.() ? performance.now() - startedAt + CROWD_MS : 0);
  const inReserve: Rung = {
    ...{ ...second, besides: race?.secondAsked, spoke: race?.secondSpoke },
    get dueMs() {
      return Math.max(whenCalm(), race?.dueMs() ?? FIRST_WORDS_MS);
    },
  };
  return [{ ...asked, spoke: race?.firstSpoke }, inReserve, last];
}

/** What a reply took of the models. One that was broken off does not tell, and is taken to have read everything. */
function tokensOf(parts: ConversationParts, call: Call, { rung, tokens }: Climbed): number {
  if (tokens) return tokens.prompt + tokens.completion;
  if (rung === ANSWERER || parts.models.length === 0 || call.overflow || call.limited) return 0;
  return tokensIn(contextOf(parts, call).messages);
}

/** How a call's words are made audible. */
export function mouthFor(parts: ConversationParts, call: Call) {
  return {
    speak: isFrugal(call) || needsPlainVoice(call) ? undefined : parts.speak,
    voice: parts.voice(call.profile),
    missed(error: unknown) {
      const reason = error instanceof UpstreamError ? error.reason : 'late';
      call.voiceFailed = true;
      parts.counts.rungFailed('speech', reason);
      parts.log.warn('tts', { callSid: call.callSid, step: 'said by the telephone instead', data: { reason } });
    },
  };
}

/** Of a reply that was begun early the beginning can be played at once: the rest has the time in which it is heard. */
const isReady = ({ leadMs, part, draft }: Turn) =>
  leadMs !== undefined && part === 0 && draft.waiting[0]?.utterance?.clip !== undefined;

/** Waits for what of the turn's reply can be said now. */
export function deliver(parts: ConversationParts, call: Call, turn: Turn): Promise<Delivery> {
  return nextDelivery(turn.draft, call.handed.at(-1), {
    firstWordsMs: turn.holdings === 0 && turn.part === 0 ? FIRST_WORDS_MS : REPLY_AFTER_HOLDING_MS,
    coalesceMs: isReady(turn) ? 0 : parts.limits.coalesceMs,
    clock: parts.clock,
    signal: turn.controller.signal,
    latestMs: call.trial ? TRIAL_LATEST_MS : LATEST_MS,
    inOnePiece: () => parts.stopping === true || call.trial,
  });
}
