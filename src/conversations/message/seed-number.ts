import { apartFromExtension } from './extension';
import { numberWithin } from './heard-phrases';
import { checkNumber } from './phone-number';
import { digitsIn } from './spoken-digits';
import type { MessageState } from './state';

const FEWEST_DIGITS = 3;

/**
 * The state of a message that begins with a number, as a model or the caller wrote it: a whole one is to be read back,
 * a part of one to be gone on with. An extension joins the message.
 */
export function numberInSeed(state: MessageState, seed: string): MessageState {
  const { rest, extension } = apartFromExtension(seed);
  const extended = extension === undefined ? state : beside(state, extension);
  const number = numberWithin({ speech: rest }, state.country);
  if (number !== undefined) return number === state.callerId ? extended : { ...extended, number };
  const digits = digitsIn(rest).replace('+', '');
  if (digits.length < FEWEST_DIGITS) return extended;
  const part = checkNumber(digits, state.country).kind === 'incomplete' ? { digits } : { unconfirmed: digits };
  return { ...extended, ...part, ownRefused: true };
}

/** It does not stand for what the message is about, which is still asked for. */
function beside(state: MessageState, words: string): MessageState {
  const key = state.reason === undefined ? 'opening' : 'reason';
  return { ...state, [key]: [state[key], words].filter((each) => each !== undefined).join('; ') };
}
