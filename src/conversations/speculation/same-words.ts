const MARKS_AT_THE_END = /[.,!?;:…。！？、，"”»]+$/u;
const MARKS_AT_THE_START = /^[¿¡"“«„]+/u;
const SPACE_BEFORE_MARKS = /\s+(?=[^\p{L}\p{N}\s]+(?:\s|$))/gu;

/**
 * Words as the recogniser may write them now or a moment later: case, spacing, and the marks around words go. A mark
 * inside a word, between two digits, or an apostrophe says something, and stays; so do numbers as they are written.
 */
export function folded(speech: string): string {
  const written = speech.normalize('NFC').replace(/’/g, "'").replace(SPACE_BEFORE_MARKS, '').toLowerCase();
  const words = written.split(/\s+/).filter(Boolean);
  return words
    .map((word, at) => (standsBetweenDigits(word, words[at + 1]) ? word : bare(word)))
    .filter(Boolean)
    .join(' ');
}

const bare = (word: string) => word.replace(MARKS_AT_THE_START, '').replace(MARKS_AT_THE_END, '');

/** "1, 5" may be two numbers or one. */
const standsBetweenDigits = (word: string, next: string | undefined) =>
  next !== undefined && /\p{N}\P{L}*$/u.test(word) && /^\P{L}*\p{N}/u.test(next);

const LAST_MARK = /([.?!。？！])["”»]*\s*$/u;

/** A statement and a question are two things, where both are marked as what they are. */
const asksOtherwise = (one: string, other: string): boolean => {
  const [first, second] = [one, other].map((words) => LAST_MARK.exec(words)?.[1]);
  return first !== undefined && second !== undefined && /[?？]/.test(first) !== /[?？]/.test(second);
};

/** Whether two versions of an utterance are the same words, so that one reply answers both. */
export const sameWords = (one: string, other: string): boolean =>
  folded(one) === folded(other) && !asksOtherwise(one, other);
