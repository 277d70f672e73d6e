import { isStopWord, meaningOf } from './vocabulary';

const VEHICLE = '(car|truck|van|vehicle|automobile)';
const US_HERE =
  "(you|y'all|you guys|your (shop|store|office|place|workshop|practice|studio|clinic|salon|business)|the (shop|store|office|place|workshop|practice|studio|clinic|salon))";

/** Part of an answer (a telephone number), never of what is asked. */
const LONG_NUMBER = /^\d{3,}$/;

/** Turns of phrase that mean one thing, rewritten before words are looked at singly. */
const PHRASES: [RegExp, string][] = [
  [/\bhow (long|quick(ly)?|fast|soon)\b|\bhow (many|much) (time|days|weeks|hours|minutes)\b/g, ' duration '],
  [/\bwhen (will|would|can|could) (?=.*\b(ready|done|finished|fixed)\b)/g, ' duration '],
  [/\bhow much\b(?! (time|longer))/g, ' price '],
  [
    new RegExp(`\\bwhere( exactly)?( (is|are|do i find|can i find)|'s|'re) ${US_HERE}( (located|at|based))?\\b`, 'g'),
    ' address ',
  ],
  [new RegExp(`\\bhow ((do|can|would) (i|you|we)|to) (get|come|go|find)( to)? (${US_HERE}|there)`, 'g'), ' address '],
  [/\be ?-?mail( address(es)?)?\b/g, ' email '],
  [/\b(tele)?phone number\b/g, ' telephone '],
  [/\bpick(ed|ing)? ?up\b|\bpick(ed|ing)? (\w+ ){1,3}up\b/g, ' collect '],
  [/\bdrop(ped|ping)? ?off\b|\bdrop (\w+ ){1,3}off\b/g, ' dropoff '],
  [/\b(second|2nd)[ -]hand\b|\bpre[ -]owned\b/g, ' secondhand '],
  [/\bused to\b/g, ' '],
  [/\b(that|it) to (fix|repair)\b|\b(fix|repair) (it|that|this)\b/g, ' '],
  [/\bowns\b|\bwho runs\b/g, ' owner '],
  [/\bamerican express\b/g, ' card '],
  [/\b(tune|check|walk|sign|trade|drive|back)[ -](up|in)s?\b/g, ' $1$2 '],
  [/\bgift (cards?|certificates?|vouchers?)\b|\bvouchers?\b/g, ' gift '],
  [/\b(credit|debit|bank) cards?\b/g, ' card '],
  [/\b(e|electric)[ -]?(bikes?|bicycles?)\b/g, ' electric bike '],
  [
    /\bwheel ?chair (accessible|access|ramp|friendly)\b|\bhandicap(ped)? access\w*|\bstep[ -]free\b|\bdisabled access\b/g,
    ' access ',
  ],
  [new RegExp(`\\bpark(ing)? (for )?(my|the|a|our|your)? ?${VEHICLE}s?\\b`, 'g'), ' park '],
  [/\bfor sale\b/g, ' sell '],
  [/\b(can|could|may|to|i|we)( \w+)? (buy|purchase)\b/g, ' sell '],
  [/\bwork(ing)? on\b|\bservice (?=(my|our|an?|the|e|electric)\b)/g, ' fix '],
];

/** The meanings in a text: stems of its words, synonyms made one, words without a subject left out. Each once. */
export function meaningsIn(text: string): string[] {
  const simple = text
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[^\p{L}\d' -]+/gu, ' ');
  const rewritten = PHRASES.reduce((said, [pattern, words]) => said.replace(pattern, words), simple);
  const words = rewritten.match(/[\p{L}\d']+/gu) ?? [];
  return [...new Set(words.filter((word) => !isStopWord(word) && !LONG_NUMBER.test(word)).map(meaningOf))];
}
