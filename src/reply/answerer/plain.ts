/** Lower case, straight apostrophes, no punctuation, single spaces. */
export function plain(said: string): string {
  return said
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[^\p{L}\d' ]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
}
