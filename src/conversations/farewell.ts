import { plainWords } from '../common/plain-words';
import { brief, onlyThese } from './brief';
import { addsToMessage } from './message/addition';

const BYE =
  'bye|byebye|good ?bye|have a (?:good|nice|great|lovely|wonderful) (?:day|one|evening|afternoon|night|weekend)';
/** Who says this is about to hang up. */
const LEAVING = [
  BYE,
  'take care|i have to go|gotta go',
  '(?:see|talk to) you (?:later|soon|then|there|around|tomorrow|next week|on \\w+day)|see you',
];
/** Who says this alone is leaving; behind other words it is part of them ("tell her I'll call back tomorrow"). */
const LATER =
  "(?:i'll|i will|i'd rather|i would rather|i can|let me|i'd better) (?:just )?(?:call|try|ring|phone) (?:you )?(?:back|again)(?: (?:later|tomorrow|soon|another time))?";
/** Who says this needs nothing more, but may mean only what was asked just now. */
const DONE = [
  'cheers|you too',
  "(?:that's|that is|that was|that'll be|that will be) (?:all|everything)",
  "that's it|that was it|nothing else|i'm (?:done|good|all set|all good)|all good|all set",
];
const FILLERS = [
  'no|nope|and|now|today|for (?:now|today|your (?:help|time))|(?:very )?much|a lot|great|perfect|wonderful|awesome',
  'alright|then|again|i think|i (?:need|needed|wanted)',
];
const NOTHING_MORE = [
  "nah|not (?:right now|really|that i can think of|at the moment)|i (?:don't|do not) think(?: so)?|that's fine",
];

const FAREWELL = onlyThese(...LEAVING, LATER, ...DONE, ...FILLERS);
const FAREWELL_WORD = new RegExp(`(?:^| )(?:${[...LEAVING, LATER, ...DONE].join('|')})(?: |$)`);
const LEAVING_WORD = new RegExp(`(?:^| )(?:${[...LEAVING, LATER].join('|')})(?: |$)`);
/** The last words of an utterance, from a farewell on. */
const ENDS_IN_FAREWELL = new RegExp(
  `(?:^| )(?:${[...LEAVING, ...DONE].join('|')})(?: (?:${[...LEAVING, ...DONE, ...FILLERS].join('|')}))*$`,
);
const ENDS_IN_BYE = new RegExp(`(?:^| )(?:${BYE})(?: now)?$`);
const NO_MORE = onlyThese(...LEAVING, ...DONE, ...FILLERS, ...NOTHING_MORE);
const CALLS_AGAIN = new RegExp(`(?:^| )(?:${LATER})(?: |$)`);
const NO_WORD = /\b(?:no|nope|nah|not|don't)\b/;
const THANKS =
  /^(?:(?:no|okay|ok|great|perfect|alright|oh|well|wonderful|awesome|good) )*(?:thanks|thank you|appreciate it)(?: (?:so|very) much| a lot| for (?:your|the) help| then)*(?: (?:ok|okay|great|that helps))?$/;
const QUESTION = /\b(?:what|when|where|how|who|can|could|do you|is|are)\b/;

/** Whether an utterance is nothing but a farewell: "no, that's all, thank you", "bye bye". */
export function isFarewell(speech: string): boolean {
  const words = brief(speech);
  return words !== undefined && FAREWELL.test(words) && FAREWELL_WORD.test(words);
}

/** Whether the caller says that they will call again themselves. */
export const callsAgain = (speech: string): boolean => CALLS_AGAIN.test(plainWords(speech));

/** Whether the caller is about to hang up: a goodbye alone, or at the end of other words. "That's all" is none. */
export function isLeaving(speech: string): boolean {
  const words = brief(speech) ?? '';
  return (isFarewell(speech) && LEAVING_WORD.test(words)) || ENDS_IN_BYE.test(plainWords(speech));
}

/** Whether an utterance ends in a farewell and asks nothing. */
export function endsInFarewell(speech: string): boolean {
  const words = brief(speech);
  return isFarewell(speech) || (words !== undefined && ENDS_IN_FAREWELL.test(words) && !QUESTION.test(words));
}

/** Whether an utterance is thanks and nothing more. */
export const isThanks = (speech: string): boolean => THANKS.test(plainWords(speech));

/** Whether a caller's words say that they are done: they end in a farewell, or are thanks with nothing asked. */
export const saysGoodbye = (speech: string): boolean => isThanks(speech) || endsInFarewell(speech);

/** Whether the answer to "Is there anything else?" is no. Who still adds to a message wants that first. */
export function wantsNothingMore(speech: string): boolean {
  if (addsToMessage(speech)) return false;
  const words = brief(speech) ?? '';
  return saysGoodbye(speech) || (NO_MORE.test(words) && NO_WORD.test(words));
}
