import type { Utterance } from './step';

/** About how long a voice takes for a character, in ms, where no clip tells. */
const MS_PER_CHARACTER = 65;
/** The fastest a person says a word, in ms. */
const MS_PER_WORD = 250;
/** The pause by which Twilio knows that somebody has finished speaking, in ms; they heard nothing of us in it. */
const ENDPOINT_MS = 700;
/** From our answer to the first sound at the caller's ear: fetching the document and its clips, in ms. */
const ON_THE_WAY_MS = 300;
/** Less than this of a sentence, in ms, is not heard as anything. */
const LEAST_MS = 400;

/** An utterance that was handed to the door, and when (ms since 1970). */
export interface Handed extends Utterance {
  at: number;
  /** Known to be heard out: the caller came back for what follows. */
  heard?: boolean;
}

/** What was handed to the door at that time. Not by spreading: V8 would give each a shape of its own. */
export function handedAt(at: number, { text, clip, plain }: Utterance): Handed {
  const handed: Handed = { text, at };
  if (clip) handed.clip = clip;
  if (plain) handed.plain = plain;
  return handed;
}

/** How long an utterance takes to say, in ms. */
export const speakingMs = (utterance: Utterance) =>
  utterance.clip?.durationMs ?? utterance.text.length * MS_PER_CHARACTER;

const wordCount = (words: string) => words.split(/\s+/).filter(Boolean).length;

/** Whole words only; of a text without spaces, as in Japanese, whole characters. */
function beginningOf(text: string, share: number): string {
  const spaced = /\s/.test(text.trim());
  const pieces = spaced ? text.trim().split(/\s+/) : Array.from(text);
  return pieces.slice(0, Math.floor(pieces.length * share)).join(spaced ? ' ' : '');
}

/**
 * The part of a reply that a caller can have heard before they said `words`, which were received at `now` (ms).
 * An estimate from clip lengths against time passed, since Twilio does not tell where it was interrupted.
 * When the words came sooner than anybody can speak, no telephone is on the line (a simulator in a hurry) and the
 * whole reply counts as heard.
 */
export function audiblePart(reply: readonly Handed[], words: string, now: number): string {
  const heard = reply.filter((utterance) => utterance.heard);
  const rest = reply.filter((utterance) => !utterance.heard);
  const talking = wordCount(words) * MS_PER_WORD + ENDPOINT_MS;
  const inAHurry = now - (rest[0]?.at ?? 0) < talking / 2;
  const texts = inAHurry ? rest.map(({ text }) => text) : audibleTexts(rest, now - talking);
  return [...heard.map(({ text }) => text), ...texts].join(' ').trim();
}

/** What of these utterances can have been heard until `end` (ms). */
function audibleTexts(utterances: readonly Handed[], end: number): string[] {
  const texts: string[] = [];
  let from = 0;
  for (const utterance of utterances) {
    from = Math.max(from, utterance.at + ON_THE_WAY_MS);
    const length = Math.max(1, speakingMs(utterance));
    if (end - from < Math.min(length, LEAST_MS)) break;
    const share = Math.min(1, (end - from) / length);
    texts.push(share === 1 ? utterance.text : beginningOf(utterance.text, share));
    from += length;
  }
  return texts;
}
