import { spaced } from './read-back';
import { DIGIT_WORDS, digitsIn } from './spoken-digits';

const MARKS: Record<string, string> = {
  ...{ dot: '.', period: '.', point: '.', dash: '-', hyphen: '-', minus: '-' },
  ...{ underscore: '_', plus: '+', at: '@' },
};
const MARK_WORDS = new RegExp(`\\s+(${Object.keys(MARKS).join('|')}|@)\\s+`, 'g');
/** What stands before the at, and a domain, which may have been heard in parts: "g mail.com". */
const ADDRESS = /([a-z0-9._+ -]+)@((?:[a-z0-9-]+ ){0,2}[a-z0-9-]+(?:\.[a-z0-9-]+)+)/g;
/** An address begins after the last of these. */
const LEAD_IN = new Set(
  (
    'is its to me my us on under at the that thats of for use using write send reach try with as ' +
    'yes yeah no not but sure ok okay well so um uh er and then please just actually sorry wait thanks hello hi this ' +
    'here address email mail'
  ).split(' '),
);
/** Nobody's address: "you can look at maple dot com". */
const VERBS = new Set(['look', 'looking', 'is', 'was', 'am', 'are', 'be']);
const NUMBER = `(?:${DIGIT_WORDS.join('|')}|\\d+)`;
/** A zero that is said as a letter is one after a digit, or doubled before one; else it is the letter. */
const NUMBERS = new RegExp(`(?<![a-z0-9])(?:o o )?${NUMBER}(?: (?:o|${NUMBER}))*(?![a-z0-9])`, 'g');

/** "ada dot b y r o n eighteen at g mail dot com" is ada.byron18@gmail.com; undefined where there is no address. */
export function emailIn(words: string): string | undefined {
  const written = lettersJoined(
    words
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\p{M}'’]/gu, ''),
  )
    .replace(/[^a-z0-9@._+-]+/g, ' ')
    .replace(MARK_WORDS, (_, mark: string) => MARKS[mark] ?? mark);
  const [, before = '', domain = ''] = [...written.matchAll(ADDRESS)].at(-1) ?? []; // a correction comes last
  const local = localPart(before);
  return local === undefined ? undefined : `${local}@${domain.replaceAll(' ', '')}`;
}

/** "A.D.A." and "A-D-A" are letters that were spelled; so is "double b". */
const lettersJoined = (words: string) =>
  words
    .replace(/(?<![\w.])(?:[a-z]\.){2,}(?=\s)|(?<![\w.-])[a-z](?:-[a-z])+(?=\s)/g, (run) => run.replace(/[.-]/g, ''))
    .replace(/\bdouble ([a-z])\b/g, '$1 $1');

function localPart(before: string): string | undefined {
  const tokens = before.replace(NUMBERS, digitsIn).split(' ').filter(Boolean);
  const last = tokens.pop();
  if (last === undefined || VERBS.has(last)) return undefined;
  const begins = tokens.findLastIndex((token) => LEAD_IN.has(token) || VERBS.has(token)) + 1;
  const local = [...tokens.slice(begins), last].join('').replace(/^\.+|\.+$/g, '');
  return local === '' ? undefined : local;
}

/** An address as it is read back: "a d a dot b at example dot com". The part before the at is spelled. */
export function spokenEmail(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const spelled = local.replace(/(?<=[^.])(?=[^.])/g, ' ');
  return `${withMarks(spaced(spelled))} at ${withMarks(domain)}`;
}

const withMarks = (text: string) =>
  text
    .replace(/\s*\.\s*/g, ' dot ')
    .replace(/\s*-\s*/g, ' dash ')
    .replace(/\s*_\s*/g, ' underscore ')
    .replace(/\s*\+\s*/g, ' plus ')
    .trim();
