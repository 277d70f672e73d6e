import { Router } from 'express';
import { entered, sendPage } from '../../answers';
import { visitorOf } from '../../door/visitor';
import type { Verdict, Verdicts } from '../../verdicts';
import type { TellingDesk } from './desk';
import { emailIn, textsIn } from './entries';
import { subscriberRoutes } from './subscribers';
import { tellingPage } from './telling-page';

const PAGE = '/notifications';

interface TellingOptions {
  telling: TellingDesk;
  verdicts: Verdicts;
  timeZone: () => string;
}

/** /notifications and /api/events: who is told of calls and messages, how, and what became of it. */
export function tellingRoutes({ telling, verdicts, timeZone }: TellingOptions): Router {
  const router = Router();
  router.get(PAGE, async (request, response) => {
    const [visitor, verdict] = [visitorOf(response), verdicts.shownOn(request)];
    const deliveries = await telling.deliveries();
    const { events } = telling;
    const { email, subscribers, texts } = telling;
    const who = { email: email(), subscribers: subscribers(), texts: texts(), textState: await telling.textState() };
    sendPage(response, tellingPage({ visitor, verdict, ...who, deliveries, events, timeZone: timeZone() }));
  });
  router.post(`${PAGE}/email`, async (request, response) => {
    const entry = emailIn({
      server: entered(request, 'server'),
      from: entered(request, 'from'),
      to: entered(request, 'to'),
    });
    const wrong = entry.ok ? await telling.checkEmail(entry.value.server) : undefined;
    if (entry.ok && wrong === undefined) await telling.saveEmail(entry.value);
    const kept: Verdict =
      wrong === undefined ? { ok: true, message: 'Messages are sent there from now on.' } : noMail(wrong);
    const verdict: Verdict = entry.ok ? kept : entry;
    verdicts.answer(request, response, { verdict, page: PAGE });
  });
  router.post(`${PAGE}/email/forget`, async (request, response) => {
    await telling.forgetEmail();
    verdicts.answer(request, response, { verdict: { ok: true, message: 'No e-mail is sent any more.' }, page: PAGE });
  });
  router.post(`${PAGE}/texts`, async (request, response) => {
    const entry = textsIn(entered(request, 'texts'));
    if (entry.ok) await telling.saveTexts(entry.value);
    const message =
      entry.ok && entry.value.length > 0 ? 'Messages are sent there as texts.' : 'No text is sent any more.';
    verdicts.answer(request, response, { verdict: entry.ok ? { ok: true, message } : entry, page: PAGE });
  });
  return router.use(subscriberRoutes(telling, verdicts));
}

const noMail = (what: string): Verdict => ({
  ok: false,
  status: 502,
  field: 'server',
  code: 'mail_server',
  error: `The mail server did not let us in (${what}). Nothing was changed.`,
  remedy: 'Check its name, its port, the user and the password.',
});
