import { plainWords } from '../../common/plain-words';
import type { Profile } from '../../common/profile';
import { placeNamesOf } from './entries';
import { meaningsIn } from './meanings';
import { isAction, isAspect, isLight } from './vocabulary';

const KIND_OF_PLACE = '(?:shop|store|place|company|business|office|workshop|practice|clinic|studio|salon|firm|number)';
const COURTESY = '(?:(?:uh|um|hi|hello|hey|yes|good (?:morning|afternoon|evening)|sorry|excuse me|there|so) )*';
const WHICH = new RegExp(
  `^${COURTESY}(?:(?:what|which) ${KIND_OF_PLACE} (?:is (?:this|that|it)|am i|(?:have|did) i)\\b|what(?:'s| is) (?:your|the) (?:\\w+ )?name(?: of (?:the|this|your) ${KIND_OF_PLACE})?(?: please| again)?$|what are you called|(?:who|where|what) (?:have|did) i (?:call(?:ed)?|reach(?:ed)?|dial(?:ed)?|got|get)\\b)`,
);
const WHETHER = new RegExp(
  `^${COURTESY}(?:(?:is (?:this|that|it)|this is|(?:did|have) i (?:just )?(?:reach(?:ed)?|call(?:ed)?|got(?:ten)?|get|dial(?:ed)?)|am i (?:calling|through to|speaking (?:to|with)|talking (?:to|with)|on with)|do i have|are you(?: guys| all)? (?!(?:in|on|at|near)\\b)|(?:i'm|i am|we're) (?:calling|looking for|trying to (?:reach|call))) ?)(.+)$`,
);
/** "Is this the library" asks it as well; "is this free" does not. */
const OTHER_PLACE = /^(?:the|an?) (?:\w+ )?\w+$/;
const RIGHT_NUMBER = new RegExp(`\\b(?:the )?right ${KIND_OF_PLACE}(?: (?:for|of))?\\b`);
const FILLERS = new RegExp(`\\b(?:the|a|an|${KIND_OF_PLACE}|in|on|at|by|from|please|correct|right|called)\\b`, 'g');

/** The answer to who asks which business this is, or whether it is this one; undefined for everything else. */
export function answerToWhichBusiness(said: string, profile: Profile): string | undefined {
  const { businessName } = profile;
  const words = plainWords(said);
  const isIt = `this is ${businessName}. How can I help you?`;
  if (WHICH.test(words)) return isIt.replace('this', 'This');
  const named = WHETHER.exec(words)?.[1];
  if (named === undefined) return undefined;
  if (isNamed(named, profile)) return `Yes, ${isIt}`;
  return !/\b(?:are you|i'm|i am)\b/.test(words) && OTHER_PLACE.test(named) && isThing(named)
    ? isIt.replace('this', 'This')
    : undefined;
}

/** Words without the whole name of the business: what is asked of it. */
export function withoutName(said: string, businessName: string): string {
  const name = plainWords(businessName);
  if (!name.includes(' ')) return said;
  return said.replace(new RegExp(name.replace(/ /g, "[^\\p{L}\\p{N}']+"), 'giu'), ' you ');
}

/** Nothing but words of the name and of the address, and what kind of place it is. */
function isNamed(named: string, profile: Profile): boolean {
  const name = new Set([...meaningsIn(plainWords(profile.businessName)), ...placeNamesOf(profile)]);
  const rest = named.replace(RIGHT_NUMBER, ' ').replace(FILLERS, ' ').trim();
  if (rest === '') return /\bthe\b/.test(named);
  const meanings = meaningsIn(rest);
  return meanings.length > 0 && meanings.every((meaning) => name.has(meaning));
}

const isThing = (words: string): boolean => {
  const meanings = meaningsIn(words);
  const about = (meaning: string) => isAction(meaning) || isAspect(meaning);
  return meanings.some((meaning) => !isLight(meaning)) && !meanings.some(about);
};
