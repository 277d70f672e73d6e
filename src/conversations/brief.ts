import { plainWords } from '../common/plain-words';

const POLITE =
  /\b(?:please|thanks|thank you|um+|uh+|er|so|okay|ok|yeah|well|just|(?:i'm )?sorry|excuse me|hey|hi|hello|oh)\b/g;

/** The plain words of an utterance of at most twelve, without what is only polite; undefined for a longer one. */
export function brief(speech: string): string | undefined {
  const words = plainWords(speech);
  return words.split(' ').length > 12 ? undefined : words.replace(POLITE, ' ').replace(/\s+/g, ' ').trim();
}

/** Nothing but these phrases, in any number and order. A space or the end follows each, so there is one way to read it. */
export const onlyThese = (...phrases: string[]): RegExp => new RegExp(`^(?:(?:${phrases.join('|')})(?: |$))+$`);
