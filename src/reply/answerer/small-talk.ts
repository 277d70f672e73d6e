import { plainWords } from '../../common/plain-words';
import { endsInFarewell, isThanks } from '../../conversations/farewell';
import { asksWhoAnswers } from '../../conversations/robot-question';

const GREETING =
  /^((uh|um|well|oh) )?(hi|hello|hey|good (morning|afternoon|evening)|greetings)( (there|hi|hello|again|everyone))*$/;
const ANYBODY =
  /^(hello )?(is )?(can you hear me|are you (still )?there|(is )?(anybody|anyone|someone) there|you there)( now)?$/;
const HAS_QUESTION = /\b(question|help me|help|ask you something|wondering|information)\b/;
const ASKS_FOR_HELP = /\b(help)\b/;
const ONLY_COURTESY =
  /\b(thank you( so| very)?( much)?|thanks( a lot| so much)?|great|perfect|wonderful|awesome|hi|hello|hey|good (morning|afternoon|evening)|there|and|okay|ok|please)\b/g;

export type SmallTalk = 'robot' | 'goodbye' | 'thanks' | 'greeting' | 'anybody' | undefined;

/** What an utterance is when it is not (yet) about anything. A question that follows a courtesy is not small talk. */
export function smallTalkIn(said: string): SmallTalk {
  const words = plainWords(said);
  if (asksWhoAnswers(said)) return 'robot';
  if (endsInFarewell(said)) return 'goodbye';
  if (isThanks(said)) return 'thanks';
  if (GREETING.test(words)) return 'greeting';
  if (ANYBODY.test(words)) return 'anybody';
  return undefined;
}

/** "I have a question", "can you help me": nothing to look up yet. What to say to it; undefined for other words. */
export function answerToAnnouncement(said: string): string | undefined {
  const words = plainWords(said);
  if (ASKS_FOR_HELP.test(words)) return 'Of course, what can I do for you?';
  return HAS_QUESTION.test(words) ? 'Of course. What would you like to know?' : undefined;
}

/** What is left of an utterance without its courtesies. */
export const withoutCourtesy = (said: string): string =>
  plainWords(said).replace(ONLY_COURTESY, ' ').replace(/ +/g, ' ').trim();
