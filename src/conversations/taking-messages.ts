import { randomUUID } from 'node:crypto';
import { sayAndListen } from './answering';
import type { Call, MessageInHand } from './call';
import type { Draft, Ending } from './draft';
import {
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
import type { Heard, Step } from './step';

const NOT_SAVED = "I'm sorry, I could not write your message down just now. Please call again in a few minutes.";
const ANYTHING_ELSE = 'Is there anything else I can do for you?';
/** A disk that takes longer than this, in ms, has not saved anything as far as the caller is told. */
const SAVE_MS = 3_000;

const inHand = ({ state, mode }: DialogueStep, id: string = randomUUID()): MessageInHand => ({ id, state, mode });

/** Starts to take a message, after a few words that say why. */
export function beginTaking(parts: ConversationParts, call: Call, opening: string): Promise<Step[]> {
  const step = beginMessage({}, { from: call.from, country: call.profile.country, opening });
  call.taking = inHand(step);
  return sayAndListen(parts, call, { texts: [step.say], mode: step.mode });
}

/** Starts to take a message at the end of a reply that is being made. */
export function beginTakingWithin(call: Call, draft: Draft, seed: MessageSeed): Ending {
  const step = beginMessage(seed, { from: call.from, country: call.profile.country });
  call.taking = inHand(step);
  draft.say(step.say);
  return { kind: 'listen', mode: step.mode };
}

/** Goes on with the message that is being taken. */
export function continueTaking(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> {
  if (!call.taking) throw new Error('no message is being taken');
  return follow(parts, call, inHandAfter(call.taking.id, continueMessage(call.taking.state, heard)));
}

/** Takes a caller up on a correction of the message just taken; undefined when the words are none. */
export function correctTaken(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> | undefined {
  const step = call.taken && correctMessage(call.taken.state, heard);
  if (!call.taken || !step) return undefined;
  return follow(parts, call, inHandAfter(call.taken.id, step));
}

interface FollowedStep extends DialogueStep {
  id: string;
}

const inHandAfter = (id: string, step: DialogueStep): FollowedStep => ({ ...step, id });

function follow(parts: ConversationParts, call: Call, step: FollowedStep): Promise<Step[]> {
  if (step.outcome === 'complete') return complete(parts, call, inHand(step, step.id));
  call.taking = step.outcome === 'abandoned' ? undefined : inHand(step, step.id);
  return sayAndListen(parts, call, { texts: [step.say], mode: step.mode });
}

/** Writes down what there is of a message whose caller has hung up. */
export function keepPartial(parts: ConversationParts, call: Call): void {
  const { taking } = call;
  if (!taking || !worthKeeping(taking.state)) return;
  call.taking = undefined;
  void saveWithin(parts, call, { ...messageOf(taking.state), id: taking.id, partial: true });
}

/** Saves first, confirms afterwards: what a caller is told is true. */
async function complete(parts: ConversationParts, call: Call, done: MessageInHand): Promise<Step[]> {
  const message = messageOf(done.state);
  const saved = await saveWithin(parts, call, { ...message, id: done.id, partial: false });
  if (!saved) {
    call.taking = undefined;
    return sayAndListen(parts, call, { texts: [NOT_SAVED], mode: 'open' });
  }
  call.taking = undefined;
  call.taken = done;
  parts.counts.messageTaken();
  return sayAndListen(parts, call, { texts: [confirmation(message), ANYTHING_ELSE], mode: 'open' });
}

async function saveWithin(
  { saveMessage, clock, log }: ConversationParts,
  call: Call,
  message: CallersMessage & { id: string; partial: boolean },
): Promise<boolean> {
  const takenAt = new Date(clock.now()).toISOString();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not saved within ${SAVE_MS} ms`)), SAVE_MS);
  });
  try {
    const saving = saveMessage({ ...message, callSid: call.callSid, from: call.from, takenAt });
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
