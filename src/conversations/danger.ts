const DANGER =
  /\b(?:heart attack|(?:can(?:'|no)t|cannot|stopped|not) breath(?:e|ing)|chest pain|unconscious|overdos(?:e|ed|ing)|bleeding (?:badly|heavily|out|to death)|(?:house|building|room|kitchen|office) is on fire|there(?:'s| is) a fire|kill (?:myself|him|her|me)|suicid(?:e|al)|having a stroke|choking|gas leak|somebody is dying|(?:i am|i'm|he is|he's|she is|she's) dying)\b/i;

/** The number to call in an emergency, by country (ISO 3166). */
const NUMBERS: Readonly<Record<string, string>> = { US: '911', CA: '911', GB: '999', AU: '000', NZ: '111' };
const ELSEWHERE = '112';

/** Whether a caller speaks of danger to life. */
export const isDanger = (words: string): boolean => DANGER.test(words);

/** What is said first then. Emergency numbers are never dialled by us. */
export const dangerWords = (country: string): string =>
  `If anybody is in danger, please hang up and call ${(NUMBERS[country] ?? ELSEWHERE).split('').join(' ')} now. If not, tell me how I can help you.`;
