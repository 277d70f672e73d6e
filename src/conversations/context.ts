import type { Call } from './call';
import { canTransfer } from './may-transfer';
import { missingFields } from './notes';
import type { ConversationParts } from './parts';
import type { CallContext, Message } from './ports';

/** What a reply to these messages may know of its call. */
export const contextOf = (parts: ConversationParts, call: Call, messages: readonly Message[]): CallContext => ({
  callSid: call.callSid,
  from: call.from,
  profile: call.profile,
  messages,
  canTransfer: canTransfer(parts, call),
  missing: missingFields(call),
});
