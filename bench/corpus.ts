import replies from './corpus.json';

/** Natural answers of receptionists of made-up businesses. */
export const corpus: readonly string[] = replies;

/** A turn of the bench: which reply, which variation of it, and which draw of the upstreams' times. */
export interface Marker {
  reply: number;
  variation: number;
  draw: number;
}

const MARKER = /topic (\d+), number (\d+), round (\d+)/g;

/** What the caller says, so that the stub knows what to answer. */
export const wordsFor = ({ reply, variation, draw }: Marker): string =>
  `I have a question about topic ${reply}, number ${variation}, round ${draw}.`;

/** The last marker in a text. */
export function markerIn(text: string): Marker | undefined {
  const found = [...text.matchAll(MARKER)].at(-1);
  return found && { reply: Number(found[1]), variation: Number(found[2]), draw: Number(found[3]) };
}

/** The name of a turn in the stub's records. */
export const keyOf = ({ reply, variation, draw }: Marker): string => `${reply}.${variation}.${draw}`;

/** How many bits of the variation the letters of a text can hold. */
const BITS = 14;

/**
 * The text that the stub says. Some letters inside words are capitals, by the variation: it sounds the same and is as
 * long, and nobody can answer it from a cache of clips.
 */
export function replyTo({ reply, variation }: Marker): string {
  const text = corpus[reply % corpus.length] ?? '';
  let letter = 0;
  return text.replace(/(?<=[a-z])[a-z]/g, (found) => {
    const bit = (variation >> (letter % BITS)) & 1;
    letter += 1;
    return bit ? found.toUpperCase() : found;
  });
}
