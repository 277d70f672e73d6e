/** Longest piece of text that goes to speech in one request, in characters; Google refuses over 5,000 bytes. */
const MAX_SENTENCE = 300;

const ABBREVIATION =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|st|prof|sr|jr|vs|no|nr|approx|apt|ext|inc|ltd|co|e\.g|i\.e|[\p{L}])\.$/iu;
const END = /[.!?…]+["'”’)\]]*(?=\s+\S)|[。！？]+["'”’）」』]*|\n+(?=\s*\S)/gu;
const CLAUSE_END = /[,;:–—](?=\s)/g;

function endsSentence(text: string, mark: RegExpExecArray): boolean {
  if (/^[\n。！？]/.test(mark[0])) return true;
  const end = mark.index + mark[0].length;
  if (/^\s*\p{Ll}/u.test(text.slice(end))) return false;
  return !mark[0].startsWith('.') || !ABBREVIATION.test(text.slice(0, mark.index + 1));
}

function firstEnd(text: string): number | undefined {
  for (const match of text.matchAll(END)) {
    if (endsSentence(text, match)) return match.index + match[0].length;
  }
  if (text.length <= MAX_SENTENCE) return undefined;
  const space = text.lastIndexOf(' ', MAX_SENTENCE);
  return space > MAX_SENTENCE / 2 ? space : MAX_SENTENCE;
}

/** Cuts a text that arrives in pieces into sentences, as early as it can be sure of each. */
export interface SentenceCutter {
  /** Takes more text; gives the sentences that are complete now. */
  push(text: string): string[];
  /** Takes the beginning of the unfinished sentence up to its last clause, if that is at least `minLength` characters. */
  takeClause(minLength: number): string | undefined;
  /** What is left once the text has ended. */
  rest(): string;
}

/** A cutter for one reply. Nothing is lost: sentences, clauses and the rest joined are the text but for white space. */
export function createSentenceCutter(): SentenceCutter {
  let buffer = '';
  const take = (end: number) => {
    const taken = buffer.slice(0, end).trim();
    buffer = buffer.slice(end);
    return taken;
  };
  return {
    push(text) {
      buffer += text;
      const sentences: string[] = [];
      for (let end = firstEnd(buffer); end !== undefined; end = firstEnd(buffer)) sentences.push(take(end));
      return sentences.filter(Boolean);
    },
    takeClause(minLength) {
      const ends = [...buffer.matchAll(CLAUSE_END)].map((match) => match.index + 1);
      const end = ends.find((candidate) => candidate >= minLength);
      return end === undefined ? undefined : take(end);
    },
    rest: () => take(buffer.length),
  };
}
