import { openCall, type Call, type CallFacts } from './call';
import { noteLimit } from './limits';
import type { OpenCalls } from './open-calls';
import type { ConversationParts } from './parts';
import { goOnWith, type SavedConversation } from './saved';

/**
 * Finds the call of a webhook: open here, going on from before a restart, or new. Undefined when there is no room,
 * 'over' when Twilio has told of its end: a webhook that comes later opens nothing.
 */
export function createFinder(parts: ConversationParts, calls: OpenCalls) {
  const arriving = new Map<string, Promise<Call | 'over' | undefined>>();
  const arrive = async (facts: CallFacts) => {
    const saved = await parts.book.reopen(facts.callSid);
    if (saved === 'over') return 'over';
    const call = saved
      ? admit(parts, calls, { facts: { ...facts, ...callersFacts(saved) }, crowded: false })
      : admit(parts, calls, { facts, crowded: parts.isCrowded?.() === true });
    if (call && saved) goOnWith(call, saved);
    else if (call) begin(parts, call, facts);
    return call;
  };
  const find = async (facts: CallFacts): Promise<Call | 'over' | undefined> => {
    const { callSid } = facts;
    const open = calls.find(callSid);
    if (open) return open;
    const coming = arriving.get(callSid) ?? arrive(facts).finally(() => arriving.delete(callSid));
    arriving.set(callSid, coming);
    return coming;
  };
  /** A call that is open or can go on; never a new one. */
  const known = async (callSid: string): Promise<Call | undefined> => {
    const open = calls.find(callSid);
    if (open || typeof (await parts.book.reopen(callSid)) !== 'object') return open;
    const found = await find({ callSid });
    return found === 'over' ? undefined : found;
  };
  return { find, known };
}

/** A call that is new goes into the book and is counted; later webhooks of it count nothing. */
function begin(parts: ConversationParts, call: Call, facts: CallFacts): void {
  parts.book.opened({ ...call, at: parts.clock.now() });
  const limit = parts.rules.limitOfDay(facts);
  if (limit) noteLimit(parts, call, limit);
}

/** A webhook of another leg knows nothing of the call itself. */
const callersFacts = ({ from, to, test, trial, calling }: SavedConversation) => ({ from, to, test, trial, calling });

/** Opens a call, unless twice too many are open; above the limit itself it costs nothing. */
function admit(
  parts: ConversationParts,
  calls: OpenCalls,
  { facts, crowded }: { facts: CallFacts; crowded: boolean },
): Call | undefined {
  const { clock, limits } = parts;
  const active = calls.count();
  if (active >= limits.maxConcurrentCalls * 2) return undefined;
  const profile = parts.profile();
  const overflow = active >= limits.maxConcurrentCalls || crowded;
  const systemPrompt = parts.systemPrompt(profile, {
    ...{ now: new Date(clock.now()), from: facts.from, calling: facts.calling },
  });
  const keep = limits.historyMessages * 2;
  const call = openCall({ facts, profile, systemPrompt, keep, overflow, now: clock.now() });
  calls.add(call);
  parts.counts.callOpened(overflow);
  return call;
}
