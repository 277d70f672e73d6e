/** Numbers as words, for a pattern. */
export const SMALL_NUMBERS =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand';

const VEHICLE = '(car|truck|van|vehicle|automobile)';
const FINISHED = 'ready|done|finished|fixed|repaired|complete|completed';
const PLACE_WORD = '(?:shop|store|office|place|workshop|practice|studio|clinic|salon)';
const US_HERE =
  "(you|y'all|you guys|your (shop|store|office|place|workshop|practice|studio|clinic|salon|business)|the (shop|store|office|place|workshop|practice|studio|clinic|salon))";

/** How the caller's own thing is getting on, which no profile can know unless it says so. */
const STATUS_QUESTIONS = [
  new RegExp(
    `(?<!\\b(when|how soon|how quickly|what time) )\\b(is|are|has|have|if|whether|will) (my|our|the|your) ((?!can\\b|could\\b|needs?\\b|price|cost)\\w+ ){1,5}(${FINISHED})\\b`,
    'g',
  ),
  new RegExp(`(?<!\\bwhen )\\b(is|are) (it|they|those|these) (all |already )?(${FINISHED})\\b`, 'g'),
  new RegExp(
    `\\b(have|did|are) you( guys)? (already |all )?(finish(ed)?|complet(ed?)|through|done)( (with|working on|fixing|repairing))* (my|our)\\b`,
    'g',
  ),
  /\b(status of|news (on|about|from)|check(ing)? (up )?on|update on) (my|our)\b/g,
  /\bhow (is|are|s) (my|our) (\w+ ){1,3}(coming|getting|going|doing)( (along|on))?\b/g,
  /\bhave (my|our) (\w+ ){1,3}ready (by|for|on|before)\b/g,
];

