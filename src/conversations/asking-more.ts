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
const MEANT_AS_ADDRESS = /@|\bat\b.*(?:\bdot\b|\.\w)/i;

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
  if (email !== undefined) return readBack({ questions, answers: [...answers, { question, answer: email }] }, email, 1);
  const kept = [...answers, { question, answer }];
  return MEANT_AS_ADDRESS.test(answer) ? onceMore(questions, kept) : { questions: left, answers: kept, leaving };
}

const readBack = (asking: Asking, email: string, times: number): Taken => ({
  ...{ ...asking, confirming: { times }, leaving: false },
  ...{ say: `That is ${spokenEmail(email)}. Is that right?`, mode: 'yesNo' },
});

const onceMore = (questions: readonly string[], answers: readonly MessageAnswer[]): Taken => ({
  ...{ questions, answers, confirming: { times: 1 }, leaving: false },
  ...{ say: ONCE_MORE, mode: 'dictating' },
});

/**
 * Yes goes on, as does what is neither. No has the address said again, once; refused twice it is not kept. Another
 * address is read back itself.
 */
function confirmed({ questions, answers, confirming }: Asking, heard: Heard, leaving: boolean): Taken {
  const times = confirming?.times ?? 1;
  const [question = '', ...left] = questions;
  const before = answers.slice(0, -1);
  const said = heard.speech ?? '';
  const another = emailIn(said);
  const changed = another === undefined ? answers : [...before, { question, answer: another }];
  if (another !== undefined && times < MOST_READ_BACK)
    return readBack({ questions, answers: changed }, another, times + 1);
  const wrong = another === undefined && yesOrNo(heard) === 'no';
  if (wrong && times < MOST_READ_BACK && !leaving) return onceMore(questions, answers);
  return { questions: left, answers: wrong ? before : changed, leaving };
}
