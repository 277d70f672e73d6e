import { SMALL_NUMBERS, withPhrasesJoined } from './phrases';
import { isStopWord, meaningOf } from './vocabulary';

/** Part of an answer (a telephone number), never of what is asked. */
const LONG_NUMBER = /^\d{3,}$/;

const NUMBER_WORDS = new Set(SMALL_NUMBERS.split('|').map(meaningOf));

/** The meanings in a text: stems of its words, synonyms made one, words without a subject left out. Each once. */
export function meaningsIn(text: string): string[] {
  const words = withPhrasesJoined(text).match(/[\p{L}\d']+/gu) ?? [];
  return [...new Set(words.filter(hasMeaning).map(meaningOf))];
}

/** The neighbours in a text, as "electric bike": what a word before another makes of it. */
export function pairsIn(text: string): string[] {
  return withPhrasesJoined(text.replace(/[.,;:?!]/g, ' the '))
    .split(/[^\p{L}\d']+/u)
    .filter((word) => word !== '')
    .map((word) => (hasMeaning(word) ? meaningOf(word) : ''))
    .flatMap((meaning, at, all) => (meaning !== '' && all[at + 1] ? [`${meaning} ${all[at + 1] ?? ''}`] : []));
}

/** What is called new in a text ("a new hand-built wheel"), but not what a caller has already ("my new bike"). */
export function newThingsIn(text: string): string[] {
  const after = text
    .toLowerCase()
    .match(/(?<!\b(?:my|our|his|her|their) (?:brand[ -])?new )(?<=\bnew )[\w'-]+( [\w'-]+){0,1}/g);
  return (after ?? []).flatMap(meaningsIn);
}

/** A number by itself, as a word: it asks for nothing. */
export const isNumberWord = (meaning: string): boolean => NUMBER_WORDS.has(meaning) || /^\d+$/.test(meaning);

const hasMeaning = (word: string): boolean => !isStopWord(word) && !LONG_NUMBER.test(word);
