import { needsPlainVoice, type Call } from './call';
import type { ConversationParts } from './parts';
import { askingForPartials } from './speculation/asking-for-partials';
import { plainly, type Step } from './step';
import { writeDown } from './write-down';

/** Answers kept for repeated webhooks of one call: Twilio repeats the latest, within seconds. */
const KEPT_ANSWERS = 2;

/** The answer to one webhook, made once; a repeat of it gets the same. A failure is not kept. */
export function answerOnce(
  parts: ConversationParts,
  call: Call,
  { key, make }: { key: string; make: () => Promise<Step[]> },
): Promise<Step[]> {
  const known = call.answers.get(key);
  if (known) return known;
  const answer = (needsPlainVoice(call) ? make().then(plainly) : make()).then(async (made) => {
    const steps = askingForPartials(parts, call, made);
    parts.answered?.(call.callSid, steps);
    await writeDown(parts, call, { steps, answered: [[key, steps]] }); // whatever comes now, the call goes on with it
    return steps;
  });
  call.answers.set(key, answer);
  answer.catch(() => call.answers.delete(key));
  const oldest = call.answers.keys().next().value;
  if (call.answers.size > KEPT_ANSWERS && oldest !== undefined) call.answers.delete(oldest);
  return answer;
}
