import type { RefusalReason } from '../common/call-record';
import type { CallFacts } from './call';
import { inFull, isAmong, isSameNumber } from './callers-number';
import { isLoop } from './loop';
import type { ConversationParts } from './parts';

/**
 * Whether a new call gets no conversation, before anything costs: our own coming back, or a blocked caller's. It is in
 * the book then. `isRinging` tells whether a person is being rung on a call, at the number of its profile.
 */
export function isRefused(parts: ConversationParts, facts: CallFacts, isRinging: (number: string) => boolean): boolean {
  const why = reasonFor(parts, facts, isRinging);
  if (why === undefined) return false;
  const { callSid, from, to, test = false } = facts;
  const at = parts.clock.now();
  parts.book.refused({ callSid, from: inFull(from, parts.profile().country), to, test, at, why });
  return true;
}

/** Some carriers show the telephone that forwards instead of whose call it is: nobody calls us while being rung. */
function reasonFor(
  { profile, rules }: ConversationParts,
  facts: CallFacts,
  isRinging: (number: string) => boolean,
): RefusalReason | undefined {
  if (facts.calling !== undefined) return undefined;
  const { transfer, country } = profile();
  const comesBack = transfer && isSameNumber(facts.from, transfer.number, country) && isRinging(transfer.number);
  if (comesBack || isLoop(profile(), facts)) return 'loop';
  return isAmong(rules.blocked(), facts.from, country) ? 'blocked' : undefined;
}
