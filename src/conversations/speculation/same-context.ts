import type { CallContext } from '../ports';
import { sameWords } from './same-words';

/** Whether a reply to one is a reply to the other: all is equal but how the last words are written. */
export function sameContext(one: CallContext, other: CallContext): boolean {
  const [last, otherLast] = [one.messages.at(-1), other.messages.at(-1)];
  if (last?.role !== 'user' || otherLast?.role !== 'user' || one.messages.length !== other.messages.length)
    return false;
  const earlier = one.messages.slice(0, -1).every(({ role, content }, at) => {
    const message = other.messages[at];
    return message?.role === role && message.content === content;
  });
  return (
    earlier &&
    sameWords(last.content, otherLast.content) &&
    one.callSid === other.callSid &&
    one.profile === other.profile &&
    one.canTransfer === other.canTransfer &&
    (one.missing ?? []).join('\n') === (other.missing ?? []).join('\n')
  );
}
