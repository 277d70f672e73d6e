import MiniSearch from 'minisearch';
import type { Profile } from '../../common/profile';
import { meaningsIn } from './meanings';
import { isAction, isAspect, isLight, isParticularAction } from './vocabulary';

/** Something the business has said of itself, and the ways of asking for it. */
interface Entry {
  id: number;
  answer: string;
  /** The meanings of each way of asking. */
  phrasings: string[][];
  all: Set<string>;
  asked: string;
  told: string;
}

/** What there is to say to a question. `vague`: it named no subject that would tell one answer from another. */
export type Found = { kind: 'answer'; text: string } | { kind: 'vague' } | { kind: 'nothing' };

/** Looks questions up in a profile's facts and questions. */
export interface Knowledge {
  find(question: string): Found;
}

/** The least share of a question's subject that an answer must cover. Below it, a wrong answer is likelier than none. */
const COVERAGE = 0.6;
/** The least share of a phrasing that words in everybody's mouth must cover to be about it. */
const NEAR_PHRASING = 0.45;
const UNKNOWN_WORD = 1.5;
const ONLY_IN_THE_ANSWER = 0.85;
/** A word in more than this share of all entries does not tell one from another. */
const COMMON = 0.25;

/** Prepares a profile's knowledge for questions. */
export function createKnowledge(profile: Profile): Knowledge {
  const entries = entriesOf(profile);
  const index = new MiniSearch<Entry>({
    fields: ['asked', 'told'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
    searchOptions: { boost: { asked: 2 } },
  });
  index.addAll(entries);
  const counts = countMeanings(entries);

  const weigh = (meaning: string): number => {
    const count = counts.get(meaning);
    if (count === undefined) return isLight(meaning) ? 0 : UNKNOWN_WORD;
    const rarity = Math.log(1 + entries.length / count) / Math.log(1 + entries.length);
    return Math.max(isLight(meaning) ? 0.1 : 0.35, rarity * (isLight(meaning) ? 0.2 : 1));
  };
  const tells = (meaning: string) =>
    !isLight(meaning) && !isAspect(meaning) && (counts.get(meaning) ?? 0) <= Math.max(2, entries.length * COMMON);

  return {
    find(question) {
      const asked = [...new Set(meaningsIn(question).flatMap((meaning) => known(meaning, counts)))];
      const ranked = index
        .search(asked.join(' '))
        .map((result) => ({ entry: entries[Number(result.id)], score: result.score }))
        .flatMap(({ entry, score }) => (entry ? [{ entry, score, ...fit(entry, asked, weigh) }] : []))
        .filter(({ entry, coverage, precision }) => {
          const shared = asked.filter((meaning) => entry.all.has(meaning));
          return coverage >= COVERAGE && (shared.some(tells) || (shared.length > 1 && precision >= NEAR_PHRASING));
        })
        .sort((a, b) => b.coverage + 0.6 * b.precision - a.coverage - 0.6 * a.precision || b.score - a.score);
      if (ranked[0]) return { kind: 'answer', text: ranked[0].entry.answer };
      const subject = asked.filter((meaning) => !isLight(meaning));
      const common = subject.length > 0 && subject.every((meaning) => counts.has(meaning) && !tells(meaning));
      return { kind: common ? 'vague' : 'nothing' };
    },
  };
}

/** How much of the question the entry covers, and how much of its nearest phrasing the question covers. */
function fit(entry: Entry, asked: string[], weigh: (meaning: string) => number) {
  const sum = (meanings: string[]) => meanings.reduce((total, meaning) => total + weigh(meaning), 0);
  const covered = asked.reduce((total, meaning) => {
    if (!entry.all.has(meaning)) return total;
    const inPhrasing = entry.phrasings.some((phrasing) => phrasing.includes(meaning));
    return total + weigh(meaning) * (inPhrasing ? 1 : ONLY_IN_THE_ANSWER);
  }, 0);
  const missesTheAct = asked.some((meaning) => (isAction(meaning) || isAspect(meaning)) && !entry.all.has(meaning));
  const unasked = (phrasing: string[], is: (meaning: string) => boolean) =>
    phrasing.some((meaning) => is(meaning) && !asked.includes(meaning));
  const aboutAnotherAct = entry.phrasings.every((each) => unasked(each, isParticularAction));
  const precision = entry.phrasings.map((each) => {
    const shared = each.filter((meaning) => asked.includes(meaning));
    return (sum(shared) / (sum(each) || 1)) * (unasked(each, isParticularAction) || unasked(each, isAspect) ? 0.5 : 1);
  });
  const coverage = (covered / (sum(asked) || 1)) * (missesTheAct || aboutAnotherAct ? 0.5 : 1);
  return { coverage, precision: Math.max(...precision) };
}

function entriesOf(profile: Profile): Entry[] {
  const asked = profile.questions.map(({ question, also, answer }) => entry([question, ...also], answer));
  const facts = profile.facts.map((fact) => entry([fact.split(/, (?=\w)/)[0] ?? fact], fact));
  return [...asked, ...facts].map((each, id) => ({ ...each, id }));
}

function entry(phrasings: string[], answer: string): Omit<Entry, 'id'> {
  const ways = phrasings.map(meaningsIn);
  const told = [...meaningsIn(answer), ...implied(phrasings[0] ?? '', answer)];
  const asked = ways.flat();
  return { answer, phrasings: ways, all: new Set([...asked, ...told]), asked: asked.join(' '), told: told.join(' ') };
}

const STREET =
  /\b\d+[a-z]? ([A-Z][\w'.]+ ){1,3}(Street|Avenue|Road|Lane|Drive|Boulevard|Square|Way|Court|Place|Highway)\b/;

/** What an answer tells without the word: an amount is a price, a street with a number an address. */
function implied(question: string, answer: string): string[] {
  const told: string[] = [];
  if (/\$|€|£|\b(dollars?|euros?|pounds?|free|no (cost|charge)|cents)\b/i.test(answer))
    told.push(...meaningsIn('price'));
  if (/\b(days?|weeks?|hours?|minutes?)\b/.test(answer)) told.push(...meaningsIn('how long'));
  if (STREET.test(answer) || /\b(we are|we're|located|find us) (at|in|on|next|opposite|near)\b/i.test(answer)) {
    told.push(...meaningsIn('address'));
  }
  if (/^do you (have|offer|carry)\b/i.test(question)) told.push(...meaningsIn('sell'));
  return told;
}

function countMeanings(entries: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { all } of entries) for (const meaning of all) counts.set(meaning, (counts.get(meaning) ?? 0) + 1);
  return counts;
}

/**
 * A word the profile does not use may be two words it does ("haircut"), a longer form of one, or one letter from one
 * ("derailer"). Otherwise it stays as it is, and counts against every answer.
 */
function known(meaning: string, counts: ReadonlyMap<string, number>): string[] {
  if (counts.has(meaning) || isLight(meaning) || meaning.length < 5) return [meaning];
  for (let at = 3; at <= meaning.length - 3; at++) {
    const halves = [meaning.slice(0, at), meaning.slice(at)];
    if (halves.every((half) => counts.has(half))) return halves;
  }
  const near = [...counts.keys()].find((word) => {
    const [short = '', long = ''] = [word, meaning].sort((a, b) => a.length - b.length);
    const longerForm = short.length >= 5 && long.startsWith(short) && long.length - short.length <= 3;
    return longerForm || (short.length >= 6 && oneLetterApart(short, long));
  });
  return [near ?? meaning];
}

function oneLetterApart(short: string, long: string): boolean {
  if (long.length - short.length > 1 || short[0] !== long[0]) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
