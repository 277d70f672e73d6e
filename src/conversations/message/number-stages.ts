import { plainWords } from '../../common/plain-words';
import { asksBack, meansOwnNumber, numberWithin, refuses } from './heard-phrases';
import { finish, withWords } from './outcome';
import { checkNumber, isNorthAmerican, joinDigits, spokenNumber } from './phone-number';
import { ask, askAgain, goOn, incomplete } from './prompts';
import { readBack } from './read-back';
import { wordsBeside } from './reason';
import { digitsIn } from './spoken-digits';
import type { DialogueStep, Heard, MessageState } from './state';
import { goWithout, numberSettled, passOn } from './transitions';
import { yesOrNo } from './yes-no';

const MAX_MISSES = 2;
const MAX_REFUSALS = 3;
const ANOTHER = /\b(not|don't|different|another)\b/;
const CALLING_FROM = /\b(calling|phoning|ringing) (you )?from\b/i;
const ALL_SAID = /\b(that's|that is) (it|all|the (whole )?number|everything)\b/;
const TAIL = /\b(ends?|ending|last|finish(es)?|at the end)\b/;
const HEAD = /\b(area code|starts?|begins?|beginning|first)\b/;
/** "The last four digits are": the four is not a digit of the number. */
const COUNTING = /\b(last|first) (two|three|four|five|[2-5])( digits| numbers)?\b/gi;

/** The caller asks which number is meant by the one offered. */
export const asksWhichNumber = (speech: string): boolean =>
  /\b(what|which)('s| is)? .*number\b/.test(plainWords(speech));

/** The answer to "Shall we call you back on the number ending in …?" */
export function heardForOwnNumber(state: MessageState, heard: Heard): DialogueStep {
  const speech = heard.speech ?? '';
  const wantsIt = meansOwnNumber(speech) && !ANOTHER.test(plainWords(speech));
  const answer = wantsIt ? 'yes' : yesOrNo(heard);
  if (numberWithin(heard, state.country) !== undefined) return heardNumber(withoutOwnNumber(state), heard);
  if (answer === 'yes') return useOwnNumber(withWords(state, wordsBeside(speech)));
  if (asksWhichNumber(speech)) {
    return ask(state, `The number I see is ${spokenNumber(state.callerId ?? '', state.country)}.`);
  }
  if (asksBack(speech)) return passOn(state, speech);
  if ((heard.digits ?? '').length > 1 || digitsIn(speech).length > 2)
    return heardNumber(withoutOwnNumber(state), heard);
  if (answer === 'no') {
    const refused = withWords(withoutOwnNumber(state), wordsBeside(speech));
    return ask({ ...refused, stage: 'number', misses: 0 }, 'Alright.');
  }
  return state.misses < MAX_MISSES ? askAgain(state) : useOwnNumber(state);
}

/** Digits for the number, whole or a part of it. */
export function heardNumber(state: MessageState, heard: Heard): DialogueStep {
  const speech = heard.speech ?? '';
  const typed = (heard.digits ?? '').replace(/\D/g, '');
  const chunk = typed === '' ? digitsIn(speech) : typed;
  if (chunk === '') return heardNoDigits({ ...state, stage: 'number' }, heard);
  const here: MessageState = { ...withWords(state, wordsBeside(speech)), stage: 'number' };
  const digits = joinDigits(here.digits, chunk, here.country);
  const check = checkNumber(digits, here.country);
  if (check.kind === 'complete') return readBackNumber(here, check.number, digits);
  const within = numberWithin(heard, here.country);
  if (within !== undefined) return readBackNumber(here, within, chunk);
  if (check.kind === 'tooLong') {
    const again = { ...here, digits: '', unconfirmed: digits };
    return ask(again, `I heard ${readBack(digits)}, and that is too long. Let us begin again.`);
  }
  return saidAll(heard) ? partIsMissing({ ...here, digits }) : incomplete({ ...here, digits, misses: 0 });
}

/** The answer to a number read back: agreed, refused, replaced, or corrected at one end. */
export function heardForReadBack(state: MessageState, heard: Heard): DialogueStep {
  const speech = heard.speech ?? '';
  const answer = yesOrNo(heard);
  const within = numberWithin(heard, state.country);
  const more = (to: MessageState) => withWords(to, wordsBeside(speech));
  if (within !== undefined) {
    return within === state.number && answer !== 'no'
      ? numberSettled(more(state))
      : readBackNumber(more(state), within, '');
  }
  if (answer !== 'yes' && CALLING_FROM.test(speech) && state.callerId !== undefined) return useOwnNumber(state);
  if (answer === 'yes') return numberSettled(more(state));
  if (correctingDigits(heard) !== '' && heard.digits !== '2') return heardCorrection(more(state), heard);
  if (answer === 'no') return refused(more(state));
  if (asksBack(speech)) return passOn(state, speech);
  return state.misses < MAX_MISSES ? askAgain(state) : numberSettled(state);
}

/** Whether words say which end of a number is meant. */
export const namesAnEnd = (speech: string): boolean => TAIL.test(plainWords(speech)) || HEAD.test(plainWords(speech));

/** The digits in a correction; none in a single key, which is an answer. */
export function correctingDigits({ speech = '', digits = '' }: Heard): string {
  return digits.length > 1 ? digits : digitsIn(speech.replace(COUNTING, (text) => text.split(' ')[0] ?? ''));
}

/** Digits that correct one end of the state's number, or that begin it anew. */
export function heardCorrection(state: MessageState, heard: Heard): DialogueStep {
  const chunk = correctingDigits(heard);
  const number = state.number ?? '';
  const said = plainWords(heard.speech ?? '');
  const national = number.length - (isNorthAmerican(state.country) ? 2 : 0);
  const ends = TAIL.test(said) && chunk.length < national ? number.slice(0, -chunk.length) + chunk : undefined;
  const begins =
    HEAD.test(said) && number.startsWith('+1') && chunk.length < 10
      ? `+1${chunk}${number.slice(2 + chunk.length)}`
      : undefined;
  const continued = yesOrNo(heard) === undefined ? state.digits + chunk : '';
  for (const candidate of [ends, begins, continued]) {
    const check = checkNumber(candidate ?? '', state.country);
    if (check.kind === 'complete') return readBackNumber(state, check.number, candidate ?? '');
  }
  return heardNumber({ ...withoutNumber(state), digits: '' }, { digits: chunk });
}

function refused(state: MessageState): DialogueStep {
  const refusals = state.refusals + 1;
  const { unconfirmed = '', digits } = state;
  const again: MessageState = {
    ...withoutNumber(state),
    digits: '',
    unconfirmed: digits === '' ? unconfirmed : digits,
    misses: 0,
    refusals,
  };
  if (refusals < MAX_REFUSALS) return ask({ ...again, stage: 'number' }, "I'm sorry. Let us try again.");
  const mayOfferOwn = again.callerId !== undefined && !again.ownRefused && !again.saved;
  return mayOfferOwn ? ask({ ...again, stage: 'ownNumber' }, "I'm sorry.") : finish(again);
}

function heardNoDigits(state: MessageState, heard: Heard): DialogueStep {
  const speech = heard.speech ?? '';
  if (meansOwnNumber(speech) && state.callerId !== undefined) return useOwnNumber(state);
  if (refuses(speech)) return goWithout(withoutOwnNumber(withoutNumber(state)), 'number');
  if (asksBack(speech)) return passOn(state, speech);
  if (state.digits !== '' && saidAll(heard)) return partIsMissing(state);
  return state.misses < MAX_MISSES ? askAgain(state) : finish(state);
}

/** "That's it", or the hash key, before the number is whole: once it goes on, then it begins anew. */
function partIsMissing(state: MessageState): DialogueStep {
  const missed = { ...state, misses: state.misses + 1 };
  if (state.misses === 0) return incomplete(missed);
  if (state.misses >= MAX_MISSES) return finish(state);
  const heard = `I have only ${readBack(state.digits)}.`;
  const again = { ...missed, digits: '', unconfirmed: state.digits };
  return goOn(again, `${heard} Please say the whole number once more, with the area code.`);
}

function readBackNumber(state: MessageState, number: string, digits: string): DialogueStep {
  return ask({ ...state, stage: 'readBack', number, digits, misses: 0 });
}

function useOwnNumber(state: MessageState): DialogueStep {
  const { callerId } = state;
  if (callerId === undefined) return numberSettled(state);
  const agreed = { ...state, number: callerId };
  delete agreed.ownRefused;
  return numberSettled(agreed);
}

function saidAll(heard: Heard): boolean {
  return heard.finishedOnKey === true || ALL_SAID.test(plainWords(heard.speech ?? ''));
}

function withoutNumber(state: MessageState): MessageState {
  const rest = { ...state };
  delete rest.number;
  return rest;
}

const withoutOwnNumber = (state: MessageState): MessageState => ({ ...state, ownRefused: true });
