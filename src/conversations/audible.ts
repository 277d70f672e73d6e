import type { Utterance } from './step';

/** About how long a voice takes for a character, in ms, where no clip tells. */
const MS_PER_CHARACTER = 65;
/** The fastest a person says a word, in ms. */
const MS_PER_WORD = 200;
/** From our answer to the first sound at the caller's ear: fetching the document and its clips, in ms. */
const ON_THE_WAY_MS = 600;

/** An utterance that was handed to the door, and when (ms since 1970). */
export interface Handed extends Utterance {
  at: number;
}

/** How long an utterance takes to say, in ms. */
export const speakingMs = (utterance: Utterance) =>
  utterance.clip?.durationMs ?? utterance.text.length * MS_PER_CHARACTER;

const wordCount = (words: string) => words.split(/\s+/).filter(Boolean).length;

/** Whole words only; of a text without spaces, as in Japanese, whole characters. */
function beginningOf(text: string, share: number): string {
  const spaced = /\s/.test(text.trim());
  const pieces = spaced ? text.trim().split(/\s+/) : [...text];
  return pieces.slice(0, Math.floor(pieces.length * share)).join(spaced ? ' ' : '');
}

/**
 * The part of a reply that a caller can have heard before they said `words`, which were received at `now` (ms).
 * An estimate from clip lengths against time passed, since Twilio does not tell where it was interrupted.
 * When the words came sooner than anybody can speak, no telephone is on the line (a simulator in a hurry) and the
 * whole reply counts as heard.
 */
export function audiblePart(reply: readonly Handed[], words: string, now: number): string {
  const first = reply[0];
  if (!first) return '';
  const talking = wordCount(words) * MS_PER_WORD;
  if (now - first.at < talking / 2) return reply.map((utterance) => utterance.text).join(' ');
  const heard: string[] = [];
  let from = 0;
  for (const utterance of reply) {
    from = Math.max(from, utterance.at + ON_THE_WAY_MS);
    const length = speakingMs(utterance);
    const share = Math.min(1, (now - talking - from) / Math.max(1, length));
    if (share <= 0) break;
    heard.push(share === 1 ? utterance.text : beginningOf(utterance.text, share));
    from += length;
  }
  return heard.join(' ').trim();
}
