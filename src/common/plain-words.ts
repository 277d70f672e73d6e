/** Lower case, straight apostrophes, no punctuation, single spaces: an utterance as its words can be compared. */
export function plainWords(speech: string): string {
  return speech
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .split(/\s+/)
    .filter(Boolean)
    .join(' '); // not by trimming, which keeps the longer text in memory
}
