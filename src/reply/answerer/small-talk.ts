import { plain } from './plain';

const ROBOT =
  /\b(are you|am i (talking|speaking) (to|with)|is this)( \w+)? (a |an )?(real |actual |live )?(robot|bot|human|person|machine|computer|recording|ai|a i|real|automated|answering machine|artificial)\b/;
const GOODBYE =
  /\b(good ?bye|bye|see you|talk to you later|have a (good|nice|great|lovely) (day|one|evening|afternoon|weekend|night))\b/;
const FINISHED =
  /^(no |nope |ok |okay |alright |great |perfect |thanks |thank you |well |i think |so |and )*(that's (all|it|everything)|that is (all|it)|that will be all|that'll be all|nothing else|i'm (all )?(good|done|set)|that was (all|it))( \w+){0,5}$/;
const THANKS =
  /^(ok |okay |great |alright |perfect |oh |well |wonderful |awesome |good |no )*(thanks|thank you|cheers|appreciate it)( (so|very) much| a lot| for your help| for the help| then)?( (ok|okay|great|that helps))?$/;
const GREETING =
  /^((uh|um|well|oh) )?(hi|hello|hey|good (morning|afternoon|evening)|greetings)( (there|hi|hello|again|everyone))*$/;
const ANYBODY =
  /^(hello )?(is )?(can you hear me|are you (still )?there|(is )?(anybody|anyone|someone) there|you there)( now)?$/;
const HAS_QUESTION = /\b(question|help me|help|ask you something|wondering|information)\b/;
const ONLY_COURTESY =
  /\b(thank you( so| very)?( much)?|thanks( a lot| so much)?|great|perfect|wonderful|awesome|hi|hello|hey|good (morning|afternoon|evening)|there|and|okay|ok|please)\b/g;

export type SmallTalk = 'robot' | 'goodbye' | 'thanks' | 'greeting' | 'anybody' | 'question' | undefined;

/** What an utterance is when it is not (yet) about anything. A question that follows a courtesy is not small talk. */
export function smallTalkIn(said: string): SmallTalk {
  const words = plain(said);
  if (ROBOT.test(words)) return 'robot';
  if (FINISHED.test(words)) return 'goodbye';
  if (GOODBYE.test(words) && words.split(' ').length <= 12) return 'goodbye';
  if (THANKS.test(words)) return 'thanks';
  if (GREETING.test(words)) return 'greeting';
  if (ANYBODY.test(words)) return 'anybody';
  return undefined;
}

/** "I have a question", "can you help me": nothing to look up yet. */
export const announcesQuestion = (said: string): boolean => HAS_QUESTION.test(plain(said));

/** What is left of an utterance without its courtesies. */
export const withoutCourtesy = (said: string): string =>
  plain(said).replace(ONLY_COURTESY, ' ').replace(/ +/g, ' ').trim();
