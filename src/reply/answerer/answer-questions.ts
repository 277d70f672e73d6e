import type { Profile } from '../../common/profile';
import { clausesOf, isQuestion } from './clauses';
import { answerAboutHours, closedDaysIn, hoursOfDaysIn } from './hours-question';
import type { Found, Knowledge } from './knowledge';
import { meaningsIn } from './meanings';
import { isAction, isLight } from './vocabulary';
import { withoutName } from './which-business';

/** What can be answered from. */
export interface Sources {
  profile: Profile;
  knowledge: Knowledge;
  now: Date;
}

/** The answers to what was asked. `missing`: something else was asked too. `vague`: too little was said to look up. */
export interface Answered {
  answers: string[];
  missing: boolean;
  vague: boolean;
}

/** An answer that names a day of its own is left to say so. */
const ANY_WEEKDAY = /\b(mon|tues|wednes|thurs|fri|satur|sun)day/i;
const MOST_ANSWERS = 3;
/** The share of its subjects that makes a question the same as another: all of four, all but one of five. */
const ALMOST_ALL = 0.8;
/** More than a caller says in one breath: enough to find the question, and never slow. */
const LONGEST_QUESTION = 600;

/** Answers each question of an utterance; where its parts say nothing alone, the utterance as a whole. */
export function answerQuestions(utterance: string, sources: Sources): Answered {
  const said = utterance.slice(0, LONGEST_QUESTION);
  const clauses = clausesOf(said);
  const parts = clauses.map((clause) => ({ clause, found: lookUp(clause, sources) }));
  const answered = parts.flatMap(({ found }) => (found.kind === 'answer' ? [found.text] : []));
  const whole = clauses.length > 1 ? lookUp(said, sources) : undefined;
  if (answered.length < parts.length && whole?.kind === 'answer') {
    return { answers: distinct([whole.text]), missing: false, vague: false };
  }
  const missing = parts.some(({ clause, found }) => found.kind === 'nothing' && isQuestion(clause));
  const vague =
    parts.some(({ found }) => found.kind === 'vague') && !parts.some(({ found }) => found.kind === 'nothing');
  return { answers: distinct(answered).slice(0, MOST_ANSWERS), missing, vague };
}

/** The answer to an utterance that is nearly one of the profile's own questions; undefined otherwise. */
export function closeAnswer(said: string, { knowledge }: Pick<Sources, 'knowledge'>): string | undefined {
  const found = knowledge.find(said.slice(0, LONGEST_QUESTION));
  return found.kind === 'answer' && found.close ? found.text : undefined;
}

/** Whether two utterances ask for (almost) the same, and to have the same done. */
export function sameQuestion(one: string, other: string): boolean {
  const [first, second] = [subjectsIn(one), subjectsIn(other)];
  const sharedBy = (meaning: string) => first.includes(meaning) && second.includes(meaning);
  const shared = first.filter(sharedBy).length;
  const sameActs = [...first, ...second].filter(isAction).every(sharedBy);
  return sameActs && shared > 0 && shared / Math.max(first.length, second.length) >= ALMOST_ALL;
}

function subjectsIn(said: string): string[] {
  const meanings = meaningsIn(said);
  const subjects = meanings.filter((meaning) => !isLight(meaning));
  return subjects.length > 0 ? subjects : meanings;
}

function lookUp(question: string, { profile, knowledge, now }: Sources): Found {
  const hours = answerAboutHours(question, profile, now);
  if (hours !== undefined) return { kind: 'answer', text: hours, close: true };
  const found = knowledge.find(withoutName(question, profile.businessName));
  if (found.kind === 'nothing') return found;
  const days = found.kind === 'vague' ? hoursOfDaysIn(question, profile, now) : closedDaysIn(question, profile, now);
  if (days === undefined) return found;
  if (found.kind === 'vague') return { kind: 'answer', text: days, close: false };
  return ANY_WEEKDAY.test(found.text) ? found : { ...found, text: `${days} ${found.text}` };
}

const distinct = (texts: string[]): string[] => [...new Set(texts)];
