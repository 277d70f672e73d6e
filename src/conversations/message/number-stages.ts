import { asksBack, meansOwnNumber, numberWithin, plain, refuses } from './heard-phrases';
import { checkNumber, isNorthAmerican, spokenNumber } from './phone-number';
import { ask, askAgain, goOn, incomplete } from './prompts';
import { readBack } from './read-back';
import { digitsIn } from './spoken-digits';
import type { DialogueStep, Heard, MessageState } from './state';
import { finish, numberSettled, passOn } from './transitions';
import { yesOrNo } from './yes-no';

const MAX_MISSES = 2;
const MAX_REFUSALS = 3;
const LOCAL_DIGITS = 7;
const ASKS_WHICH = /\b(what|which)('s| is)? .*number\b/;
const ALL_SAID = /\b(that's|that is) (it|all|the (whole )?number|everything)\b/;
const TAIL = /\b(ends?|ending|last|finish(es)?|at the end)\b/;
const HEAD = /\b(area code|starts?|begins?|beginning|first)\b/;
/** "The last four digits are": the four is not a digit of the number. */
const COUNTING = /\b(last|first) (two|three|four|five|[2-5])( digits| numbers)?\b/gi;

/** The answer to "Shall we call you back on the number ending in …?" */
export function heardForOwnNumber(state: MessageState, heard: Heard): DialogueStep {
  const speech = heard.speech ?? '';
  const answer = meansOwnNumber(speech) && !/\b(not|don't|different|another)\b/i.test(speech) ? 'yes' : yesOrNo(heard);
  if (numberWithin(heard, state.country) !== undefined) return heardNumber(state, heard);
  if (answer === 'yes') return useOwnNumber(state);
  if (ASKS_WHICH.test(plain(speech))) {
    return ask(state, `The number I see is ${spokenNumber(state.callerId ?? '', state.country)}.`);
  }
  if (asksBack(speech)) return passOn(state, speech);
  if ((heard.digits ?? '').length > 1 || digitsIn(speech).length > 2) return heardNumber(state, heard);
  if (answer === 'no') return ask({ ...state, stage: 'number', misses: 0 }, 'Alright.');
  return state.misses < MAX_MISSES ? askAgain(state) : useOwnNumber(state);
}

/** Digits for the number, whole or a part of it. */
export function heardNumber(state: MessageState, heard: Heard): DialogueStep {
  const speech = heard.speech ?? '';
  const here: MessageState = { ...state, stage: 'number' };
  const within = numberWithin(heard, state.country);
  const chunk = heard.digits !== undefined && heard.digits !== '' ? heard.digits.replace(/\D/g, '') : digitsIn(speech);
  if (chunk === '') return heardNoDigits(here, heard);
  const joined = here.digits + chunk;
  const check = checkNumber(joined, state.country);
  if (check.kind === 'complete') return readBackNumber(here, check.number, joined);
  if (within !== undefined) return readBackNumber(here, within, chunk);
  if (check.kind === 'tooLong') {
    return ask({ ...here, digits: '' }, `I heard ${readBack(joined)}, and that is too long. Let us begin again.`);
  }
  const more = { ...here, digits: joined, misses: 0 };
  return saidAll(heard) ? partIsMissing(more) : incomplete(more);
}

/** The answer to a number read back: agreed, refused, replaced, or corrected at one end. */
export function heardForReadBack(state: MessageState, heard: Heard): DialogueStep {
  const speech = heard.speech ?? '';
  const answer = yesOrNo(heard);
  const within = numberWithin(heard, state.country);
  if (within !== undefined) {
    return within === state.number && answer !== 'no' ? numberSettled(state) : readBackNumber(state, within, '');
  }
  const typed = heard.digits !== undefined && heard.digits.length > 1 ? heard.digits : '';
  const chunk = typed === '' ? digitsIn(speech.replace(COUNTING, (text) => text.split(' ')[0] ?? '')) : typed;
  if (chunk !== '' && answer !== 'yes' && heard.digits !== '2')
    return correctedDigits(state, { chunk, speech, answer });
  if (answer === 'yes') return numberSettled(state);
  if (answer === 'no') return refused(state);
  if (asksBack(speech)) return passOn(state, speech);
  return state.misses < MAX_MISSES ? askAgain(state) : numberSettled(state);
}

interface Corrected {
  chunk: string;
  speech: string;
  answer: 'yes' | 'no' | undefined;
}

function correctedDigits(state: MessageState, { chunk, speech, answer }: Corrected): DialogueStep {
  const number = state.number ?? '';
  const said = plain(speech);
  const national = number.length - (isNorthAmerican(state.country) ? 2 : 0);
  const ends = TAIL.test(said) && chunk.length < national ? number.slice(0, -chunk.length) + chunk : undefined;
  const begins =
    HEAD.test(said) && number.startsWith('+1') && chunk.length < 10
      ? `+1${chunk}${number.slice(2 + chunk.length)}`
      : undefined;
  const continued = answer === undefined ? state.digits + chunk : '';
  for (const candidate of [ends, begins, continued]) {
    const check = checkNumber(candidate ?? '', state.country);
    if (check.kind === 'complete') return readBackNumber(state, check.number, candidate ?? '');
  }
  return heardNumber({ ...withoutNumber(state), digits: '' }, { digits: chunk });
}

function refused(state: MessageState): DialogueStep {
  const refusals = state.refusals + 1;
  if (refusals >= MAX_REFUSALS) return finish(withoutNumber(state));
  const again: MessageState = { ...withoutNumber(state), stage: 'number', digits: '', misses: 0, refusals };
  return ask(again, "I'm sorry. Let us try again.");
}

function heardNoDigits(state: MessageState, heard: Heard): DialogueStep {
  const speech = heard.speech ?? '';
  if (meansOwnNumber(speech) && state.callerId !== undefined) return useOwnNumber(state);
  if (refuses(speech)) return numberSettled(withoutCallerId(state));
  if (asksBack(speech)) return passOn(state, speech);
  if (state.digits !== '' && saidAll(heard)) return partIsMissing(state);
  return state.misses < MAX_MISSES ? askAgain(state) : finish(state);
}

/** "That's it", or the hash key, before the number is whole. */
function partIsMissing(state: MessageState): DialogueStep {
  const heard = `I have only ${readBack(state.digits)}.`;
  if (state.misses >= MAX_MISSES) return finish(state);
  const again = { ...state, misses: state.misses + 1, digits: '' };
  const areaCode = isNorthAmerican(state.country) && state.digits.length === LOCAL_DIGITS;
  const ask = areaCode ? 'Please say the whole number with the area code.' : 'Please say the whole number once more.';
  return goOn(again, `${heard} ${ask}`);
}

function readBackNumber(state: MessageState, number: string, digits: string): DialogueStep {
  return ask({ ...state, stage: 'readBack', number, digits, misses: 0 });
}

function useOwnNumber(state: MessageState): DialogueStep {
  return numberSettled(state.callerId === undefined ? state : { ...state, number: state.callerId });
}

function saidAll(heard: Heard): boolean {
  return heard.finishedOnKey === true || ALL_SAID.test(plain(heard.speech ?? ''));
}

function withoutNumber(state: MessageState): MessageState {
  const rest = { ...state };
  delete rest.number;
  return rest;
}

function withoutCallerId(state: MessageState): MessageState {
  const rest = { ...state };
  delete rest.callerId;
  return rest;
}
