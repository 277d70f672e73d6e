import type { RequestHandler } from 'express';
import type { AnsweredBy } from '../common/call-record';
import type { Log } from '../common/log';
import type { Conversations } from '../conversations/conversations';
import { answerNothing } from './answers';
import { callFacts, field, parameter } from './form';

interface MachineOptions {
  conversations: Pick<Conversations, 'answeredBy'>;
  machineAnswered: (callSid: string, placedId: string) => Promise<void>;
  log: Log;
}

/**
 * POST /machine: who has answered a call of ours, told while the conversation goes on already (AsyncAmd), so that
 * nobody waits for it. The core has the last word on a machine. Always 204.
 */
export function createMachineRoute({ conversations, machineAnswered, log }: MachineOptions): RequestHandler {
  return async (request, response) => {
    const callSid = callFacts(request)?.callSid;
    const answeredBy = field(request, 'AnsweredBy') ?? '';
    log.info('call_answered', { callSid, data: { answered_by: answeredBy } });
    const by = takenBy(answeredBy);
    try {
      if (callSid && by && (await conversations.answeredBy(callSid, by)))
        await machineAnswered(callSid, parameter(request, 'placed') ?? '');
    } catch (error) {
      log.error('call_answered', { callSid, step: 'not led', data: { reason: String(error) } });
    }
    answerNothing(response);
  };
}

/** Twilio says "unknown" where it cannot tell. */
function takenBy(answeredBy: string): AnsweredBy | undefined {
  if (answeredBy.startsWith('machine') || answeredBy === 'fax') return 'machine';
  return answeredBy === 'human' ? 'person' : undefined;
}
