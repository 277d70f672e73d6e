/** Looking for staff is not renting out, though both are "hire". */
const NO_ENDING = new Set(['hiring', 'hired', 'opening', 'building', 'meeting', 'evening', 'morning', 'wedding']);

/** A word without its English endings: "prices" and "pricing" give the same. Small on purpose; over-stemming lies. */
export function stem(word: string): string {
  return withoutEnding(withoutPlural(word.replace(/'s?$/, ''))).replace(/(?<=\w{3})e$/, '');
}

function withoutPlural(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
  if (NO_ENDING.has(word)) return word;
  const base = /^(.*[aeiouy].*?)(?:ing|ed)$/.exec(word)?.[1];
  if (base === undefined || base.length < 3) return word;
  return base.replace(/([bdgkmnprt])\1$/, '$1');
}
