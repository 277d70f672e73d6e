import { openCall, type Call, type CallFacts } from './call';
import { inFull } from './callers-number';
import { noteLimit } from './limits';
import type { OpenCalls } from './open-calls';
import type { ConversationParts } from './parts';
import { isRefused } from './refusing';
import { goOnWith, withSoundsHere, type SavedConversation } from './saved';

type Found = Call | 'over' | 'refused' | undefined;

/**
 * Finds the call of a webhook: open here, going on from before a restart, or new. Undefined when there is no room,
 * 'over' when Twilio has told of its end: a webhook that comes later opens nothing. Nor does one of a new call that is
 * 'refused', whichever webhook is its first.
 */
export function createFinder(parts: ConversationParts, calls: OpenCalls) {
  const arriving = new Map<string, Promise<Found>>();
  const arrive = async (facts: CallFacts): Promise<Found> => {
    const kept = await parts.book.reopen(facts.callSid);
    if (kept === 'over') return 'over';
    const saved = kept && (await withSoundsHere(kept, parts.soundsHere));
    if (!saved && isRefused(parts, facts, calls.isRinging)) return 'refused';
    const told = saved ? { ...facts, ...callersFacts(saved) } : facts;
    const call = admit(parts, calls, { facts: told, crowded: !saved && parts.isCrowded?.() === true });
    if (call && saved) goOnWith(call, saved);
    else if (call) begin(parts, call, facts);
    return call;
  };
  const find = async (facts: CallFacts): Promise<Found> => {
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
    return typeof found === 'string' ? undefined : found;
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

/**
 * Opens a call, unless twice too many are open; above the limit itself it costs nothing. Whom we call ourselves is never
 * told to call again.
 */
function admit(
  parts: ConversationParts,
  calls: OpenCalls,
  { facts: told, crowded }: { facts: CallFacts; crowded: boolean },
): Call | undefined {
  const { clock, limits } = parts;
  const active = calls.count();
  if (active >= limits.maxConcurrentCalls * 2 && told.calling === undefined) return undefined;
  const profile = parts.profile();
  const facts = { ...told, from: inFull(told.from, profile.country) };
  const overflow = active >= limits.maxConcurrentCalls || crowded;
  const now = clock.now();
  const { from, calling } = facts;
  const systemPrompt = () => parts.systemPrompt(profile, { now: new Date(now), from, calling });
  const call = openCall({ facts, profile, systemPrompt, overflow, now });
  calls.add(call);
  parts.counts.callOpened(overflow);
  return call;
}
