import { meaningsIn } from './meanings';
import { isAction, isAspect, isLight } from './vocabulary';

const QUESTION_START =
  "(?:do|does|did|is|are|can|could|will|would|what|what's|when|where|how|who|which|whether|if) (?:you|y'all|i|we|it|there|the|your|my|somebody|someone|anyone|that|much|long|late|is|are|do|does|can|time|days?|hours|about|kind|of|a|any)";
const STATEMENT_START = "(?:i|i'm|i've|i'd|i'll|my|we|we're|we've)";
const LINK = `(?:and|also|plus|but|or|so|because|then)`;
const BREAKS = new RegExp(
  `[.?!;]+\\s+|,\\s*(?=(?:${LINK}\\s+)?(?:${QUESTION_START})\\b)|\\s+(?:${LINK}\\s+)+(?=(?:also\\s+)?(?:${QUESTION_START}|${STATEMENT_START})\\b)|(?<!\\b(?:hours|days|time|times))\\s+(?=(?:do you|can you|could you|are you|can i|could i|is there|how much|how long|what time|how late|when do|when are)\\b)`,
  'i',
);
const ASKS = new RegExp(
  `^(?:(?:and|also|so|well|uh|um|hi|hello|hey|yes|yeah|okay|ok|please|then)[ ,]+)*${QUESTION_START}\\b`,
  'i',
);
const INDIRECT =
  /\b(i was (just )?wondering|i'm wondering|i wanted to (ask|know)|i want to (ask|know)|i'd like to (ask|know)|can you tell me|could you tell me|do you know|i need to know|tell me)\b/gi;

/** What a caller said, cut where a new question or statement begins; pieces without a subject of their own stay joined. */
export function clausesOf(said: string): string[] {
  const pieces = said
    .replace(INDIRECT, ' ')
    .split(BREAKS)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  return pieces.reduce<string[]>((clauses, piece) => {
    const last = clauses.at(-1);
    if (last !== undefined && (!hasSubject(piece) || !hasSubject(last)))
      clauses[clauses.length - 1] = `${last} ${piece}`;
    else clauses.push(piece);
    return clauses;
  }, []);
}

/** Whether a clause asks something, rather than telling it. */
export function isQuestion(clause: string): boolean {
  return ASKS.test(clause) || clause.includes('?');
}

function hasSubject(clause: string): boolean {
  if (/\b(open|close|closed|closing|hours|where)\b/i.test(clause)) return true;
  const pointsBack = /\b(it|that|this|one|them|those)\b/i.test(clause);
  return meaningsIn(clause).some(
    (meaning) => !isLight(meaning) && !isAspect(meaning) && !(pointsBack && isAction(meaning)),
  );
}
