import { complete, unchanged, withWords } from './outcome';
import { ask, askOrGoOn } from './prompts';
import type { DialogueStep, MessageState, Stage } from './state';

/** On to what is still missing, or to the end. `first` is said before the next question. */
export function moveOn(state: MessageState, first = ''): DialogueStep {
  const wanted = state.wanted.filter((each) => each === 'number' || state[each] === undefined);
  const [next] = wanted;
  if (next === undefined) return complete({ ...state, wanted });
  const stage: Stage = next === 'number' ? numberStage(state) : next;
  return askOrGoOn({ ...state, wanted, stage, misses: 0 }, first);
}

/** On without what was asked for last. A correction without it is none. */
export function goWithout(state: MessageState, asked: MessageState['wanted'][number], first = ''): DialogueStep {
  if (state.saved) return unchanged(state);
  return moveOn({ ...state, wanted: state.wanted.filter((each) => each !== asked) }, first);
}

/** The number is settled: the last question is answered. */
export function numberSettled(state: MessageState): DialogueStep {
  return moveOn({ ...state, wanted: state.wanted.filter((each) => each !== 'number') });
}

/** A question asked in the middle joins the message, and the dialogue goes on where it was. */
export function passOn(state: MessageState, speech: string): DialogueStep {
  return ask(withWords(state, speech), 'I will pass that question on.');
}

/** The caller wants no call: no number is asked for, and the message says so in their own words. */
export function withoutCall(state: MessageState, speech: string): DialogueStep {
  const callless: MessageState = { ...withWords(state, speech.trim()), digits: '', ownRefused: true };
  delete callless.number;
  delete callless.unconfirmed;
  return numberSettled(callless);
}

function numberStage(state: MessageState): Stage {
  if (state.number !== undefined) return 'readBack';
  return state.callerId === undefined || state.ownRefused ? 'number' : 'ownNumber';
}
