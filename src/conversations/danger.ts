import { setImmediate } from 'node:timers/promises';
import { plainWords } from '../common/plain-words';
import { anyOf, DANGERS, FIGURES, SIGN_OF_DANGER } from './danger-phrases';

/** The number to call in an emergency, by country (ISO 3166). */
const NUMBERS: Readonly<Record<string, string>> = { US: '911', CA: '911', GB: '999', AU: '000', NZ: '111' };
const ELSEWHERE = '112';

const KINDS_OF_DANGER = DANGERS.map((kind) => anyOf(kind));
/** V8 compiles a pattern for texts of one byte a character and of two, which a speaker's apostrophe makes of them. */
const EVERYDAY = ['is there a fire exit', 'is there a caf\u00e9 \u2019 round the corner'];

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
  if (!SIGN_OF_DANGER.test(words)) return false;
  const meant = words.replace(FIGURES, ' | ');
  return KINDS_OF_DANGER.some((kind) => kind.test(meant));
}

/** V8 interprets a pattern at its first use, and compiles it at its second. */
const USES_UNTIL_COMPILED = 2;

/**
 * Has the long patterns ready for words that need them. Where they were not used for a while this takes a tenth of a
 * second, in several bites; otherwise next to nothing.
 */
export async function keepDangerReady(): Promise<void> {
  for (const pattern of [FIGURES, ...KINDS_OF_DANGER]) {
    for (let use = 0; use < USES_UNTIL_COMPILED; use += 1) {
      for (const text of EVERYDAY) pattern.test(text);
      await setImmediate();
    }
  }
}

/** What is said first then. Emergency numbers are never dialled by us. */
export const dangerWords = (country: string): string =>
  `If anybody is in danger, please hang up and call ${(NUMBERS[country] ?? ELSEWHERE).split('').join(' ')} now.`;
