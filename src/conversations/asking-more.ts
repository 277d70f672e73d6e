import { isLeaving } from './farewell';
import type { MessageAnswer } from './ports';
import type { Heard } from './step';

/** The owner's own questions about a message that is already written down; the first is the one asked last. */
export interface Asking {
  questions: readonly string[];
  answers: readonly MessageAnswer[];
}

const ONE_MORE = 'Your message is noted. One more thing:';

/** What is said when the owner's questions begin. */
export const firstQuestion = ({ questions }: Asking): string => `${ONE_MORE} ${questions[0] ?? ''}`;

/** Takes an answer, whatever it is. Silence is an answer not given; `leaving` are the last words of a call. */
export function takeAnswer({ questions, answers }: Asking, heard: Heard): Asking & { leaving: boolean } {
  const [question = '', ...left] = questions;
  const answer = (heard.speech ?? heard.digits ?? '').trim();
  const leaving = isLeaving(answer);
  if (answer === '' || leaving) return { questions: left, answers, leaving };
  return { questions: left, answers: [...answers, { question, answer }], leaving };
}
