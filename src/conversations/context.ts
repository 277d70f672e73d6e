import type { Call } from './call';
import { windowOf } from './history';
import { canTransfer } from './may-transfer';
import { missingFields } from './notes';
import type { ConversationParts } from './parts';
import type { CallContext } from './ports';

/** What a reply may know of its call, and of its history or what that may come to be. */
export const contextOf = (parts: ConversationParts, call: Call, history = call.history): CallContext => ({
  callSid: call.callSid,
  from: call.from,
  profile: call.profile,
  messages: windowOf(history, call.systemPrompt(), parts.limits.historyMessages),
  canTransfer: canTransfer(parts, call),
  missing: missingFields(call),
});
