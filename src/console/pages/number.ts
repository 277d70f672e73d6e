import { Router, type Request } from 'express';
import type { Log } from '../../common/log';
import { entered, refuse, sendPage } from '../answers';
import { visitorOf } from '../door/visitor';
import type { Verdict, Verdicts } from '../verdicts';
import type { NumberDesk, Pointed } from './number-desk';
import { numberPage } from './number-page';

const PAGE = '/number';
/** How Twilio addresses a TwiML Bin. */
const BIN = /^https:\/\/handler\.twilio\.com\/twiml\/EH[0-9a-f]{32}$/i;

/** What the page needs. `phoneNumber` is the number in use, in E.164 form. */
export interface NumberOptions {
  number: NumberDesk;
  phoneNumber: () => string | undefined;
  publicBaseUrl: () => string | undefined;
  verdicts: Verdicts;
  log: Log;
}

/** /number and /api/number: what the number does today, one click to point it here, and the fallback outside. */
export function numberRoutes({ number, phoneNumber, publicBaseUrl, verdicts, log }: NumberOptions): Router {
  const router = Router();
  router.get(PAGE, async (request, response) => {
    const [visitor, verdict] = [visitorOf(response), verdicts.shownOn(request)];
    const known = { phoneNumber: phoneNumber(), address: publicBaseUrl() };
    sendPage(response, numberPage({ visitor, verdict, ...known, today: await number.today() }));
  });
  router.get('/api/number', async (request, response) => {
    const today = await number.today();
    if (!today) return refuse(request, response, notReady);
    if (!today.number.ok) return refuse(request, response, today.number);
    response.json({ phone_number: phoneNumber(), ...today });
  });
  router.post(['/number/point', '/api/number/provision'], async (request, response) => {
    const pointed = await number.point();
    log.info('number_pointed', { data: pointed.ok ? { way: pointed.fallback?.way } : { code: pointed.code } });
    verdicts.answer(request, response, { verdict: verdictOn(pointed), page: PAGE, body: bodyOf(pointed) });
  });
  router.post(['/number/bin', '/api/number/bin'], async (request, response) => {
    const pointed = await keepBin(request, number);
    verdicts.answer(request, response, { verdict: verdictOn(pointed), page: PAGE, body: bodyOf(pointed) });
  });
  const disconnect = async () => {
    const done = await number.disconnect();
    const body = done.ok ? { removed: done.removed, not_removed: done.notRemoved } : {};
    return { verdict: verdictOnRemoval(done), page: PAGE, body };
  };
  router.post('/number/disconnect', async (request, response) =>
    verdicts.answer(request, response, await disconnect()),
  );
  router.delete('/api/number/fallback', async (request, response) =>
    verdicts.answer(request, response, await disconnect()),
  );
  return router;
}

const notReady = {
  status: 400,
  code: 'not_ready',
  error: 'The Twilio credentials or the public address are missing.',
  remedy: 'Enter both on the credentials page first.',
};

function keepBin(request: Request, number: NumberDesk): Promise<Pointed> | Pointed {
  const url = entered(request, 'bin_url').trim();
  if (BIN.test(url)) return number.keepBin(url);
  return {
    ok: false,
    status: 400,
    field: 'bin_url',
    code: 'not_a_bin',
    error: 'This is not the address of a TwiML Bin.',
    remedy:
      'Copy the URL that the Twilio Console shows above the saved TwiML Bin; it begins with https://handler.twilio.com/twiml/EH.',
  };
}

const WAYS = {
  function: 'a Twilio Function takes messages while Frontdesk is down',
  studio: 'a Studio flow takes messages while Frontdesk is down',
  'twiml-bin': 'the text of a TwiML Bin is below, to be pasted by you',
} as const;

function verdictOn(pointed: Pointed): Verdict {
  if (!pointed.ok) return pointed;
  const { fallback, fallbackProblem } = pointed;
  const message = `The number's calls come to Frontdesk${fallback ? `, and ${WAYS[fallback.way]}` : ''}.`;
  const warnings = [
    ...(fallback?.refusals ?? []),
    ...(fallbackProblem ? [`Nothing answers while Frontdesk is down: ${fallbackProblem}`] : []),
  ];
  return { ok: true, message, warnings };
}

const bodyOf = (pointed: Pointed): Record<string, unknown> =>
  pointed.ok ? { changed: pointed.changed, fallback: pointed.fallback ?? null } : {};

function verdictOnRemoval(done: Awaited<ReturnType<NumberDesk['disconnect']>>): Verdict {
  if (!done.ok) return done;
  const what =
    done.removed.length > 0
      ? `Removed at Twilio: ${done.removed.join(', ')}.`
      : 'There was nothing to remove at Twilio.';
  return { ok: true, message: `${what} Nothing answers while Frontdesk is down.`, warnings: done.notRemoved };
}
