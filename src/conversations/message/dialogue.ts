import { callsAgain, isFarewell, isLeaving } from '../farewell';
import { correction } from './correction';
import { heardApart } from './extension';
import {
  asksBack,
  asksToRepeat,
  asksThem,
  asksWhetherHeard,
  meansOwnNumber,
  numberWithin,
  refuses,
  wantsToCancel,
} from './heard-phrases';
import { asksWhichNumber, heardForOwnNumber, heardForReadBack, heardNumber } from './number-stages';
import { abandon, finish, unchanged, withWords } from './outcome';
import { wantsNoCall } from './no-call';
import { callableNumber, spokenNumber } from './phone-number';
import { ask, askAgain, askOrGoOn } from './prompts';
import { reasonIn, wishWorthKeeping, wordsBeside } from './reason';
import { digitsIn } from './spoken-digits';
import { apartFromSpelling } from './spelled-name';
import { cleanName, nameInAnswer, nameInPassing } from './spoken-name';
import type { CallersMessage, DialogueStep, Heard, MessageSeed, MessageState } from './state';
import { numberInSeed } from './seed-number';
import { goWithout, moveOn, passOn, withoutCall } from './transitions';
import { yesOrNo } from './yes-no';

export { messageOf, worthKeeping } from './outcome';
export type { CallersMessage, DialogueStep, Heard, MessageSeed, MessageState } from './state';

const MAX_MISSES = 2;
const MANY_DIGITS = 7;

/** The answer to a question a caller asks in between, if there is one. */
export type AnswerTo = (question: string) => string | undefined;

/**
 * Begins to take a message. `seed` is what the caller has already said (or a model says they said); what is not
 * usable is asked for. `call.from` is the caller ID as the network gave it, `call.country` two capital letters;
 * `call.opening` is said first.
 */
export function beginMessage(
  seed: MessageSeed,
  call: { from: string | undefined; country: string; opening?: string },
): DialogueStep {
  const callerId = callableNumber(call.from, call.country);
  const name = cleanName(seed.name);
  const reason = seed.reason?.trim();
  const opening = reason ? undefined : wishWorthKeeping(seed.words ?? '');
  const state: MessageState = {
    stage: 'reason',
    wanted: ['reason', 'name', 'number'],
    country: call.country,
    digits: '',
    misses: 0,
    refusals: 0,
    ...(callerId !== undefined && { callerId }),
    ...(name !== undefined && { name }),
    ...(opening !== undefined && { opening }),
    ...(reason && { reason }),
  };
  return moveOn(numberInSeed(state, seed.number ?? ''), call.opening ?? 'I will gladly take a message.');
}

/**
 * The next step of the dialogue. Every input leads to one; after the end it stays ended. A question in between is
 * answered if `answerTo` can, else it joins the message.
 */
export function continueMessage(state: MessageState, heard: Heard, answerTo: AnswerTo = () => undefined): DialogueStep {
  if (state.stage === 'complete' || state.stage === 'abandoned') {
    return { state, say: '', mode: 'open', outcome: state.stage };
  }
  const speech = (heard.speech ?? '').trim();
  const step = nextStep(state, { ...heard, speech }, answerTo);
  if (!isLeaving(speech)) return step;
  return { ...(step.outcome ? step : finish(step.state)), goodbye: true };
}

/** Asks the open question again; words `beside` an answer are kept. */
export const askOpenQuestion = (state: MessageState, beside?: string): DialogueStep => ask(withWords(state, beside));

/** The words that tell the caller the message is saved. To be said only once it is. */
export function confirmation({ name, number }: CallersMessage, country: string): string {
  const thanks = name === undefined ? 'Thank you.' : `Thank you, ${name}.`;
  const back = number === undefined ? '' : `, and somebody will call you back on ${spokenNumber(number, country)}`;
  return `${thanks} Your message is noted${back}.`;
}

/**
 * Later in the call: "actually, change my number to …". Returns the dialogue's next step, with everything else kept,
 * or undefined if the words are no correction of the message.
 */
export function correctMessage(state: MessageState, heard: Heard): DialogueStep | undefined {
  const step = state.stage === 'complete' ? correction(state, heard) : undefined;
  return step?.outcome && isLeaving(heard.speech ?? '') ? { ...step, goodbye: true } : step;
}

