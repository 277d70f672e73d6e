import { isNorthAmerican, lacksAreaCode, spokenNumber } from './phone-number';
import { readBack, spaced } from './read-back';
import type { DialogueStep, MessageState, Stage } from './state';

const MODES: Record<Stage, DialogueStep['mode']> = {
  reason: 'open',
  name: 'open',
  ownNumber: 'yesNo',
  number: 'dictating',
  readBack: 'yesNo',
  complete: 'open',
  abandoned: 'open',
};

/** The step that asks the question the state stands at, after some words of answer. */
export function ask(state: MessageState, first = ''): DialogueStep {
  return { state, say: `${first} ${question(state)}`.trim(), mode: MODES[state.stage] };
}

/** The step that waits for more of the same, with words that are not the full question. */
export function goOn(state: MessageState, say: string): DialogueStep {
  return { state, say, mode: MODES[state.stage] };
}

/** The same, or how far a number is that is already being said. */
export function askOrGoOn(state: MessageState, first = ''): DialogueStep {
  return state.stage === 'number' && state.digits !== '' ? incomplete(state, first) : ask(state, first);
}

/** The question again, in other words the second time. */
export function askAgain(state: MessageState): DialogueStep {
  const again = { ...state, misses: state.misses + 1 };
  const first = state.misses === 0 ? "I'm sorry, I didn't catch that." : 'Let me ask once more.';
  return ask(again, first);
}

/** The digits heard so far, and the invitation to continue, or to name the area code that is missing. */
export function incomplete(state: MessageState, first = ''): DialogueStep {
  const next = lacksAreaCode(state.digits, state.country) ? 'What is the area code?' : 'Please go on.';
  return goOn(state, `${first} I have ${readBack(state.digits)}. ${next}`.trim());
}

function question(state: MessageState): string {
  switch (state.stage) {
    case 'reason':
      return 'What is your message about?';
    case 'name':
      return state.misses === 0 ? 'May I have your name, please?' : 'Please say just your name.';
    case 'ownNumber':
      return `Shall we call you back on the number ending in ${spaced((state.callerId ?? '').slice(-3))}?`;
    case 'number':
      return howToGiveANumber(state);
    case 'readBack':
      return `${spokenNumber(state.number ?? '', state.country)}. Is that right?`;
    default:
      return '';
  }
}

function howToGiveANumber({ country, misses, refusals }: MessageState): string {
  const key = isNorthAmerican(country) ? 'pound' : 'hash';
  if (misses + refusals > 1) return `Please type the number on your keypad, then press the ${key} key.`;
  return (
    'What number can we reach you on, with the area code? ' +
    `You can type it and press the ${key} key, or say it digit by digit.`
  );
}
