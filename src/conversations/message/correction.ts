import { plainWords } from '../../common/plain-words';
import { addsToMessage } from './addition';
import { heardApart } from './extension';
import { numberWithin } from './heard-phrases';
import { forbidsCall } from './no-call';
import { correctingDigits, heardCorrection, heardForOwnNumber, heardNumber, namesAnEnd } from './number-stages';
import { complete, withWords } from './outcome';
import { ask } from './prompts';
import { digitsIn } from './spoken-digits';
import { nameInAnswer } from './spoken-name';
import type { DialogueStep, Heard, MessageState } from './state';
import { withoutCall } from './transitions';

const CHANGES =
  /\b(actually|change|correct|correction|wrong|fix|update|mistake|instead|rather|sorry|different|another|not right|no wait|i meant|should (be|end|start|begin))\b/;
const ABOUT_NUMBER =
  /\b(my|the|that|a|another|different)( \S+)? (number|phone)\b|\bcall(ed)? me (back )?(at|on|under)\b|\breach me (at|on)\b/;
const ABOUT_NAME = /\b(my|the) name\b|\b(my|the) name's\b/;
const NEW_MESSAGE = /\b(leave|take|another|second|new|one more)\b.*\bmessage\b/;

/** A correction of a finished message's number or name, or more of its words, as the dialogue's next step; undefined if it is none. */
export function correction(state: MessageState, heard: Heard): DialogueStep | undefined {
  const said = plainWords(heard.speech ?? '');
  if (NEW_MESSAGE.test(said)) return undefined;
  const again: MessageState = { ...state, digits: '', misses: 0, refusals: 0, saved: savedIn(state) };
  delete again.unconfirmed;
  return corrected(again, heard) ?? added(again, heard);
}

/** "And tell them …", and a wish not to be called after all, join the message; a number in it is read back first. */
function added(state: MessageState, heard: Heard): DialogueStep | undefined {
  const speech = heard.speech ?? '';
  if (numberWithin(heard, state.country) !== undefined) {
    return addsToMessage(speech) ? heardNumber({ ...state, wanted: ['number'], stage: 'number' }, heard) : undefined;
  }
  if (forbidsCall(speech)) return withoutCall(state, speech);
  return addsToMessage(speech) ? complete(withWords(state, speech.trim())) : undefined;
}

function corrected(again: MessageState, whole: Heard): DialogueStep | undefined {
  if (!CHANGES.test(plainWords(whole.speech ?? ''))) return undefined;
  const { extension, heard } = heardApart(whole);
  const state = withWords(again, extension);
  return correctedPart(state, heard) ?? (extension === undefined ? undefined : complete(state));
}

function correctedPart(again: MessageState, heard: Heard): DialogueStep | undefined {
  const said = plainWords(heard.speech ?? '');
  if (ABOUT_NAME.test(said)) return correctedName(again, heard.speech ?? '');
  const open: MessageState = { ...again, wanted: ['number'], stage: 'number' };
  if (numberWithin(heard, open.country) !== undefined) return heardNumber(open, heard);
  const atAnEnd = namesAnEnd(said) && correctingDigits(heard) !== '';
  if (atAnEnd && again.number !== undefined) return heardCorrection(open, heard);
  if (!ABOUT_NUMBER.test(said)) return undefined;
  if (digitsIn(said).length >= 3) return heardNumber(open, heard);
  return /\bcalling from\b/.test(said) ? heardForOwnNumber(open, heard) : ask(open, 'Of course.');
}

function savedIn({ name, number }: MessageState) {
  return { ...(name !== undefined && { name }), ...(number !== undefined && { number }) };
}

function correctedName(state: MessageState, speech: string): DialogueStep {
  const given = /\bname(?:'s| is| to| should be)\s+(.*)$/i.exec(speech.replace(/’/g, "'"))?.[1] ?? '';
  const name = nameInAnswer(given.replace(/^(actually|not \S+ but|to|is)\s+/i, ''));
  if (name !== undefined) return complete({ ...state, name });
  const nameless = { ...state };
  delete nameless.name;
  return ask({ ...nameless, wanted: ['name'], stage: 'name' }, 'Of course.');
}
