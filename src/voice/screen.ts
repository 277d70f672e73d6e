import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { Router, type Request, type Response } from 'express';
import type { Log } from '../common/log';
import type { Conversations } from '../conversations/conversations';
import { addressesOf } from './addresses';
import { field, parameter } from './form';
import { withoutIllegal } from './legal-text';
import type { SayVoice } from './twiml';

interface ScreenOptions {
  conversations: Pick<Conversations, 'screen' | 'screened'>;
  sayVoice: () => SayVoice;
  /** The address that Twilio knows us by, or none for a program on this machine. */
  baseOf: (response: Response) => string;
  log: Log;
}

/**
 * /screen and /screened, on the telephone of a person who is rung (its own CallSid; ours is in the address). Only the
 * key 1 joins the two, so that a mailbox never swallows a caller. Whatever fails, the person is hung up on and the
 * caller goes back to the receptionist.
 */
export function screenRoutes({ conversations, sayVoice, baseOf, log }: ScreenOptions): Router {
  const router = Router();
  router.post('/screen', async (request, response) => {
    const callSid = parameter(request, 'call_sid') ?? '';
    const words = await conversations.screen(callSid).catch(() => undefined);
    const { name: voice, language } = sayVoice();
    const twiml = new VoiceResponse();
    if (words !== undefined) {
      const action = addressesOf(baseOf(response), callSid).screened();
      const gather = twiml.gather({ action, method: 'POST', input: ['dtmf'], numDigits: 1, timeout: 6 });
      for (let times = 0; times < 2; times += 1)
        gather.say({ voice, language } as VoiceResponse.SayAttributes, withoutIllegal(words));
    }
    twiml.hangup();
    response.type('text/xml').send(twiml.toString());
  });
  router.post('/screened', async (request, response) => {
    const accepted = await takes(conversations, request).catch(() => false);
    log.info('transfer', { callSid: parameter(request, 'call_sid'), data: { accepted } });
    const twiml = new VoiceResponse();
    if (!accepted) twiml.hangup();
    response.type('text/xml').send(twiml.toString());
  });
  return router;
}

const takes = (conversations: ScreenOptions['conversations'], request: Request) =>
  conversations.screened(parameter(request, 'call_sid') ?? '', field(request, 'Digits') ?? '');
