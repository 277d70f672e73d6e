import { answerOnce } from './answer-once';
import type { Call, CallFacts } from './call';
import type { ConversationParts } from './parts';
import type { Step } from './step';
import { afterTransfer, screenWords, type DialEnd } from './transferring';
import { writeDown } from './write-down';

/** What happens on the way to a person. */
export interface Transfers {
  /** What a person hears who is rung for a call; undefined when there is no such transfer. */
  screen(callSid: string): Promise<string | undefined>;
  /** The person pressed something, or nothing. True when the call is theirs now. */
  screened(callSid: string, digits: string): Promise<boolean>;
  /** Putting the call through has ended. */
  transferred(facts: CallFacts, ended: DialEnd & { turn: number }): Promise<Step[]>;
}

/** The webhooks of calls that are put through. */
export function createTransfers(
  parts: ConversationParts,
  known: (callSid: string) => Promise<Call | undefined>,
): Transfers {
  return {
    async screen(callSid) {
      const call = await known(callSid);
      return call?.transfer && !call.transfer.over ? screenWords(call) : undefined;
    },
    async screened(callSid, digits) {
      const call = await known(callSid);
      if (!call?.transfer || call.transfer.over || digits !== '1') return false;
      call.transfer = { ...call.transfer, accepted: true };
      parts.book.transferred({ callSid, at: parts.clock.now(), accepted: true, status: 'accepted' });
      await writeDown(parts, call, { steps: [] });
      return true;
    },
    async transferred(facts, { turn, ...ended }) {
      const call = await known(facts.callSid);
      if (!call) return [{ kind: 'hangUp' }];
      return answerOnce(parts, call, { key: `transferred ${turn}`, make: () => afterTransfer(parts, call, ended) });
    },
  };
}
