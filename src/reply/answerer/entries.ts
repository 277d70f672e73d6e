import type { Profile } from '../../common/profile';
import { meaningsIn, newThingsIn, pairsIn } from './meanings';

/** Something the business has said of itself, and the ways of asking for it. */
export interface Entry {
  id: number;
  answer: string;
  /** The meanings of each way of asking. */
  phrasings: string[][];
  all: Set<string>;
  asked: string;
  told: string;
  /** One of the profile's questions, rather than a fact. */
  fromQuestion: boolean;
  /** Neighbouring meanings, as "electric bike". */
  pairs: string[];
  /** What it says there is new of: "a new inner tube" is not a new tire. */
  newThings: Set<string>;
  /** Words that cannot be the subject of a question to this entry by themselves. */
  noSubject: Set<string>;
  /** It speaks of every kind, so that no kind is left out. */
  anyKind: boolean;
}

const STREET =
  /\b\d+[a-z]? ([A-Z][\w'.]+ ){1,3}(Street|Avenue|Road|Lane|Drive|Boulevard|Square|Way|Court|Place|Highway)\b/;
const PLACE = /\b(we are|we're|located|find us) (at|in|on|next|opposite|near)\b/i;
const AMOUNT = /\$|€|£|\b(dollars?|euros?|pounds?|free|no (cost|charge)|cents)\b(?! (of|from)\b)/i;
const TIME =
  /\b(\d{1,2}(:\d\d)? ?[AP]M|noon|midnight|any ?time|(([Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)|to)days?|mornings?|evenings?|weekends?|January|February|March|April|May|June|July|August|September|October|November|December|ahead)\b/;

/** The entries of a profile: its questions first, then its facts. */
export function entriesOf(profile: Profile): Entry[] {
  const asked = profile.questions.map(({ question, also, answer }) => ({
    ...entry([question, ...also], answer),
    fromQuestion: true,
  }));
  const facts = profile.facts.map((fact) => ({
    ...entry([fact.split(/, (?=\w)/)[0] ?? fact], fact),
    fromQuestion: false,
  }));
  const subjects = new Set(asked.flatMap(({ phrasings }) => phrasings.flat()));
  const name = meaningsIn(profile.businessName).filter((meaning) => !subjects.has(meaning));
  return [...asked, ...facts].map((each, id) => ({ ...each, noSubject: new Set([...each.noSubject, ...name]), id }));
}

function entry(phrasings: string[], answer: string): Omit<Entry, 'id' | 'fromQuestion'> {
  const ways = phrasings.map(meaningsIn);
  const told = [...meaningsIn(answer), ...implied(phrasings[0] ?? '', answer)];
  const asked = ways.flat();
  return {
    answer,
    phrasings: ways,
    all: new Set([...asked, ...told]),
    asked: asked.join(' '),
    told: told.join(' '),
    pairs: [...phrasings, answer].flatMap(pairsIn),
    newThings: new Set([...phrasings, answer].flatMap(newThingsIn)),
    noSubject: new Set([...owners(answer), ...(isPlace(answer) ? namesIn(answer) : [])]),
    anyKind: /\b(all|any|every) (kinds?|types?|sorts?|brands?|makes?|models?)\b/i.test(answer),
  };
}

const isPlace = (answer: string): boolean => STREET.test(answer) || PLACE.test(answer);

/** "Children's bikes" says nothing of children. */
const owners = (text: string): string[] => (text.match(/\b\w+(?='s? \w)/g) ?? []).flatMap(meaningsIn);

/** A town's or street's name may be an everyday word (Bath, High Street). */
const namesIn = (text: string): string[] => (text.match(/(?<=[a-z\d,] )[A-Z]\w+/g) ?? []).flatMap(meaningsIn);

/** The names in what a profile says of where the business is: its street, its town. */
export const placeNamesOf = ({ facts }: Profile): string[] => facts.filter(isPlace).flatMap(namesIn);

/** What an answer tells without the word: an amount is a price, a street with a number an address. */
function implied(question: string, answer: string): string[] {
  const told: string[] = [];
  if (AMOUNT.test(answer)) told.push(...meaningsIn('price'));
  if (/\b(days?|weeks?|months?|hours?|minutes?)\b/.test(answer)) told.push(...meaningsIn('how long'));
  if (TIME.test(answer)) told.push(...meaningsIn('what time'));
  if (/\b(ages?|aged|years old)\b/.test(answer)) told.push(...meaningsIn('how old'));
  if (isPlace(answer)) told.push(...meaningsIn('address'));
  if (/\b(bus|buses|train|tram|subway|metro|tube)\b/i.test(answer)) told.push('transit');
  if (/^do you (have|offer|carry)\b/i.test(question)) told.push(...meaningsIn('sell'));
  return told;
}
