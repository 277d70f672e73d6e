import type { RequestHandler } from 'express';
import type { RecordingReport } from '../common/call-reports';
import type { Log } from '../common/log';
import { answerNothing } from './answers';
import { callFacts, field, recordingIn } from './form';
import { admission } from './guard';

interface RecordingOptions {
  recorded: (report: RecordingReport) => Promise<void>;
  now: () => number;
  log: Log;
}

/** POST /recording: Twilio has finished a recording, or has none, as other values of RecordingStatus say. Always 204. */
export function createRecordingRoute({ recorded, now, log }: RecordingOptions): RequestHandler {
  return async (request, response) => {
    const callSid = callFacts(request)?.callSid;
    const made = field(request, 'RecordingStatus') === 'completed' ? recordingIn(request) : undefined;
    log.info('call_recording', { callSid, data: { seconds: made?.seconds ?? 0 } });
    try {
      if (callSid && made) await recorded({ callSid, ...made, at: now(), test: admission(response) !== 'twilio' });
    } catch (error) {
      log.error('call_book', { callSid, step: 'recording not written', data: { reason: String(error) } });
    }
    answerNothing(response);
  };
}
