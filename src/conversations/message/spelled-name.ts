const AS_IN = /\b(\p{L})\s*,?\s+(?:as in\s+\p{L}+|(?:like|for)\s+\1\p{L}+)/giu;
const DOUBLE = /\bdouble (\p{L})\b/giu;
/** Single letters up to the end: "K O W", "K-O-W", "K, O, W". */
const SPELLING =
  /(?:^|[\s,.;]+)(?:(?:that's|that is|it's|it is|spelled|spelt|which is|is)\s+)*((?:\p{L}\b[\s,.-]+)+\p{L})[\s.!]*$/iu;
/** A spelling as much shorter than the name it repeats is only a part of it. */
const MISSING = 2;

/** What was said before a name was spelled, and its letters, joined: "J as in John, O, E" is "joe". */
export function apartFromSpelling(speech: string): { said: string; letters: string } {
  const plain = speech.replace(AS_IN, '$1').replace(DOUBLE, '$1 $1');
  const found = SPELLING.exec(plain);
  const letters = found?.[1]?.replace(/\P{L}/gu, '').toLowerCase() ?? '';
  return found ? { said: plain.slice(0, found.index).trim(), letters } : { said: speech, letters: '' };
}

/** A name as it was spelled: letters stand for the word they begin like, or for the family name after it. */
export function asSpelled(name: string, letters: string): string {
  if (letters === '') return name;
  const spelled = letters.charAt(0).toUpperCase() + letters.slice(1);
  const words = name.split(' ');
  const at = words.findIndex((word) => word.charAt(0).toUpperCase() === spelled.charAt(0));
  if (at === -1) return letters.length > MISSING ? `${name} ${spelled}` : name;
  const whole = letters.length + MISSING > (words[at] ?? '').length;
  return words.map((word, index) => (index === at && whole ? spelled : word)).join(' ');
}
