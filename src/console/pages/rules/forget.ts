import { Router, type Request, type Response } from 'express';
import { E164 } from '../../../common/e164';
import type { CallersTraces } from '../../../common/call-record';
import { inFull } from '../../../conversations/callers-number';
import { entered, refuse, sendPage } from '../../answers';
import { visitorOf } from '../../door/visitor';
import type { Verdict, Verdicts } from '../../verdicts';
import type { CallDesk } from '../calls/desk';
import { confirmPage, forgetPage, leftWords, removedWords } from './forget-page';

const PAGE = '/forget';

interface ForgetOptions {
  calls: Pick<CallDesk, 'read' | 'aboutCaller' | 'forgetCaller'>;
  isBlocked: (number: string) => boolean;
  /** The country of the business, in which numbers are read. */
  country: () => string;
  verdicts: Verdicts;
}

/** /forget and DELETE /api/callers/{number}: removes everything of one caller; the page asks once more before. */
export function forgetRoutes(options: ForgetOptions): Router {
  const { calls, verdicts } = options;
  const router = Router();
  router.get(PAGE, async (request, response) => {
    const number = await numberOf(options, request.query['call']);
    sendPage(response, forgetPage({ visitor: visitorOf(response), number, verdict: verdicts.shownOn(request) }));
  });
  router.post(PAGE, (request, response) => forget(options, request, response));
  router.delete('/api/callers/:number', async (request, response) => {
    const { number } = request.params;
    if (!E164.test(number)) return refuse(request, response, notANumber);
    const forgotten = await calls.forgetCaller(number);
    if (!forgotten.ok) return refuse(request, response, forgotten);
    const { removed, recordingsLeft } = forgotten;
    response.json({
      ...{ success: true, removed: inJson(removed), kept: { blocked: options.isBlocked(number) } },
      still_to_come: { recordings: recordingsLeft },
    });
  });
  return router;
}

/** Whom a call was with: its number stands in the call, and need not stand in an address. */
async function numberOf({ calls, country }: ForgetOptions, sid: unknown): Promise<string> {
  const call = typeof sid === 'string' ? await calls.read(sid) : undefined;
  const number = inFull(call?.direction === 'outbound' ? call.to : call?.from, country());
  return number !== undefined && E164.test(number) ? number : '';
}

async function forget(
  { calls, isBlocked, verdicts }: ForgetOptions,
  request: Request,
  response: Response,
): Promise<void> {
  const number = entered(request, 'number').replace(/[\s().-]/g, '');
  const visitor = visitorOf(response);
  if (!E164.test(number)) {
    const shown = { visitor, number: entered(request, 'number'), verdict: { ok: false as const, ...notANumber } };
    return sendPage(response, forgetPage(shown), notANumber.status);
  }
  if (entered(request, 'sure') !== 'yes')
    return sendPage(
      response,
      confirmPage({ visitor, number, traces: await calls.aboutCaller(number), blocked: isBlocked(number) }),
    );
  const forgotten = await calls.forgetCaller(number);
  const verdict: Verdict = forgotten.ok
    ? {
        ok: true,
        message: removedWords(forgotten.removed),
        warnings: leftWords(forgotten.recordingsLeft, isBlocked(number)),
      }
    : forgotten;
  verdicts.answer(request, response, { verdict, page: PAGE });
}

const notANumber = {
  status: 400,
  field: 'number',
  code: 'invalid_number',
  error: 'This is no telephone number in full. Nothing was removed.',
  remedy: 'Enter it with a plus and its country, like +12025550143.',
};

const inJson = ({ placedCalls, ...others }: CallersTraces) => ({ ...others, placed_calls: placedCalls });
