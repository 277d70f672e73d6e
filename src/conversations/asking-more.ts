import { sayAndListen } from './answering';
import type { Call } from './call';
import { isLeaving } from './farewell';
import type { ConversationParts } from './parts';
import type { MessageAnswer } from './ports';
import type { Heard, Step } from './step';

/** The owner's own questions about a message that is already written down. */
export interface Asking {
  questions: readonly string[];
  answers: MessageAnswer[];
  /** Writes the message down again, with the answers so far. False when that failed. */
  save(answers: readonly MessageAnswer[]): Promise<boolean>;
  /** What is said when all is asked; `goodbye` for a caller who is leaving. */
  finish(goodbye: boolean): Promise<Step[]>;
}

const ONE_MORE = 'Your message is noted. One more thing:';

/** Asks the first of the owner's questions. */
export function beginAsking(parts: ConversationParts, call: Call, asking: Asking): Promise<Step[]> {
  call.asking = asking;
  return sayAndListen(parts, call, { texts: [`${ONE_MORE} ${asking.questions[0] ?? ''}`], mode: 'open' });
}

/** Takes an answer, whatever it is, and asks on. Silence is an answer not given. */
export async function continueAsking(
  parts: ConversationParts,
  call: Call,
  { asking, heard }: { asking: Asking; heard: Heard },
): Promise<Step[]> {
  const [question = '', ...left] = asking.questions;
  const answer = (heard.speech ?? heard.digits ?? '').trim();
  const leaving = isLeaving(answer);
  const answers = answer === '' || leaving ? asking.answers : [...asking.answers, { question, answer }];
  call.asking = undefined;
  if (answers !== asking.answers) await asking.save(answers);
  const [next] = left;
  if (leaving || next === undefined) return asking.finish(leaving);
  call.asking = { ...asking, questions: left, answers };
  return sayAndListen(parts, call, { texts: [next], mode: 'open' });
}
