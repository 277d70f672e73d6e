import { handedAt } from './audible';
import type { Call, Settle, Turn } from './call';
import type { Delivery } from './delivery';
import type { Ending } from './draft';
import { hintsOf } from './hints';
import type { ConversationParts, TurnTiming } from './parts';
import { toSpeakable } from './speakable';
import type { ListeningMode, Step, Utterance } from './step';
import { stagesOf } from './stages';
import { deliver, mouthFor, startTurn } from './turn';
import { saysItDoesNotKnow } from './unanswered';
import { voiced } from './voicing';

/** What is said when the process stops before there is a reply. */
const ASK_AGAIN = "I'm sorry, that took me too long. Please ask me again.";
/** How many holding phrases a caller hears in one turn at most. */
const MAX_HOLDINGS = 2;
/** How long the speech of a prompt of our own may take, in ms. */
const PROMPT_SPEECH_MS = 2_500;

/** Says something of our own, then listens (or hangs up): an answer that needs no thought. */
export async function sayAndListen(
  parts: ConversationParts,
  call: Call,
  { texts, mode }: { texts: readonly string[]; mode: ListeningMode | 'hangUp' },
): Promise<Step[]> {
  const utterances = await voicedTexts(parts, call, texts);
  return ending(parts, call, { utterances, ending: mode === 'hangUp' ? { kind: 'hangUp' } : { kind: 'listen', mode } });
}

/** Says something before these steps that the caller cannot talk over; `handed` has it before what they say. */
export async function sayBefore(
  parts: ConversationParts,
  call: Call,
  { texts, steps }: { texts: readonly string[]; steps: readonly Step[] },
): Promise<Step[]> {
  if (texts.length === 0) return [...steps];
  const utterances = await voicedTexts(parts, call, texts);
  const at = parts.clock.now();
  call.handed.unshift(...utterances.map((utterance) => handedAt(at, utterance)));
  return [{ kind: 'speak', utterances }, ...steps];
}

/** Texts of our own as they can be heard: a clip each, or the telephone's own voice where that would take too long. */
export function voicedTexts(parts: ConversationParts, call: Call, texts: readonly string[]): Promise<Utterance[]> {
  const signal = new AbortController().signal;
  const say = async (words: string): Promise<Utterance> => {
    const clip = parts.phraseClip(words);
    const text = toSpeakable(words);
    return clip ? { text, clip } : voiced(mouthFor(parts, call), text, { patienceMs: PROMPT_SPEECH_MS, signal });
  };
  return Promise.all(texts.map(say));
}

/** Thinks about the call's latest message and answers with as much of the reply as there is in time. */
export async function think(parts: ConversationParts, call: Call, settle: Settle): Promise<Step[]> {
  const turn = startTurn(parts, call, { settle });
  call.turn = turn;
  turn.controller.signal.addEventListener('abort', () => brokenOff(parts, call, turn), { once: true });
  if (turn.leadMs !== undefined) await nextTick(); // what is there of the reply already is in the draft then
  return continueTurn(parts, call, turn);
}

const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

/** Answers with what there is now of a reply that was begun. */
export async function continueTurn(parts: ConversationParts, call: Call, turn: Turn): Promise<Step[]> {
  const delivery = await deliver(parts, call, turn);
  if (call.turn !== turn || turn.controller.signal.aborted) return [listen(call, 'open')];
  if (call.trial && delivery.kind !== 'whole') return curtail(parts, call, { turn, delivery });
  if (delivery.kind === 'nothingYet')
    return parts.stopping ? sayAndListen(parts, call, { texts: [ASK_AGAIN], mode: 'open' }) : hold(parts, call, turn);
  turn.firstAudioMs ??= parts.clock.now() - turn.startedAt;
  if (delivery.kind === 'part') {
    remember(parts, call, delivery.utterances);
    return [{ kind: 'speak', utterances: delivery.utterances }, comeBack(turn)];
  }
  const steps = ending(parts, call, delivery);
  handedOut(parts, call, turn);
  return steps;
}

/** The reply is complete. What made it is let go: calls are many, and most of a call's time is listening. */
function handedOut(parts: ConversationParts, call: Call, turn: Turn): void {
  finished(parts, call, { turn });
  call.turn = undefined;
  call.repliedTurn = { number: turn.number, stages: stagesOf(turn) };
}

/** On a trial call nobody comes back for the rest: what there is must do, or the built-in answerer. */
async function curtail(
  parts: ConversationParts,
  call: Call,
  { turn, delivery }: { turn: Turn; delivery: Exclude<Delivery, { kind: 'whole' }> },
): Promise<Step[]> {
  turn.controller.abort(new Error('a trial call cannot wait'));
  if (delivery.kind === 'part') {
    const steps = ending(parts, call, { ...delivery, ending: { kind: 'listen', mode: 'open' } });
    handedOut(parts, call, turn);
    return steps;
  }
  const builtIn = startTurn(parts, call, { settle: turn.settle, builtIn: true });
  call.turn = builtIn;
  const made = await deliver(parts, call, builtIn);
  if (call.turn !== builtIn) return [listen(call, 'open')];
  if (made.kind !== 'whole') return sayAndListen(parts, call, { texts: [ASK_AGAIN], mode: 'open' });
  const steps = ending(parts, call, made);
  handedOut(parts, call, builtIn);
  return steps;
}

