import type { Request, RequestHandler } from 'express';
import type { Log } from '../common/log';
import type { Conversations } from '../conversations/conversations';
import { answerNothing } from './answers';
import { callFacts, field, postedNumber, wholeNumber } from './form';

interface PartialOptions {
  conversations: Pick<Conversations, 'hearPartial'>;
  log: Log;
}

/**
 * POST /partial: what a caller has said so far (twilio.com/docs/voice/twiml/gather). Always 204, and before anything is
 * done with the words: Twilio does not look at the answer, and the caller's call goes on meanwhile.
 */
export function createPartialRoute({ conversations, log }: PartialOptions): RequestHandler {
  return (request, response) => {
    answerNothing(response);
    const callSid = callFacts(request)?.callSid;
    const turn = wholeNumber(request, 'turn');
    const sequence = postedNumber(request, 'SequenceNumber');
    const words = wordsIn(request);
    if (callSid === undefined || turn === undefined || sequence === undefined || words === '') return;
    try {
      conversations.hearPartial(callSid, { turn, sequence, words });
    } catch (error) {
      log.error('defect', { callSid, step: 'partial', data: { stack: error instanceof Error ? error.stack : '' } });
    }
  };
}

/** Of two results the stable one is the beginning, and the unstable one may hold it too. */
function wordsIn(request: Request): string {
  const [stable, unstable] = ['StableSpeechResult', 'UnstableSpeechResult'].map((name) =>
    (field(request, name) ?? '').trim(),
  ) as [string, string];
  return unstable.startsWith(stable) ? unstable : `${stable} ${unstable}`.trim();
}
