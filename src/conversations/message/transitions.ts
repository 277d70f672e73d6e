import { ask } from './prompts';
import type { DialogueStep, MessageState, Stage } from './state';

/** On to what is still missing, or to the end. `first` is said before the next question. */
export function moveOn(state: MessageState, first = ''): DialogueStep {
  const wanted = state.wanted.filter((each) => each === 'number' || state[each] === undefined);
  const [next] = wanted;
  if (next === undefined) return finish({ ...state, wanted });
  const stage: Stage = next === 'number' ? numberStage(state) : next;
  return ask({ ...state, wanted, stage, misses: 0 }, first);
}

/** The number is settled (or given up): the last question is answered. */
export function numberSettled(state: MessageState): DialogueStep {
  return moveOn({ ...state, wanted: state.wanted.filter((each) => each !== 'number') });
}

/** Ends with what is there: complete if somebody could act on it, else abandoned. */
export function finish(state: MessageState): DialogueStep {
  const number = state.number ?? state.callerId;
  const enough = state.reason !== undefined || (state.name !== undefined && number !== undefined);
  if (!enough) return abandon(state, "I'm sorry, I have not been able to take a message.");
  const complete = { ...state, stage: 'complete' as const, misses: 0, ...(number !== undefined && { number }) };
  return { state: complete, say: '', mode: 'open', outcome: 'complete' };
}

/** Ends without a message. */
export function abandon(state: MessageState, first: string): DialogueStep {
  const say = `${first} Is there anything else I can help you with?`;
  return { state: { ...state, stage: 'abandoned' }, say, mode: 'open', outcome: 'abandoned' };
}

/** A question asked in the middle joins the message, and the dialogue goes on where it was. */
export function passOn(state: MessageState, speech: string): DialogueStep {
  const reason = state.reason === undefined ? speech : `${state.reason}; ${speech}`;
  return ask({ ...state, reason: reason.slice(0, 1000) }, 'I will pass that question on.');
}

function numberStage(state: MessageState): Stage {
  if (state.number !== undefined) return 'readBack';
  return state.callerId === undefined ? 'number' : 'ownNumber';
}
