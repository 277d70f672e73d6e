import { randomUUID } from 'node:crypto';
import { sayAndListen } from './answering';
import { firstQuestion, takeAnswer, type Asking } from './asking-more';
import type { Call, MessageInHand } from './call';
import type { Draft, Ending } from './draft';
import {
  askOpenQuestion,
  beginMessage,
  confirmation,
  continueMessage,
  correctMessage,
  messageOf,
  worthKeeping,
  type CallersMessage,
  type DialogueStep,
  type MessageSeed,
} from './message/dialogue';
import type { ConversationParts } from './parts';
import type { TakenMessage } from './ports';
import type { Heard, Step } from './step';

const NOT_SAVED = "I'm sorry, I could not write your message down just now. Please call again in a few minutes.";
/** Asked when a message is done with; the answer is understood without a model. */
export const ANYTHING_ELSE = 'Is there anything else I can do for you?';
/** A disk that takes longer than this, in ms, has not saved anything as far as the caller is told. */
const SAVE_MS = 3_000;

const inHand = ({ state, mode }: DialogueStep, id: string = randomUUID()): MessageInHand => ({ id, state, mode });

/** Starts to take a message, after a few words that say why. */
export const beginTaking = (parts: ConversationParts, call: Call, opening: string): Promise<Step[]> =>
  beginTakingWith(parts, call, { opening, seed: {} });

/** The same with what the caller has told already. */
export function beginTakingWith(
  parts: ConversationParts,
  call: Call,
  { opening, seed }: { opening: string; seed: MessageSeed },
): Promise<Step[]> {
  const step = beginMessage(seed, { from: call.from, country: call.profile.country, opening });
  call.taking = inHand(step);
  return sayAndListen(parts, call, { texts: [step.say], mode: step.mode });
}

/** Starts to take a message at the end of a reply that is being made. Who has left one before is known by it. */
export function beginTakingWithin(call: Call, draft: Draft, seed: MessageSeed): Ending {
  const before = call.taken && messageOf(call.taken.state);
  const known = { ...seed, name: seed.name ?? before?.name, number: seed.number ?? before?.number };
  const step = beginMessage(known, { from: call.from, country: call.profile.country });
  call.taking = inHand(step);
  draft.say(step.say);
  return { kind: 'listen', mode: step.mode };
}

/** Goes on with the message that is being taken; `first` is said before. */
export function continueTaking(
  parts: ConversationParts,
  call: Call,
  { heard, first = '' }: { heard: Heard; first?: string },
): Promise<Step[]> {
  if (!call.taking) throw new Error('no message is being taken');
  const { id, state } = call.taking;
  const step = continueMessage(state, heard, (question) => parts.lookUp(question, call.profile));
  return follow(parts, call, { ...step, id, first });
}

/** Says something, then asks again what the message needs next; words `beside` an answer join the message. */
export function askOpenQuestionAfter(
  parts: ConversationParts,
  call: Call,
  { first, beside }: { first: string; beside?: string },
): Promise<Step[]> {
  if (!call.taking) throw new Error('no message is being taken');
  return follow(parts, call, { ...askOpenQuestion(call.taking.state, beside), id: call.taking.id, first });
}

