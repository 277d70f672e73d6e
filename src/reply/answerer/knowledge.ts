import MiniSearch from 'minisearch';
import type { Profile } from '../../common/profile';
import { entriesOf } from './entries';
import type { Entry } from './entries';
import { isNumberWord, meaningsIn, newThingsIn, pairsIn } from './meanings';
import { isAction, isAspect, isLight, isParticularAction } from './vocabulary';

/**
 * What there is to say to a question. `close`: it is nearly one of the profile's own questions.
 * `vague`: it named no subject that would tell one answer from another.
 */
export type Found = { kind: 'answer'; text: string; close: boolean } | { kind: 'vague' } | { kind: 'nothing' };

/** Looks questions up in a profile's facts and questions. */
export interface Knowledge {
  find(question: string): Found;
}

/** The least share of a question's subject that an answer must cover. Below it, a wrong answer is likelier than none. */
const COVERAGE = 0.6;
/** The least share of a phrasing that words in everybody's mouth must cover to be about it. */
const NEAR_PHRASING = 0.45;
const [WHAT_TIME = ''] = meaningsIn('what time');
const CLOSE = { coverage: 0.9, precision: 0.8 };
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
  const kinds = new Set(entries.flatMap(({ pairs }) => pairs));

  const isFaint = (meaning: string) => isLight(meaning) || isNumberWord(meaning);
  const weigh = (meaning: string): number => {
    const count = counts.get(meaning);
    if (count === undefined) return isFaint(meaning) ? 0 : UNKNOWN_WORD;
    const rarity = Math.log(1 + entries.length / count) / Math.log(1 + entries.length);
    return Math.max(isFaint(meaning) ? 0.1 : 0.35, rarity * (isFaint(meaning) ? 0.2 : 1));
  };
  const tells = (meaning: string) =>
    !isFaint(meaning) && !isAspect(meaning) && (counts.get(meaning) ?? 0) <= Math.max(2, entries.length * COMMON);

  const asking = (question: string): Asking => {
    const meanings = [...new Set(meaningsIn(question).flatMap((meaning) => known(meaning, counts)))];
    return {
      meanings,
      weight: weigh,
      kinds: pairsIn(question).filter((pair) => kinds.has(pair)),
      newThings: newThingsIn(question),
    };
  };

  return {
    find(question) {
      const asked = asking(question);
      const [best] = index
        .search(asked.meanings.join(' '))
        .map((result) => ({ entry: entries[Number(result.id)], score: result.score }))
        .flatMap(({ entry, score }) => (entry ? [{ entry, score, ...fit(entry, asked) }] : []))
        .filter((each) => isAbout(each, asked.meanings, tells))
        .sort((a, b) => b.coverage + 0.6 * b.precision - a.coverage - 0.6 * a.precision || b.score - a.score);
      if (best) return { kind: 'answer', text: best.entry.answer, close: isClose(best) };
      const subject = asked.meanings.filter((meaning) => !isLight(meaning) && meaning !== WHAT_TIME);
      const common = subject.length > 0 && subject.every((meaning) => counts.has(meaning) && !tells(meaning));
      return { kind: common ? 'vague' : 'nothing' };
    },
  };
}

/** A question as it is looked up. `kinds`: the kinds of a thing it names that the profile tells apart. */
interface Asking {
  meanings: string[];
  weight: (meaning: string) => number;
  kinds: string[];
  newThings: string[];
}

interface Fit {
  entry: Entry;
  coverage: number;
  precision: number;
}

function isAbout({ entry, coverage, precision }: Fit, asked: string[], tells: (meaning: string) => boolean): boolean {
  const shared = asked.filter((meaning) => entry.all.has(meaning) && !entry.noSubject.has(meaning));
  return coverage >= COVERAGE && (shared.some(tells) || (shared.length > 1 && precision >= NEAR_PHRASING));
}

function isClose({ entry, coverage, precision }: Fit): boolean {
  return entry.fromQuestion && coverage >= CLOSE.coverage && precision >= CLOSE.precision;
}

/** How much of the question the entry covers, and how much of its nearest phrasing the question covers. */
function fit(entry: Entry, { meanings: asked, weight, kinds, newThings }: Asking): Omit<Fit, 'entry'> {
  const sum = (meanings: string[]) => meanings.reduce((total, meaning) => total + weight(meaning), 0);
  const covered = asked.reduce((total, meaning) => {
    if (!entry.all.has(meaning)) return total;
    const inPhrasing = entry.phrasings.some((phrasing) => phrasing.includes(meaning));
    return total + weight(meaning) * (inPhrasing ? 1 : ONLY_IN_THE_ANSWER);
  }, 0);
  const missesTheAct = asked.some((meaning) => (isAction(meaning) || isAspect(meaning)) && !entry.all.has(meaning));
  const unasked = (phrasing: string[], is: (meaning: string) => boolean) =>
    phrasing.some((meaning) => is(meaning) && !asked.includes(meaning));
  const aboutAnotherAct = entry.phrasings.every((each) => unasked(each, isParticularAction));
  const precision = entry.phrasings.map((each) => {
    const shared = each.filter((meaning) => asked.includes(meaning));
    return (sum(shared) / (sum(each) || 1)) * (unasked(each, isParticularAction) || unasked(each, isAspect) ? 0.5 : 1);
  });
  const wrong = missesTheAct || aboutAnotherAct || isAnotherKind(entry, kinds) || isNotNew(entry, newThings);
  return { coverage: (covered / (sum(asked) || 1)) * (wrong ? 0.5 : 1), precision: Math.max(...precision) };
}

/** "City bikes are for rent" does not answer for electric bikes, where the profile knows of both. */
function isAnotherKind(entry: Entry, kinds: string[]): boolean {
  if (entry.anyKind) return false;
  return kinds.some((pair) => {
    const [kind = '', thing = ''] = pair.split(' ');
    return entry.all.has(thing) && !entry.all.has(kind) && !isLight(kind) && !isAction(kind) && !isAspect(kind);
  });
}

/** What mending a tire costs is not the price of a new tire. */
function isNotNew(entry: Entry, newThings: string[]): boolean {
  return newThings.some((thing) => entry.all.has(thing) && !entry.newThings.has(thing) && !isLight(thing));
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