function nextStep(state: MessageState, heard: Heard & { speech: string }, answerTo: AnswerTo): DialogueStep {
  const { speech } = heard;
  if (wantsToCancel(speech)) return state.saved ? unchanged(state) : abandon(state, "Alright, I won't take a message.");
  if (endsHere(state, heard)) return ended(state, speech);
  if (speech === '' && (heard.digits ?? '') === '' && heard.finishedOnKey !== true) return silence(state);
  if (asksToRepeat(speech)) return ask(state);
  if (asksWhetherHeard(speech)) return ask(state, 'Yes, I can hear you.');
  const answer = isQuestion(state, heard) ? answerTo(speech) : undefined;
  return answer === undefined ? answered(state, heard) : ask(state, answer);
}

/** Nothing but a farewell; "that's it" after digits, or with a yes or no in it, is an answer. */
function endsHere({ stage, digits }: MessageState, { speech }: Heard & { speech: string }): boolean {
  if (!isFarewell(speech)) return false;
  if (stage === 'number' && digits !== '') return isLeaving(speech);
  return !((stage === 'ownNumber' || stage === 'readBack') && yesOrNo({ speech }) !== undefined);
}

/** Who will call again themselves is promised no call, if there is a message at all. */
function ended(state: MessageState, speech: string): DialogueStep {
  const calls = state.reason !== undefined && !state.saved && callsAgain(speech);
  return calls ? withoutCall(state, speech) : finish(state);
}

/** Something to look up, rather than the message itself or a question about the number. */
function isQuestion({ stage, country }: MessageState, heard: Heard & { speech: string }): boolean {
  const { speech } = heard;
  if (!asksBack(speech) || asksThem(speech) || numberWithin(heard, country) !== undefined) return false;
  if (stage !== 'reason' && wantsNoCall(heard, country)) return false;
  return stage !== 'ownNumber' || !asksWhichNumber(speech);
}

/** Two gentle questions more, then what is there is kept. */
function silence(state: MessageState): DialogueStep {
  if (state.misses >= MAX_MISSES) return finish(state);
  return ask({ ...state, misses: state.misses + 1 }, state.misses === 0 ? 'Are you still there?' : 'Take your time.');
}

function answered(state: MessageState, heard: Heard & { speech: string }): DialogueStep {
  if (state.stage === 'reason') return heardReason(state, heard);
  const { extension, heard: rest } = heardApart(heard);
  return answeredBeside(withWords(state, extension), { ...rest, speech: rest.speech ?? '' }, extension !== undefined);
}

/** The answer without the extension that may have come with it. */
function answeredBeside(state: MessageState, heard: Heard & { speech: string }, extended: boolean): DialogueStep {
  if (extended && saysNothingElse(heard)) return askOrGoOn(state, 'Thank you.');
  if (state.wanted.includes('number') && wantsNoCall(heard, state.country)) return withoutCall(state, heard.speech);
  switch (state.stage) {
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

function saysNothingElse(heard: Heard & { speech: string }): boolean {
  const { speech, digits = '' } = heard;
  const plain = wordsBeside(speech) === undefined && !meansOwnNumber(speech) && nameInAnswer(speech) === undefined;
  return plain && digitsIn(speech) + digits === '' && yesOrNo(heard) === undefined;
}

function heardReason(state: MessageState, heard: Heard & { speech: string }): DialogueStep {
  const reason = reasonIn(heard.speech);
  const name = state.name ?? nameInPassing(heard.speech);
  const kept = { ...withNumberWithin(state, heard), ...(name !== undefined && { name }) };
  if (reason !== undefined) return moveOn(withWords(kept, reason), 'Thank you.');
  if (state.misses < MAX_MISSES) return askAgain(kept);
  return goWithout(kept, 'reason');
}

function heardName(state: MessageState, speech: string): DialogueStep {
  if (refuses(speech)) return goWithout(state, 'name', 'That is alright.');
  if (asksBack(speech)) return passOn(state, speech);
  const name = nameInAnswer(speech);
  if (name !== undefined) {
    const { said } = apartFromSpelling(speech);
    const beside = wordsBeside(said, `${name} ${nameInAnswer(said) ?? ''}`);
    return moveOn(withWords({ ...state, name }, beside), `Thank you, ${name}.`);
  }
  if (digitsIn(speech).length >= MANY_DIGITS) return ask(state, 'Thank you for the number.');
  const kept = wordsBeside(speech) === undefined ? state : withWords(state, `name heard as: ${speech}`);
  if (state.misses < MAX_MISSES) return askAgain(kept);
  return goWithout(kept, 'name');
}

/** A number given before it was asked for is kept, and read back when its turn comes. */
function withNumberWithin(state: MessageState, heard: Heard): MessageState {
  const number = numberWithin(heard, state.country);
  return number === undefined ? state : { ...state, number, digits: '' };
}
