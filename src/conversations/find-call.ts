import { openCall, type Call, type CallFacts } from './call';
import type { OpenCalls } from './open-calls';
import type { ConversationParts } from './parts';
import { goOnWith } from './saved';

/** Finds the call of a webhook: open here, going on from before a restart, or new. Undefined when there is no room. */
export function createFinder(parts: ConversationParts, calls: OpenCalls) {
  const arriving = new Map<string, Promise<Call | undefined>>();
  const arrive = async (facts: CallFacts) => {
    const saved = await parts.book.reopen(facts.callSid);
    const call = admit(parts, calls, saved ? { ...facts, from: saved.from, to: saved.to } : facts);
    if (call && saved) goOnWith(call, saved);
    else if (call) parts.book.opened({ ...call, at: parts.clock.now() });
    return call;
  };
  const find = async (facts: CallFacts): Promise<Call | undefined> => {
    const { callSid } = facts;
    const open = calls.find(callSid);
    if (open) return open;
    const coming = arriving.get(callSid) ?? arrive(facts).finally(() => arriving.delete(callSid));
    arriving.set(callSid, coming);
    return coming;
  };
  /** A call that is open or can go on; never a new one. */
  const known = async (callSid: string) =>
    calls.find(callSid) ?? ((await parts.book.reopen(callSid)) ? find({ callSid }) : undefined);
  return { find, known };
}

/** Opens a call, unless twice too many are open; above the limit itself it costs nothing. */
function admit(parts: ConversationParts, calls: OpenCalls, facts: CallFacts): Call | undefined {
  const { clock, limits } = parts;
  const active = calls.count();
  if (active >= limits.maxConcurrentCalls * 2) return undefined;
  const profile = parts.profile();
  const overflow = active >= limits.maxConcurrentCalls;
  const systemPrompt = parts.systemPrompt(profile, { now: new Date(clock.now()), from: facts.from });
  const keep = limits.historyMessages * 2;
  const call = openCall({ facts, profile, systemPrompt, keep, overflow, now: clock.now() });
  calls.add(call);
  parts.counts.callOpened(overflow);
  return call;
}
