import { needsPlainVoice, type Call } from './call';
import type { ConversationParts } from './parts';
import { plainly, type Step } from './step';
import { writeDown } from './write-down';

/** Answers kept for repeated webhooks of one call. */
const KEPT_ANSWERS = 8;

/** The answer to one webhook, made once; a repeat of it gets the same. A failure is not kept. */
export function answerOnce(
  parts: ConversationParts,
  call: Call,
  { key, make }: { key: string; make: () => Promise<Step[]> },
): Promise<Step[]> {
  const known = call.answers.get(key);
  if (known) return known;
  const made = (needsPlainVoice(call) ? make().then(plainly) : make()).then(async (steps) => {
    parts.answered?.(call.callSid, steps);
    await writeDown(parts, call, { steps, answered: [[key, steps]] });
    return steps;
  });
  call.answers.set(key, made);
  made.catch(() => call.answers.delete(key));
  const oldest = call.answers.keys().next().value;
  if (call.answers.size > KEPT_ANSWERS && oldest !== undefined) call.answers.delete(oldest);
  return made;
}
