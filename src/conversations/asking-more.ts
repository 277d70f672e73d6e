import { isLeaving } from './farewell';
import { emailIn, spokenEmail } from './message/email';
import { yesOrNo } from './message/yes-no';
import type { MessageAnswer } from './ports';
import type { Heard, ListeningMode } from './step';

/** The owner's own questions about a message that is already written down; the first is the one asked last. */
export interface Asking {
  questions: readonly string[];
  answers: readonly MessageAnswer[];
  /** The caller was asked whether the e-mail address in the latest answer is right; `times` they were asked. */
  confirming?: { times: number };
}

/** What came of an answer. `say` is asked before anything else. */
interface Taken extends Asking {
  leaving: boolean;
  say?: string;
  mode?: ListeningMode;
}

const ONE_MORE = 'Your message is noted. One more thing:';
const ONCE_MORE = "I'm sorry. Please say the address once more.";
const MOST_READ_BACK = 2;

/** What is said when the owner's questions begin. */
export const firstQuestion = ({ questions }: Asking): string => `${ONE_MORE} ${questions[0] ?? ''}`;

/**
 * Takes an answer, whatever it is. Silence is an answer not given; `leaving` are the last words of a call. An e-mail
 * address is taken down, then read back to be confirmed.
 */
export function takeAnswer(asking: Asking, heard: Heard): Taken {
  const { questions, answers, confirming } = asking;
  const [question = '', ...left] = questions;
  const answer = (heard.speech ?? heard.digits ?? '').trim();
  const leaving = isLeaving(answer);
  if (confirming) return confirmed(asking, heard, leaving);
  if (answer === '' || leaving) return { questions: left, answers, leaving };
  const email = emailIn(answer);
  if (email === undefined) return { questions: left, answers: [...answers, { question, answer }], leaving };
  return readBack({ questions, answers: [...answers, { question, answer: email }] }, email, 1);
}

const readBack = (asking: Asking, email: string, times: number): Taken => ({
  ...{ ...asking, confirming: { times }, leaving: false },
  ...{ say: `That is ${spokenEmail(email)}. Is that right?`, mode: 'yesNo' },
});

/** Yes goes on, as does what is neither; no has the address said again, once; another address is read back itself. */
function confirmed({ questions, answers, confirming }: Asking, heard: Heard, leaving: boolean): Taken {
  const times = confirming?.times ?? 1;
  const [question = '', ...left] = questions;
  const another = emailIn(heard.speech ?? '');
  if (another !== undefined && times < MOST_READ_BACK)
    return readBack(
      { questions, answers: [...answers.slice(0, -1), { question, answer: another }] },
      another,
      times + 1,
    );
  if (another !== undefined)
    return { questions: left, answers: [...answers.slice(0, -1), { question, answer: another }], leaving };
  const wrong = yesOrNo(heard) === 'no';
  if (wrong && times < MOST_READ_BACK && !leaving)
    return { questions, answers, confirming: { times }, leaving, say: ONCE_MORE, mode: 'dictating' };
  return { questions: left, answers, leaving };
}