/** Takes a caller up on a correction of the message just taken; undefined when the words are none. */
export function correctTaken(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> | undefined {
  const step = call.taken && correctMessage(call.taken.state, heard);
  return call.taken && step && follow(parts, call, { ...step, id: call.taken.id });
}

interface FollowedStep extends DialogueStep {
  id: string;
  /** Said before the step's own words. */
  first?: string;
}

async function follow(parts: ConversationParts, call: Call, step: FollowedStep): Promise<Step[]> {
  if (step.outcome === 'complete') return complete(parts, call, step);
  call.taking = inHand(step, step.id);
  if (!step.outcome) return sayAndListen(parts, call, { texts: [words(step.first, step.say)], mode: step.mode });
  if (step.outcome === 'unchanged' && step.goodbye) await keepPartial(parts, call);
  call.taking = undefined;
  return endWith(parts, call, { ...step, say: step.goodbye ? '' : words(step.first, step.say) });
}

const words = (...texts: (string | undefined)[]) => texts.filter(Boolean).join(' ');

/** After a message: on to something else, or the goodbye of a caller who is leaving or at a limit. */
function endWith(
  parts: ConversationParts,
  call: Call,
  { goodbye, say }: Pick<DialogueStep, 'goodbye' | 'say'>,
): Promise<Step[]> {
  const ends = goodbye === true || call.limited !== undefined;
  const texts = [say, ends ? call.profile.phrases.goodbye : ANYTHING_ELSE].filter((each) => each !== '');
  return sayAndListen(parts, call, { texts, mode: ends ? 'hangUp' : 'open' });
}

/**
 * Writes down what there is of a message whose caller has hung up. False when there was nothing, it failed, or a
 * person has heard the caller instead.
 */
export async function keepPartial(parts: ConversationParts, call: Call): Promise<boolean> {
  await saveAgain(parts, call);
  const { taking } = call;
  if (!taking || call.transfer?.accepted || !worthKeeping(taking.state)) return false;
  call.taking = undefined;
  return saveWithin(parts, call, {
    ...messageOf(taking.state),
    id: taking.id,
    partial: taking.state.saved === undefined,
  });
}

/** A message that could not be written down when it was complete is tried once more. */
async function saveAgain(parts: ConversationParts, call: Call): Promise<void> {
  const { taken } = call;
  if (!taken?.state.unsaved) return;
  call.taken = undefined;
  await saveWithin(parts, call, { ...messageOf(taken.state), id: taken.id, partial: false });
}

/** Saves first, confirms afterwards: what a caller is told is true. */
async function complete(parts: ConversationParts, call: Call, step: FollowedStep): Promise<Step[]> {
  const message = messageOf(step.state);
  call.taking = undefined;
  const saved = await saveWithin(parts, call, { ...message, id: step.id, partial: false });
  if (call.taken?.id !== step.id) await saveAgain(parts, call);
  const { unsaved, ...state } = step.state;
  call.taken = inHand({ ...step, state: saved ? state : { ...state, unsaved: true } }, step.id);
  if (!saved) return sayAndListen(parts, call, { texts: [NOT_SAVED], mode: 'open' });
  parts.counts.messageTaken();
  const questions = call.trial || step.goodbye ? [] : (call.profile.messages?.ask ?? []);
  if (questions.length > 0) return askFirst(parts, call, questions);
  return endWith(parts, call, { ...step, say: words(step.first, confirmation(message, call.profile.country)) });
}

/** The owner's own questions come once the message is safe; their answers are added to it. */
function askFirst(parts: ConversationParts, call: Call, questions: readonly string[]): Promise<Step[]> {
  call.asking = { questions, answers: [] };
  return sayAndListen(parts, call, { texts: [firstQuestion(call.asking)], mode: 'open' });
}

/** Takes the answer to one of the owner's questions, and asks on. */
export async function continueAsking(
  parts: ConversationParts,
  call: Call,
  { asking, taken, heard }: { asking: Asking; taken: MessageInHand; heard: Heard },
): Promise<Step[]> {
  const { questions, answers, leaving, say, mode, confirming } = takeAnswer(asking, heard);
  const message = messageOf(taken.state);
  call.asking = undefined;
  if (answers !== asking.answers) await saveWithin(parts, call, { ...message, id: taken.id, partial: false, answers });
  const [next] = questions;
  if (say !== undefined && mode) {
    call.asking = { questions, answers, ...(confirming ? { confirming } : {}) };
    return sayAndListen(parts, call, { texts: [say], mode });
  }
  if (next !== undefined && !leaving) {
    call.asking = { questions, answers };
    return sayAndListen(parts, call, { texts: [next], mode: 'open' });
  }
  return endWith(parts, call, {
    say: confirmation(message, call.profile.country),
    ...(leaving ? { goodbye: true } : {}),
  });
}

/** Writes a message down; false when that failed or took too long. */
export async function saveWithin(
  { saveMessage, clock, log }: ConversationParts,
  call: Call,
  message: CallersMessage & Pick<TakenMessage, 'id' | 'partial' | 'answers' | 'voicemail'>,
): Promise<boolean> {
  const takenAt = new Date(clock.now()).toISOString();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not saved within ${SAVE_MS} ms`)), SAVE_MS);
  });
  try {
    const test = call.test ? { test: true as const } : {};
    const saving = saveMessage({ ...message, ...test, callSid: call.callSid, from: call.from, takenAt });
    await Promise.race([saving, tooLate]);
    log.info('decision', {
      callSid: call.callSid,
      step: 'message saved',
      data: { message_id: message.id, partial: message.partial },
    });
    return true;
  } catch (error) {
    log.error('decision', { callSid: call.callSid, step: 'message not saved', data: { reason: String(error) } });
    return false;
  } finally {
    clearTimeout(timer);
  }
}