function hold(parts: ConversationParts, call: Call, turn: Turn): Step[] {
  const { holding } = call.profile.phrases;
  const text = holding[call.holdings % holding.length] ?? '';
  if (turn.holdings < MAX_HOLDINGS) call.holdings += 1;
  turn.holdings += 1;
  const clip = parts.phraseClip(text);
  parts.log.info('speech_processing', { callSid: call.callSid, step: 'holding', data: { turn: turn.number } });
  return [{ kind: 'speak', utterances: [clip ? { text, clip } : { text }] }, comeBack(turn)];
}

function comeBack(turn: Turn): Step {
  turn.part += 1;
  return { kind: 'comeBack', turn: turn.number, part: turn.part };
}

function ending(
  parts: ConversationParts,
  call: Call,
  { utterances, ending: how }: { utterances: readonly Utterance[]; ending: Ending },
): Step[] {
  remember(parts, call, utterances);
  if (how.kind === 'hangUp') return [{ kind: 'speak', utterances }, { kind: 'hangUp' }];
  if (how.kind === 'record') return [{ kind: 'speak', utterances }, recordStep(call)];
  if (how.kind === 'transfer') return [{ kind: 'speak', utterances }, transferStep(call, how.number)];
  const listening = listen(call, how.mode, utterances);
  return how.mode === 'closing' ? [listening, { kind: 'hangUp' }] : [listening];
}

/** Records, without a word before it. */
export const recordStep = (call: Call): Step => ({ kind: 'record', turn: call.turnNumber });

/** The step of a transfer that has begun; our own number is shown to the person. */
export const transferStep = (call: Call, number: string): Step => ({
  kind: 'transfer',
  number,
  callerId: call.to ?? '',
  turn: call.turnNumber,
});

/** Listens for the call's next turn, with something said before or nothing. */
export const listen = (call: Call, mode: ListeningMode, utterances: readonly Utterance[] = []): Step => ({
  kind: 'listen',
  utterances,
  mode,
  turn: call.turnNumber + 1,
  hints: hintsOf(call.profile),
});

/** Says once more what was said last. */
export const repeatLast = (parts: ConversationParts, call: Call, mode: ListeningMode): Step[] =>
  ending(parts, call, { utterances: call.lastSaid, ending: { kind: 'listen', mode } });

/** Notes what is handed to the door now, so that it can be said again and is known where it was broken off. */
export function remember(parts: ConversationParts, call: Call, utterances: readonly Utterance[]): void {
  const at = parts.clock.now();
  call.handed = call.handed.concat(utterances.map((utterance) => handedAt(at, utterance)));
}

/** The caller has hung up or gone on; how long the beginning took is worth knowing where there was one. */
function brokenOff(parts: ConversationParts, call: Call, turn: Turn): void {
  if (turn.firstAudioMs !== undefined) finished(parts, call, { turn, step: 'broken off' });
}

interface Finished {
  turn: Turn;
  step?: 'complete' | 'broken off';
}

/** Tells of a turn's times: in the book, in the log and in the figures. */
function finished(parts: ConversationParts, call: Call, { turn, step = 'complete' }: Finished): void {
  if (turn.isTimed) return;
  turn.isTimed = true;
  const { firstAudioMs = 0, rung, part, number } = turn;
  const durationMs = parts.clock.now() - turn.startedAt;
  const { words = durationMs, clip = durationMs } = stagesOf(turn);
  const timing: TurnTiming = {
    callSid: call.callSid,
    turn: number,
    rung,
    firstWordsMs: Math.min(durationMs, words),
    firstClipMs: Math.min(durationMs, clip),
    firstAudioMs,
    wholeReplyMs: step === 'complete' ? durationMs : undefined,
    split: part > 0,
    leadMs: turn.leadMs,
  };
  parts.counts.turnAnswered(timing);
  const reply = call.handed.map(({ text }) => text).join(' ');
  parts.book.replied({
    ...timing,
    voice: parts.voice(call.profile).name,
    tokens: turn.tokens,
    unanswered: saysItDoesNotKnow(reply),
  });
  parts.log.info('speech_processing', {
    callSid: call.callSid,
    step,
    data: {
      turn: number,
      rung,
      first_words_ms: words,
      first_clip_ms: clip,
      first_audio_ms: firstAudioMs,
      split: part > 0,
      lead_ms: turn.leadMs,
    },
    durationMs,
  });
}
