import { callableNumber } from './phone-number';
import { digitRuns } from './spoken-digits';

const CANCELS =
  /^(no )?(please )?(cancel|stop)( (it|that|this|the message|message))?( please)?$|^(no |oh |actually |ok |okay )*(never ?mind|forget (about )?(it|that|this)|(i )?changed my mind|i do(n't| not) want to leave (a|any) message|no message)\b/;
const ENDS =
  /^(ok |okay |thanks |thank you |no |alright )*(good ?bye|bye|bye bye|that's all|that is all|that's everything)\b/;
const ASKS =
  /^(wait|hold on|hang on|sorry|but|and|oh|um|uh|well|actually|one question|quick question| )*(what|when|where|how|who|why|which|whose|do you|are you|can you|can i|could you|could i|is there|will you|does|did|is it|would you)\b/;
const REFUSES =
  /\b(rather not|do(n't| not) (want to|wanna|have (one|a (phone|number))|know (it|my number|the number))|no number|not going to|skip (it|that|this)|none of your)\b/;
const OWN_NUMBER =
  /\b(this (same )?(number|phone)( is fine)?|same number|number (that )?i('m| am) (calling|phoning|ringing) (you )?from|the one i('m| am) (calling|phoning|ringing) from|my caller id|number you (have|see))\b/;
const NOTHING_SAID =
  /^(uh|um|er|ah|oh|hm+|well|so|yes|yeah|yep|sure|ok|okay|please|hi|hello|hey|no|nope|right|a message|thanks|thank you|are you there|i('d| would) like to leave a message|i want to leave a message|can i leave a message| )*$/;
const REASON_LEAD_IN =
  /^((uh|um|er|well|so|yes|yeah|ok|okay|sure|hi|hello)[\s,.]+)*((it's|it is|this is|i'm calling|i am calling|the message is|just|please) (about|regarding|concerning|because( of)?) )?/i;
const PERSONAL =
  /\b(my name is|my name's|this is|you're speaking with)( \S+){1,2}|\b((and )?(my|the) (phone |telephone |callback |cell |mobile )?number( is|'s)?|(please )?(you can )?(call|reach|ring) me (back )?(at|on)|i'm at)\b/gi;

/** Lower case, straight apostrophes, no punctuation. */
export function plain(speech: string): string {
  return speech
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[^\p{L}\d' ]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** "Cancel that", "never mind", "forget it": the caller wants no message. A wish to cancel something else is none. */
export const wantsToCancel = (speech: string): boolean => CANCELS.test(plain(speech));

/** "Bye", "that's all". */
export const saysGoodbye = (speech: string): boolean => ENDS.test(plain(speech));

/** The caller asks something instead of answering. */
export const asksBack = (speech: string): boolean => ASKS.test(plain(speech));

/** The caller would rather not say, or has no number to give. */
export const refuses = (speech: string): boolean => REFUSES.test(plain(speech));

/** "This number", "the one I'm calling from". */
export const meansOwnNumber = (speech: string): boolean => OWN_NUMBER.test(plain(speech));

/** The number in a sentence that may hold other numbers too, E.164; typed digits count first. */
export function numberWithin(heard: { speech?: string | undefined; digits?: string | undefined }, country: string) {
  const runs = [heard.digits ?? '', ...digitRuns(heard.speech ?? '')];
  return runs.map((run) => callableNumber(run, country)).find((number) => number !== undefined);
}

/** What a message is about, as the caller put it. Undefined if the words hold no more than a name, a number or noise. */
export function reasonIn(speech: string): string | undefined {
  const rest = plain(speech.replace(/’/g, "'").replace(PERSONAL, ' '))
    .replace(/\b(\d+|and|plus)\b/g, ' ')
    .trim();
  const digitWordsOnly = rest !== '' && rest.split(/ +/).every((word) => digitRuns(word).length > 0);
  if (NOTHING_SAID.test(rest) || digitWordsOnly) return undefined;
  return speech.replace(REASON_LEAD_IN, '').trim().slice(0, 1000);
}
