import { Router, type Request, type Response } from 'express';
import type { Log } from '../common/log';
import type { Conversations } from '../conversations/conversations';
import { addressesOf } from './addresses';
import { answerTwiml } from './answers';
import { field, parameter } from './form';
import type { SayVoice } from './twiml';
import { element, responseOf, textOf } from './xml';

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
  const asking = (words: string, action: string) => {
    const { name: voice, language } = sayVoice();
    const said = element('Say', { voice, language }, textOf(words));
    const attributes = { action, method: 'POST', input: 'dtmf', numDigits: 1, timeout: 6 };
    return element('Gather', attributes, said + said);
  };
  router.post('/screen', async (request, response) => {
    const callSid = parameter(request, 'call_sid') ?? '';
    const words = await conversations.screen(callSid).catch(() => undefined);
    const gather = words === undefined ? '' : asking(words, addressesOf(baseOf(response), callSid).screened());
    answerTwiml(response, responseOf(gather + element('Hangup')));
  });
  router.post('/screened', async (request, response) => {
    const accepted = await takes(conversations, request).catch(() => false);
    log.info('transfer', { callSid: parameter(request, 'call_sid'), data: { accepted } });
    answerTwiml(response, responseOf(accepted ? '' : element('Hangup')));
  });
  return router;
}

const takes = (conversations: ScreenOptions['conversations'], request: Request) =>
  conversations.screened(parameter(request, 'call_sid') ?? '', field(request, 'Digits') ?? '');
