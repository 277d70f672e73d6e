import { plainWords } from '../common/plain-words';
import { DANGER, FIGURES, SIGN_OF_DANGER } from './danger-phrases';

/** The number to call in an emergency, by country (ISO 3166). */
const NUMBERS: Readonly<Record<string, string>> = { US: '911', CA: '911', GB: '999', AU: '000', NZ: '111' };
const ELSEWHERE = '112';

/** Contractions and how recognisers write them, in full: what follows needs to know one form of each. */
const IN_FULL: readonly (readonly [RegExp, string])[] = [
  [/\b(?:can't|cannot|cant)\b/g, 'can not'],
  [/\b(?:won't|wont)\b/g, 'will not'],
  [/\bain'?t\b/g, 'is not'],
  [/\b(is|are|was|were|do|does|did|has|have|had|would|could|should)n'?t\b/g, '$1 not'],
  [/\b(he|she|there|that|it|who|somebody|someone)s\b/g, '$1 is'],
  [/\bim\b/g, 'i am'],
  [/'m\b/g, ' am'],
  [/'re\b/g, ' are'],
  [/'ve\b/g, ' have'],
  [/'ll\b/g, ' will'],
  [/'s\b/g, ' is'],
  [/\bgonna\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
];

/** Whether a caller speaks of danger to life, rather than in a figure of speech. */
export function isDanger(speech: string): boolean {
  const words = IN_FULL.reduce((text, [short, full]) => text.replace(short, full), plainWords(speech));
  return SIGN_OF_DANGER.test(words) && DANGER.test(words.replace(FIGURES, ' | '));
}

/** What is said first then. Emergency numbers are never dialled by us. */
export const dangerWords = (country: string): string =>
  `If anybody is in danger, please hang up and call ${(NUMBERS[country] ?? ELSEWHERE).split('').join(' ')} now.`;
