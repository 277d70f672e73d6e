import { plainWords } from '../../common/plain-words';
import { callableNumber } from './phone-number';
import { digitRuns } from './spoken-digits';

const CANCELS =
  /^(no )?(please )?(cancel|stop)( (it|that|this|the message|message))?( please)?$|^(no |oh |actually |ok |okay )*(never ?mind|forget (about )?(it|that|this)|(i )?changed my mind|i do(n't| not) want to leave (a|any) message|no message)\b/;
const ASKS =
  /^(wait|hold on|hang on|sorry|but|and|oh|um|uh|well|actually|one question|quick question|by the way|before that|first|hey| )*(what|when|where|how|who|why|which|whose|what's|how's|when's|where's|do you|are you|can you|can i|could you|could i|is there|are there|will you|does|did|is it|would you)\b/;
const ASKS_THEM = /\b(tell|ask|inform|call|let|have|give) (?!me\b|us\b)|\bmessage\b/;
const HEARS_US =
  /^(hello )*(are you (still )?(there|here)|can you hear me|(is )?(anybody|anyone) there|hello)( hello)*$/;
const HEARS_NOT =
  /^(what|huh|sorry|pardon( me)?|excuse me|i beg your pardon|i didn't (hear|get|understand)( that| you)?)$/;
const REFUSES =
  /^(no|nope|none)( thanks| thank you)?$|\b(rather not|do(n't| not) (want to|wanna|have (one|a (phone|number))|know (it|my number|the number))|no number|not going to|skip (it|that|this)|none of your)\b/;
const OWN_NUMBER =
  /\b(this (same )?(number|phone)( is fine)?|same number|number (that )?i('m| am) (calling|phoning|ringing) (you )?from|the one i('m| am) (calling|phoning|ringing) from|my caller id|number you (have|see))\b/;

/** "Cancel that", "never mind", "forget it": the caller wants no message. A wish to cancel something else is none. */
export const wantsToCancel = (speech: string): boolean => CANCELS.test(plainWords(speech));

/** The caller asks something instead of answering. */
export const asksBack = (speech: string): boolean => ASKS.test(plainWords(speech));

/** "Can you ask Ada …": a question in form only, since it is for somebody else. */
export const asksThem = (speech: string): boolean => ASKS_THEM.test(plainWords(speech));

/** "Are you still there?" */
export const asksWhetherHeard = (speech: string): boolean => HEARS_US.test(plainWords(speech));

/** "What?", "pardon?" */
export const asksToRepeat = (speech: string): boolean => HEARS_NOT.test(plainWords(speech));

/** The caller would rather not say, or has no number to give. */
export const refuses = (speech: string): boolean => REFUSES.test(plainWords(speech));

/** "This number", "the one I'm calling from". */
export const meansOwnNumber = (speech: string): boolean => OWN_NUMBER.test(plainWords(speech));

/** The number in a sentence that may hold other numbers too, E.164; typed digits count first. */
export function numberWithin(heard: { speech?: string | undefined; digits?: string | undefined }, country: string) {
  const runs = [heard.digits ?? '', ...digitRuns(heard.speech ?? '')];
  return runs.map((run) => callableNumber(run, country)).find((number) => number !== undefined);
}
