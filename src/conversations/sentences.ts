import { toSpeakable } from './speakable';

/** Longest piece of text that goes to speech in one request, in characters; Google refuses over 5,000 bytes. */
const MAX_SENTENCE = 300;

const ABBREVIATION =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|st|ave|rd|blvd|mt|prof|rev|sr|jr|vs|approx|inc|ltd|co|ca|bzw|str|e\.g|i\.e|\p{L})\.$/iu;
const ACRONYM = /(?:\p{Lu}\.)+\p{Lu}\.$/u;
const BEFORE_A_NUMBER = /(?:^|[\s(])(?:no|nr|apt|ext|tel)\.$/i;
const LIST_NUMBER = /^\d{1,2}\.$/;
const END = /[.!?…]+["'”’»)\]*_`~]*(?=\s)|[。！？]+["'”’）」』]*(?=[^。！？"'”’）」』])|\n/gu;
/** Not between figures: a caller writes them down. */
const CLAUSE_END = /(?:(?<!\d)[,;:]|(?<=\d)[,;:](?=\s+[^\s\d])|(?<!\d ?)[–—])(?=\s)|[、，](?=.)/g;

/** A mark after a plain word, with no figure, at sign or full stop within: white space nearly always comes then. */
const LIKELY_END = /(?:^|[\s"'“‘(])[\p{L}'’-]{2,}[.!?…,;:]["'”’)]*$/u;
/** Words that often bear a full stop and go on. */
const SHORTENED =
  /(?:^|[\s(])(?:no|nr|apt|ext|tel|www|mon|tues?|wed|thurs?|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|corp|ln|hwy|bldg|ste|min|max|hrs?|etc|incl?|inkl|lbs?|oz|ft|fr|hr)\.$/iu;

/** Whether a mark ends a sentence, and not an abbreviation, an initial, or the number of a list's line. */
function endsSentence(text: string, mark: RegExpExecArray): boolean {
  if (/^[\n。！？]/.test(mark[0])) return true;
  const rest = text.slice(mark.index + mark[0].length).trimStart();
  if (/^\p{Ll}/u.test(rest)) return false;
  const before = text.slice(0, mark.index + 1);
  if (LIST_NUMBER.test(before) || (BEFORE_A_NUMBER.test(before) && /^\d/.test(rest))) return false;
  return !mark[0].startsWith('.') || !(ABBREVIATION.test(before) || ACRONYM.test(before));
}

/** Where a sentence that got too long is cut: at a space, and never inside a character. */
function cutAt(text: string): number {
  const space = text.lastIndexOf(' ', MAX_SENTENCE);
  if (space > MAX_SENTENCE / 2) return space;
  return /[\ud800-\udbff]/.test(text.charAt(MAX_SENTENCE - 1)) ? MAX_SENTENCE - 1 : MAX_SENTENCE;
}

/**
 * The end of the first sentence, once the character after it is known: what comes later must not change it. Only the
 * first MAX_SENTENCE characters are looked at, however much there is.
 */
function firstEnd(text: string): number | undefined {
  const known = text.trimEnd();
  const beyond = known.slice(MAX_SENTENCE).search(/\S/);
  const view = beyond < 0 ? known : known.slice(0, MAX_SENTENCE + beyond + 2);
  for (const match of view.matchAll(END)) {
    const end = match.index + match[0].length;
    if (end > MAX_SENTENCE) break;
    if (endsSentence(view, match)) return end;
  }
  return beyond < 0 ? undefined : cutAt(known);
}

/** 0.8 s of speech, in characters as they are spoken: no first clip should be shorter. */
export const BRIEF = 12;

/** The end of the first sentence, or of as many as it takes to have `least` spoken characters. */
function firstEndOf(text: string, least: number): number | undefined {
  let end = firstEnd(text);
  while (end !== undefined && end < MAX_SENTENCE && toSpeakable(text.slice(0, end)).length < least) {
    const rest = text.slice(end).trimStart();
    const more = firstEnd(rest);
    end = more === undefined ? undefined : text.length - rest.length + more;
  }
  return end;
}

/** The end of the first clause with `minLength` spoken characters or more. */
function clauseEnd(text: string, minLength: number): number | undefined {
  const ends = [...text.matchAll(CLAUSE_END)].map((match) => match.index + 1);
  return ends.find((candidate) => toSpeakable(text.slice(0, candidate)).length >= minLength);
}

/** Cuts a text that arrives in pieces into sentences, as early as it can be sure of each. */
export interface SentenceCutter {
  /** Takes more text; gives the sentences that are complete now. */
  push(text: string): string[];
  /** Takes the beginning of the unfinished sentence up to its first clause's end at `minLength` spoken characters or later. */
  takeClause(minLength: number): string | undefined;
  /** What would be cut by `push` or `takeClause` if a new sentence came next, as is likely; it stays where it is. */
  foreseen(minLength: number): string | undefined;
  /** What is left once the text has ended. */
  rest(): string;
}

/**
 * A cutter for one reply. A first sentence of less than `leastFirst` spoken characters goes with what follows. Nothing
 * is lost: sentences, clauses and the rest joined are the text but for white space.
 * The sentences are the same however the text was divided into pieces.
 */
export function createSentenceCutter(leastFirst = 0): SentenceCutter {
  let buffer = '';
  let begun = false;
  const nextEnd = () => firstEndOf(buffer, begun ? 0 : leastFirst);
  const take = (end: number) => {
    const taken = buffer.slice(0, end).trim();
    buffer = buffer.slice(end).trimStart();
    begun = true;
    return taken;
  };
  return {
    push(text) {
      buffer = (buffer + text).trimStart();
      const sentences: string[] = [];
      for (let end = nextEnd(); end !== undefined; end = nextEnd()) sentences.push(take(end));
      return sentences;
    },
    takeClause(minLength) {
      const end = clauseEnd(buffer, minLength);
      return end === undefined ? undefined : take(end);
    },
    foreseen(minLength) {
      if (!LIKELY_END.test(buffer) || SHORTENED.test(buffer)) return undefined;
      const end = firstEndOf(`${buffer} A`, begun ? 0 : leastFirst) ?? clauseEnd(`${buffer} A`, minLength);
      return end === buffer.length ? buffer : undefined;
    },
    rest: () => take(buffer.length),
  };
}
