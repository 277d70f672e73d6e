import type { Request, RequestHandler } from 'express';
import { OVER, type StatusReport } from '../common/call-reports';
import type { Log } from '../common/log';
import type { Conversations } from '../conversations/conversations';
import { answerNothing } from './answers';
import { callFacts, field, postedNumber } from './form';
import { admission } from './guard';

interface StatusOptions {
  conversations: Pick<Conversations, 'close'>;
  reported: (report: StatusReport) => Promise<void>;
  now: () => number;
  log: Log;
}

/** POST /status: what Twilio tells of a call's progress. Always 204, since other answers only raise warnings. */
export function createStatusRoute({ conversations, reported, now, log }: StatusOptions): RequestHandler {
  return async (request, response) => {
    const callSid = callFacts(request)?.callSid;
    const status = field(request, 'CallStatus') ?? '';
    log.info('call_status', { callSid, data: { status, seconds: field(request, 'CallDuration') } });
    try {
      if (callSid && OVER.includes(status)) await conversations.close(callSid);
      if (callSid && status)
        await reported({ callSid, status, ...reportIn(request, now()), test: admission(response) !== 'twilio' });
    } catch (error) {
      log.error('call_book', { callSid, step: 'status not written', data: { reason: String(error) } });
    }
    answerNothing(response);
  };
}

function reportIn(request: Request, now: number) {
  const at = Date.parse(field(request, 'Timestamp') ?? '');
  return {
    sequence: postedNumber(request, 'SequenceNumber') ?? 0,
    at: Number.isNaN(at) ? now : at,
    seconds: postedNumber(request, 'CallDuration'),
    from: field(request, 'From'),
    to: field(request, 'To'),
    direction: field(request, 'Direction'),
  };
}
