import type { Profile } from '../common/profile';

/** The caller, whoever speaks, and people who are spoken of: what is said of them belongs to one call. */
const PEOPLE =
  /\b(?:i|me|my|mine|you|yours?|yourself|he|him|his|she|hers?|they|them|theirs?|mr|mrs|ms|dr|sir|madam)\b|@/i;
/** What was agreed with one caller. */
const ACTS = /\b(?:noted|booked|reserved|scheduled|arranged|confirmed|appointment|message)\b/i;
const NUMBER_WORD = '(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)';
/** A number that somebody can be called by: said word by word, or with more digits than a price or a time has. */
const LONG_NUMBER = new RegExp(`\\b${NUMBER_WORD}(?:[\\s,.-]+${NUMBER_WORD}){2}\\b|\\d(?:[\\s,.()-]*\\d){4}`, 'i');
const CAPITALISED = /\p{Lu}[\p{L}\p{N}'’]*/gu;
/** What English writes with a capital though it is nobody's name. */
const ORDINARY = new Set(
  (
    'a after all also am and any are as at because before both but by can certainly do does during each every for from ' +
    'how if in is it its just most no none not of on only or our parking please pm since so some sorry sure that the ' +
    "there these this those to today tomorrow unfortunately until we we're what when where which while with yes " +
    'monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday ' +
    'sundays january february march april june july august september october november december'
  ).split(' '),
);

const ownWords = new WeakMap<Profile, ReadonlySet<string>>();

/**
 * Whether a sentence holds nothing that a caller can have told: it is about the business, and every name in it is one
 * of the owner's own. In doubt it is somebody's, and always where it is not English.
 */
export function isNobodysOwn(text: string, profile: Profile): boolean {
  if (!profile.language.startsWith('en-')) return false;
  if ([PEOPLE, ACTS, LONG_NUMBER].some((somebodys) => somebodys.test(text))) return false;
  const known = ownWords.get(profile) ?? wordsOf(profile);
  return [...text.matchAll(CAPITALISED)].every(([name]) => {
    const word = name.toLowerCase().replace(/’/g, "'");
    return ORDINARY.has(word) || known.has(word.replace(/'s?$/, ''));
  });
}

function wordsOf(profile: Profile): ReadonlySet<string> {
  const words = new Set(
    JSON.stringify(profile)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu),
  );
  ownWords.set(profile, words);
  return words;
}
