import { beginMessage, continueMessage } from '../../../src/conversations/message/dialogue';
import type { DialogueStep, Heard, MessageSeed } from '../../../src/conversations/message/dialogue';

/** What the caller does in one turn: words, keys, or null for silence. */
export type Turn = string | Heard | null;

/** A whole dialogue: every step's words, and the last step. State goes through JSON between turns, as it may in life. */
export function talk(
  turns: Turn[],
  {
    seed = {},
    from = '+12025550101',
    country = 'US',
  }: { seed?: MessageSeed; from?: string | undefined; country?: string } = {},
): DialogueStep & { said: string[] } {
  let step = beginMessage(seed, { from, country });
  const said = [step.say];
  for (const turn of turns) {
    const heard: Heard = turn === null ? {} : typeof turn === 'string' ? { speech: turn } : turn;
    step = continueMessage(JSON.parse(JSON.stringify(step.state)) as typeof step.state, heard);
    said.push(step.say);
  }
  return { ...step, said };
}
