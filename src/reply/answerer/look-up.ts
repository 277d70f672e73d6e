import type { Clock } from '../../common/clock';
import type { Profile } from '../../common/profile';
import { answerQuestions } from './answer-questions';
import { createKnowledge, type Knowledge } from './knowledge';

const made = new WeakMap<Profile, Knowledge>();

/** What a profile knows, made ready for questions once. */
export function knowledgeOf(profile: Profile): Knowledge {
  const known = made.get(profile) ?? createKnowledge(profile);
  made.set(profile, known);
  return known;
}

/** The answers to all that an utterance asks, from the profile alone; undefined if one of them is not there. */
export function createLookUp({ clock }: { clock: Clock }) {
  return (question: string, profile: Profile): string | undefined => {
    const sources = { profile, knowledge: knowledgeOf(profile), now: new Date(clock.now()) };
    const { answers, missing } = answerQuestions(question, sources);
    return answers.length === 0 || missing ? undefined : answers.join(' ');
  };
}
