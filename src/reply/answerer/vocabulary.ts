import { stem } from './stem';

/** Words that say nothing about the subject of a question. */
const STOP = `
  a about all actually ah alright am an and any anybody anyone anything are aren't as ask at be because been but by call can
  can't could couldn't couldnt cos did didn't do does doesn't doesnt doing don't done dont each either else er even ever
  every everybody everyone everything for from good great guess guys had happen has have having he hello her hey hi him
  his hm hope how i i'd i'll i'm i've id if im in into is isn't it it's its ive just know let like lets ma'am maybe me
  mean might mine miss morning must my need no not of oh ok okay on one onto or our out over own perhaps please quite
  question really right s same say shall she should sir so some somebody someone something somewhere sorry still such
  suppose sure t tell than thank thanks that that's the their them then there there's these they this those to too uh
  uhm um under up us very wanna want was we well were what what's whats when where where's wheres whether which who
  who's whose why will wish with wonder would ya yeah yep yes yet you you're your yours youre folk also off gonna gotta
  afternoon evening said told y'all yall`;

/** Everyday words that a question may use without being about them. */
const LIGHT = `
  able accept actual again ahead allow along always another around arrive available away back bad believe best brand better
  big bit both bring broken busy buddy certain come company currently customer day deal detail different during
  easy exactly extra far fast feel few find first front get give given glad go goes going gone went got guy half handle happy hear
  heard help here hour idea include info information inside interested just keep kind last late least leave less
  little long look lot make man many matter mind minute moment month more most much name near nearby necessary
  next nice noise normal normally now number offer office often only option order other outside part people
  per person place plan plus possible practically problem provide put quick quickly reach ready real regarding regular
  remember require later run second see seem self service shop show side simple since situation small son sort sound
  staff start stay stop store strange stuff supposed take taken talk team thing think thought through time today
  together tomorrow tonight took top total tried trouble try type understand until use usual usually wait way week
  weekend welcome whole wife husband woman work worry wrong year yourself myself daughter friend issue simply
  monday tuesday wednesday thursday friday saturday sunday weekday anymore through expect love looking mother father mom dad brother sister grandson granddaughter nephew
  niece cousin uncle aunt grandma grandpa girlfriend boyfriend partner young age form method forget treat run allowed shot anyway once before after while during come came everywhere wherever whenever nobody`;

/** Words that mean the same in a small business's day, one meaning a line. */
const SAME_MEANING = `
  price cost charge fee rate expensive cheap pricing dollar euro pound free buck
  fix repair mend maintenance maintain
  bike bicycle cycle
  park parking carpark
  address location located directions
  card visa mastercard amex debit credit contactless
  pay payment
  warranty guarantee guaranteed
  secondhand refurbished used preowned
  child children kid toddler infant baby
  appointment booking book reservation reserve schedule
  access accessible accessibility ramp
  learn teach class course lesson
  buy purchase
  sell sale carry sold
  rent hire rental lend
  deliver delivery shipping ship
  collect pickup collection fetch
  home house
  dog pet puppy
  telephone phone cellphone
  website site web webpage
  restroom bathroom toilet washroom
  insurance insurer insured
  discount coupon
  owner boss owns
  donate donation
  wifi internet
  doctor physician dr
  cancel cancelled cancelling cancellation
  flat puncture
  tire tyre
  electric electrical
  speak spoken language
  store storage
  squeak squeaky squeal squeaking
  lawyer attorney
  adjust adjustment
  bend bent
  bleed bled
  break broke
  vegetarian veggie
  color colour dye
  takeout takeaway
  lift elevator
  terrace patio outdoor
  winter wintertime
  photo picture photograph
  staff employee
  hiring vacancy career employment
  stroller pram buggy pushchair
  cleaning clean cleaner`;

/** What is asked about whatever the rest of the sentence names; never a subject by itself. */
const ASPECTS = 'price duration whattime';

/** What somebody wants done. An answer about the same thing, but another action, is a wrong answer. */
const ACTIONS = 'fix sell store build clean install replace';

/** Actions so particular that what is said of them is said of nothing else. */
const PARTICULAR_ACTIONS = 'rent buy pay deliver collect cancel donate learn return refund';

const SYNONYMS = new Map(
  SAME_MEANING.trim()
    .split('\n')
    .flatMap((line) => {
      const [first = '', ...others] = line.trim().split(/\s+/).map(stem);
      return [first, ...others].map((word): [string, string] => [word, first]);
    }),
);

const stopWords = stems(STOP);
const lightWords = stems(LIGHT);
const aspects = stems(ASPECTS);
const particularActions = stems(PARTICULAR_ACTIONS);
const actions = new Set([...stems(ACTIONS), ...particularActions]);

/** The one stem that stands for a word and its synonyms. */
export function meaningOf(word: string): string {
  const stemmed = stem(word);
  return SYNONYMS.get(stemmed) ?? stemmed;
}

export const isStopWord = (word: string): boolean => stopWords.has(stem(word));
export const isLight = (meaning: string): boolean => lightWords.has(meaning);
export const isAspect = (meaning: string): boolean => aspects.has(meaning);
export const isParticularAction = (meaning: string): boolean => particularActions.has(meaning);
export const isAction = (meaning: string): boolean => actions.has(meaning);

function stems(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/).map(stem));
}
