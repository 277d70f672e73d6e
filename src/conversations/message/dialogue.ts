import { correction } from './correction';
import { wantsToCancel, saysGoodbye, asksBack, numberWithin, reasonIn, refuses } from './heard-phrases';
import { heardForOwnNumber, heardForReadBack, heardNumber } from './number-stages';
import { callableNumber, spokenNumber } from './phone-number';
import { ask, askAgain } from './prompts';
import { digitsIn } from './spoken-digits';
import { cleanName, nameInAnswer, nameInPassing } from './spoken-name';
import type { CallersMessage, DialogueStep, Heard, MessageSeed, MessageState } from './state';
import { abandon, finish, moveOn, passOn } from './transitions';

export type { CallersMessage, DialogueStep, Heard, MessageSeed, MessageState } from './state';

const MAX_MISSES = 2;
const MANY_DIGITS = 7;

/**
 * Begins to take a message. `seed` is what the caller has already said (or a model says they said); what is not
 * usable is asked for. `call.from` is the caller ID as the network gave it, `call.country` two capital letters; `call.opening` is said
 * first.
 */
export function beginMessage(
  seed: MessageSeed,
  call: { from: string | undefined; country: string; opening?: string },
): DialogueStep {
  const callerId = callableNumber(call.from, call.country);
  const number = callableNumber(seed.number, call.country);
  const name = cleanName(seed.name);
  const reason = seed.reason?.trim();
  const state: MessageState = {
    stage: 'reason',
    wanted: ['reason', 'name', 'number'],
    country: call.country,
    digits: '',
    misses: 0,
    refusals: 0,
    ...(callerId !== undefined && { callerId }),
    ...(number !== undefined && number !== callerId && { number }),
    ...(name !== undefined && { name }),
    ...(reason !== undefined && reason !== '' && { reason }),
  };
  return moveOn(state, call.opening ?? 'I will gladly take a message.');
}

/** The next step of the dialogue. Every input leads to one; after the end it stays ended. */
export function continueMessage(state: MessageState, heard: Heard): DialogueStep {
  if (state.stage === 'complete' || state.stage === 'abandoned') {
    return { state, say: '', mode: 'open', outcome: state.stage };
  }
  const speech = (heard.speech ?? '').trim();
  if (wantsToCancel(speech)) return abandon(state, "Alright, I won't take a message.");
  if (saysGoodbye(speech) && numberWithin(heard, state.country) === undefined) return finish(state);
  if (speech === '' && (heard.digits ?? '') === '' && heard.finishedOnKey !== true) return silence(state);
  return answered(state, { ...heard, speech });
}

/** The message as far as it is known; `number` is E.164, the caller's own if they gave no other. */
export function messageOf(state: MessageState): CallersMessage {
  return { name: state.name, number: state.number ?? state.callerId, reason: state.reason };
}

/** Whether an unfinished message (the caller hung up) holds anything worth writing down. */
export function worthKeeping(state: MessageState): boolean {
  return state.reason !== undefined || (state.name !== undefined && messageOf(state).number !== undefined);
}

/** The words that tell the caller the message is saved. To be said only once it is. */
export function confirmation({ name, number }: CallersMessage): string {
  const thanks = name === undefined ? 'Thank you.' : `Thank you, ${name}.`;
  const back = number === undefined ? '' : `, and somebody will call you back on ${spokenNumber(number)}`;
  return `${thanks} Your message is noted${back}.`;
}

/**
 * Later in the call: "actually, change my number to …". Returns the dialogue's next step, with everything else kept,
 * or undefined if the words are no correction of the message.
 */
export function correctMessage(state: MessageState, heard: Heard): DialogueStep | undefined {
  return state.stage === 'complete' ? correction(state, heard) : undefined;
}

/** Two gentle questions more, then what is there is kept. */
function silence(state: MessageState): DialogueStep {
  if (state.misses >= MAX_MISSES) return finish(state);
  return ask({ ...state, misses: state.misses + 1 }, state.misses === 0 ? 'Are you still there?' : 'Take your time.');
}

function answered(state: MessageState, heard: Heard & { speech: string }): DialogueStep {
  switch (state.stage) {
    case 'reason':
      return heardReason(state, heard);
    case 'name':
      return heardName(withNumberWithin(state, heard), heard.speech);
    case 'ownNumber':
      return heardForOwnNumber(state, heard);
    case 'readBack':
      return heardForReadBack(state, heard);
    default:
      return heardNumber(state, heard);
  }
}

function heardReason(state: MessageState, heard: Heard & { speech: string }): DialogueStep {
  const reason = reasonIn(heard.speech);
  const name = state.name ?? nameInPassing(heard.speech);
  const kept = { ...withNumberWithin(state, heard), ...(name !== undefined && { name }) };
  if (reason !== undefined) return moveOn({ ...kept, reason }, 'Thank you.');
  if (state.misses < MAX_MISSES) return askAgain(kept);
  return moveOn({ ...kept, wanted: kept.wanted.filter((wanted) => wanted !== 'reason') });
}

function heardName(state: MessageState, speech: string): DialogueStep {
  const withoutName = { ...state, wanted: state.wanted.filter((wanted) => wanted !== 'name') };
  if (refuses(speech)) return moveOn(withoutName, 'That is alright.');
  if (asksBack(speech)) return passOn(state, speech);
  const name = nameInAnswer(speech);
  if (name !== undefined) return moveOn({ ...state, name }, `Thank you, ${name}.`);
  if (digitsIn(speech).length >= MANY_DIGITS) return ask(state, 'Thank you for the number.');
  if (state.misses < MAX_MISSES) return askAgain(state);
  return moveOn(withoutName);
}

/** A number given before it was asked for is kept, and read back when its turn comes. */
function withNumberWithin(state: MessageState, heard: Heard): MessageState {
  const number = numberWithin(heard, state.country);
  return number === undefined ? state : { ...state, number };
}
