import type { RequestHandler } from 'express';
import type { Log } from '../common/log';
import { answerNothing } from './answers';
import { callFacts, field, parameter } from './form';

interface MachineOptions {
  machineAnswered: (callSid: string, placedId: string) => Promise<void>;
  log: Log;
}

/**
 * POST /machine: who has answered a call of ours, told while the conversation goes on already (AsyncAmd), so that
 * nobody waits for it. Always 204.
 */
export function createMachineRoute({ machineAnswered, log }: MachineOptions): RequestHandler {
  return async (request, response) => {
    const callSid = callFacts(request)?.callSid;
    const answeredBy = field(request, 'AnsweredBy') ?? '';
    log.info('call_answered', { callSid, data: { answered_by: answeredBy } });
    const machine = answeredBy.startsWith('machine') || answeredBy === 'fax';
    try {
      if (callSid && machine) await machineAnswered(callSid, parameter(request, 'placed') ?? '');
    } catch (error) {
      log.error('call_answered', { callSid, step: 'not led', data: { reason: String(error) } });
    }
    answerNothing(response);
  };
}
