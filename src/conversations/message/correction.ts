import { numberWithin, plain } from './heard-phrases';
import { heardForOwnNumber, heardNumber } from './number-stages';
import { ask } from './prompts';
import { digitsIn } from './spoken-digits';
import { nameInAnswer } from './spoken-name';
import type { DialogueStep, Heard, MessageState } from './state';
import { finish } from './transitions';

const CHANGES =
  /\b(actually|change|correct|correction|wrong|fix|update|mistake|instead|rather|sorry|different|another|not right|no wait|i meant|should be)\b/;
const ABOUT_NUMBER =
  /\b(my|the|that|a|another|different)( \S+)? (number|phone)\b|\bcall(ed)? me (back )?(at|on|under)\b|\breach me (at|on)\b/;
const ABOUT_NAME = /\b(my|the) name\b|\b(my|the) name's\b/;

/** A correction of a finished message's number or name, as the dialogue's next step; undefined if it is none. */
export function correction(state: MessageState, heard: Heard): DialogueStep | undefined {
  const said = plain(heard.speech ?? '');
  if (!CHANGES.test(said)) return undefined;
  const again: MessageState = { ...state, digits: '', misses: 0, refusals: 0 };
  if (ABOUT_NAME.test(said)) return correctedName(again, heard.speech ?? '');
  const hasNumber = numberWithin(heard, state.country) !== undefined;
  if (!hasNumber && !ABOUT_NUMBER.test(said)) return undefined;
  const open: MessageState = { ...again, wanted: ['number'], stage: 'number' };
  if (!hasNumber && digitsIn(said).length < 3) {
    return /\bcalling from\b/.test(said) ? heardForOwnNumber(open, heard) : ask(open, 'Of course.');
  }
  return heardNumber(open, heard);
}

function correctedName(state: MessageState, speech: string): DialogueStep {
  const given = /\bname(?:'s| is| to| should be)\s+(.*)$/i.exec(speech.replace(/’/g, "'"))?.[1] ?? '';
  const name = nameInAnswer(given.replace(/^(actually|not \S+ but|to|is)\s+/i, ''));
  if (name !== undefined) return finish({ ...state, name });
  const nameless = { ...state };
  delete nameless.name;
  return ask({ ...nameless, wanted: ['name'], stage: 'name' }, 'Of course.');
}
