import type { Profile } from '../common/profile';

/** What English needs to say anything at all. No caller is known by one of these, nor by several. */
const ORDINARY = new Set(
  (
    'a about after all also always an and any are around as at away be because been before beginning behind beside ' +
    'besides between both but by can certainly close closed closes course daily day days do does during each either ' +
    'ending every few first for from full half has have how if in including into is it its just last least less more ' +
    'most much near next no none nor not of off often on once only open opens or other our out outside over past per ' +
    'please same since so some sorry still such sure than that the their then there these this those through to too ' +
    'until up us usually very was we well were what when where whether which while who why with within without yes yet ' +
    'today tomorrow week weeks weekday weekdays weekend weekends month months year years hour hours minute minutes ' +
    'morning mornings afternoon afternoons evening evenings noon midday midnight am pm holiday holidays ' +
    'monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday ' +
    "sundays it's that's there's we're we've aren't can't don't doesn't haven't isn't"
  ).split(' '),
);
const NUMBERS = new Set(
  (
    'oh zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double triple'
  ).split(' '),
);
/** "From nine to five" has two; more may be somebody's number, said with words in between. */
const MOST_NUMBERS = 2;
/** Who is spoken to or about. */
const SOMEBODY = new Set("you your yours yourself you're you've you'll you'd he she him her his hers".split(' '));
const COURTESIES = /\b(?:help|thank|tell) you\b/gi;
const WORD = /[\p{L}\p{N}]+(?:'\p{L}+)?/gu;
const TIME_OF_DAY = /\b\d{1,2}(?::\d\d)?(?=\s*[ap]\.?m\b)/gi;

/** The owner's words, as they are written and in small letters. */
interface OwnWords {
  written: ReadonlySet<string>;
  small: ReadonlySet<string>;
}

const ownWords = new WeakMap<Profile, OwnWords>();

/**
 * Whether a sentence, as it is spoken, can hold nothing that a caller told: every word in it is the owner's own or says
 * nothing of anybody. In doubt it is somebody's, and always where it is not English.
 */
export function isNobodysOwn(text: string, profile: Profile): boolean {
  if (!profile.language.startsWith('en-')) return false;
  const own = ownWords.get(profile) ?? wordsOf(profile);
  const words = wordsIn(text.replace(TIME_OF_DAY, '').replace(COURTESIES, ''));
  const isNumber = (at: number) => NUMBERS.has(words[at]?.toLowerCase() ?? '');
  if (words.filter((_, at) => isNumber(at)).length > MOST_NUMBERS) return false;
  return words.every((word, at) => {
    if (isNumber(at)) return !isNumber(at + 1); // one is an hour or a price, two together may be somebody's number
    const small = word.toLowerCase();
    if (SOMEBODY.has(small)) return false;
    if (ORDINARY.has(small)) return true;
    return own.written.has(word) || (word === small && own.small.has(small));
  });
}

const wordsIn = (text: string): string[] => text.replace(/’/g, "'").match(WORD) ?? [];

function wordsOf(profile: Profile): OwnWords {
  const written = new Set(textsIn(profile).flatMap(wordsIn));
  const own = { written, small: new Set([...written].map((word) => word.toLowerCase())) };
  ownWords.set(profile, own);
  return own;
}

/** Every text in the profile, without the names of its fields. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