/** Turns of phrase that mean one thing, rewritten before words are looked at singly. */
const PHRASES: [RegExp, string][] = [
  [/'(ll|re|ve|d)\b/g, ' '],
  [/\b(get|getting) rid of\b/g, ' donate '],
  [/\b(my|our|his|her|their) (brand[ -])?new\b/g, '$1'],
  ...STATUS_QUESTIONS.map((pattern): [RegExp, string] => [pattern, ' status ']),
  [
    /\bpay\b.*\b(later(?! (today|on))|afterwards|(next|in an?|in (\w+ )?(few|two|three|four|six)) (weeks?|months?|years?))\b|\bpay\b.*\b(in advance|beforehand|up ?front)\b/g,
    ' deferral ',
  ],
  [
    new RegExp(
      `\\bwhere (you|y'all|you guys|your ${PLACE_WORD}|the ${PLACE_WORD}) (is|are|at)\\b( (located|at|based))?`,
      'g',
    ),
    ' address ',
  ],
  [new RegExp(`\\b(a |(\\d+|${SMALL_NUMBERS}) )+(dollars?|bucks?|euros?|pounds?|quid|cents?)\\b`, 'g'), ' '],
  [
    /^(?=.*\b(wheel ?chair|stroller|pram|walker|crutches)\b).*\b(get|come|go|fit|roll) (in|inside|into|through)\b.*$/g,
    ' access ',
  ],
  [/\b(use|using|in|have) (a|my|his|her) wheel ?chair\b|\bwheel ?chair users?\b/g, ' access '],
  [/\b(gluten|dairy|sugar|nut|lactose|fat|alcohol|smoke|step|caffeine|lead)[ -]free\b/g, ' $1free '],
  [new RegExp(`\\b(\\d+|${SMALL_NUMBERS})[ -]years?[ -]olds?\\b`, 'g'), ' child '],
  [/\b(an?|this|such|really|very) (terrible|awful|horrible) (?=\w)/g, ' '],
  [/\bby any chance\b|\bwhen (i|we) (\w+ )?(visit|come|arrive|get there)( (by|in|over))?\b/g, ' '],
  [/\bhow old\b/g, ' howold '],
  [/\bsit(ting)?\b/g, ' '],
  [/\bfree (of|from)\b/g, ' without '],
  [/\b(you|anyone|anybody|someone|somebody)( guys)? free\b/g, ' '],
  [
    /\bset(ting)? (me|us|you) back\b|\bwhat('?s| is) the damage\b|\bwhat (do|does|did|would|will) (.*) run( me| us)?$/g,
    ' price $5 ',
  ],
  [
    new RegExp(
      `\\b(leave|put|keep|park) (my|our|the|a) ${VEHICLE}s?\\b(?! with you)|\\bcar ?parks?\\b|\\bparking (lot|garage|space|spot)s?\\b`,
      'g',
    ),
    ' park ',
  ],
  [/\bleave (my|our|your|an?|the|it|them)\b(?! message)/g, ' dropoff '],
  [/\b(does|is|can|will|has|did|would) (doctor|dr|mr|mrs|ms|miss) \w+(?= \w)/g, ' presence '],
  [/\b(baby|infant|toddler) (?=(stroller|carriage|buggy|pram|pushchair)s?\b)/g, ' '],
  [/\bpublic (transport|transit|transportation)\b/g, ' transit '],
  [/\bhow .*\b(get|come|go) (there|here|to (you|your \w+|the \w+)) (by|on|with|using)\b/g, ' '],
  [/\bin advance\b|\bbeforehand\b|\bahead of time\b/g, ' ahead '],
  [/\b(hang|hold) (on ?to|onto)\b/g, ' keep '],
  [/\bsettle( up)?\b/g, ' pay '],
  [
    /\b(pay( \w+)? )?(by|in|on|with|monthly) installments?\b|\b(payment|installment) plans?\b|\bpay (\w+ )?(monthly|over time)\b|\bfinanc(e|ing)\b/g,
    ' installment ',
  ],
  [/\b(come|send \w+) (and |over and |to )?(get|pick up|collect)\b/g, ' collect '],
  [/\bwhen (can|could|should|do|will) (i|we) (pick up|collect|get)( back)?\b/g, ' duration '],
  [
    /\b(i|we|he|she|they|my \w+)( (can|could|do|don't|will|won't|may|should|want to|need to|have to|forget to))* (pick(ed)? up|pick (\w+ ){1,3}up|collect)\b/g,
    ' callercollects ',
  ],
  [/\b(drop|walk|pop)(ping|ped)?[ -]ins?\b/g, ' walkin '],
  [
    /\bis (?!there\b|it\b|this\b|that\b|any|the (shop|store|office|place|workshop|bakery|library)\b)(\w+ ){1,3}(in|around|available|working|broken|down|full)( (today|tomorrow|now|on \w+))?$/g,
    ' presence ',
  ],
  [/\b(call|reach|see|meet|speak (to|with)|talk (to|with)) (doctor|dr|mr|mrs|ms|miss)\b/g, ' presence '],
  [/\bhow (long|quick(ly)?|fast|soon)\b|\bhow (many|much) (time|days|weeks|hours|minutes)\b/g, ' duration '],
  [
    /\b(when|what time|what day|which day) (will|would|can|could|do|should|is|are) (?=.*\b(ready|done|finished|fixed|back)\b)/g,
    ' duration ',
  ],
  [/\b(what time|what days?|which days?)\b|\bwhen (?=(is|are|do|does|can|will|was|would|should|did)\b)/g, ' whattime '],
  [/\bhow much\b(?! (time|longer))/g, ' price '],
  [
    new RegExp(`\\bwhere( exactly)?( (is|are|do i find|can i find)|'s|'re) ${US_HERE}( (located|at|based))?\\b`, 'g'),
    ' address ',
  ],
  [new RegExp(`\\bhow ((do|can|would) (i|you|we)|to) (get|come|go|find)( to)? (${US_HERE}|there)`, 'g'), ' address '],
  [
    new RegExp(
      `\\b(are you( guys)?|is ${US_HERE}) (still |located |based )*(in|at|on|near|next to|close to) (?!(today|tomorrow|now|this|on|network|time)\\b)`,
      'g',
    ),
    ' address ',
  ],
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
  [
    /\b(you|somebody|someone|anybody|anyone)( \w+){0,2} sell (my|our)\b|\bsell (my|our) (\w+ ){1,3}for (me|us)\b/g,
    ' consignment ',
  ],
  [/\b(i|we|to)( \w+)? sell( you)? (my|our)\b/g, ' buy '],
  [/\bwork(ing)? on\b|\bservice (?=(my|our|an?|the|e|electric)\b)/g, ' fix '],
];

/** Lower case, without punctuation, and each turn of phrase as the word that stands for it. */
export function withPhrasesJoined(text: string): string {
  const simple = text
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[^\p{L}\d' -]+/gu, ' ')
    .trim();
  return PHRASES.reduce((said, [pattern, words]) => said.replace(pattern, words), simple);
}
