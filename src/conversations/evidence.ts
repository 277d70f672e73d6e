/** Words as they compare: without case, marks and extra blanks. */
const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether somebody who said `words` said `quote`: the same words in the same order, whatever their marks. */
export function isQuoted(quote: string, words: string): boolean {
  const wanted = bare(quote);
  return wanted !== '' && ` ${bare(words)} `.includes(` ${wanted} `);
}

/** The same letters in whole words, however they were put apart: a name that was spelled. */
export function isSpelledIn(value: string, words: string): boolean {
  const wanted = bare(value).replaceAll(' ', '');
  return wanted.length > 1 && new RegExp(` ${wanted.replace(/(?<=.)(?=.)/gu, ' ?')} `, 'u').test(` ${bare(words)} `);
}

/** Two words, or one of some length: a "my" or "yes" says nothing of why somebody calls. */
export const isTelling = (quote: string): boolean => /\S \S|\S{4}/.test(bare(quote));
