import { Router, type Request } from 'express';
import { entered, refuse, sendPage } from '../../answers';
import { visitorOf } from '../../door/visitor';
import type { Verdict, Verdicts } from '../../verdicts';
import type { TellingDesk } from './desk';
import { emailIn, subscriberIn, textsIn } from './entries';
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
  router.use(channelRoutes(telling, verdicts));
  router.post([`${PAGE}/subscribers`, '/api/events/subscribers'], async (request, response) => {
    const entry = subscriberIn({ url: entered(request, 'url'), events: eventsIn(request) }, telling.events);
    if (!entry.ok) return verdicts.answer(request, response, { verdict: entry, page: PAGE });
    const made = await telling.subscribe(entry.value);
    const message = `Events are sent there. The secret that verifies them is shown only now: ${made.secret}`;
    verdicts.answer(request, response, { verdict: { ok: true, message }, page: PAGE, body: made });
  });
  router.post(`${PAGE}/subscribers/:id/remove`, async (request, response) => {
    if (!(await telling.unsubscribe(request.params['id']))) return refuse(request, response, noSubscriber);
    verdicts.answer(request, response, {
      verdict: { ok: true, message: 'Nothing is sent there any more.' },
      page: PAGE,
    });
  });
  router.delete('/api/events/subscribers/:id', async (request, response) => {
    if (!(await telling.unsubscribe(request.params['id']))) return refuse(request, response, noSubscriber);
    response.json({ success: true });
  });
  router.get('/api/events/subscribers', (_request, response) => {
    response.json({ subscribers: telling.subscribers() });
  });
  router.get('/api/events/deliveries', async (_request, response) => {
    response.json({ deliveries: await telling.deliveries() });
  });
  router.post([`${PAGE}/deliveries/:id/replay`, '/api/events/deliveries/:id/replay'], async (request, response) => {
    if (!(await telling.replay(String(request.params['id'])))) return refuse(request, response, noDelivery);
    verdicts.answer(request, response, { verdict: { ok: true, message: 'It is sent again.' }, page: PAGE });
  });
  return router;
}

/** Letters and texts: where messages go. */
function channelRoutes(telling: TellingDesk, verdicts: Verdicts): Router {
  const router = Router();
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
  return router;
}

/** A form sends one or several fields of the name, a script an array. */
function eventsIn(request: Request): string[] {
  const { events } = (request.body ?? {}) as { events?: unknown };
  return [events].flat().filter((each): each is string => typeof each === 'string');
}

const noMail = (what: string): Verdict => ({
  ok: false,
  status: 502,
  field: 'server',
  code: 'mail_server',
  error: `The mail server did not let us in (${what}). Nothing was changed.`,
  remedy: 'Check its name, its port, the user and the password.',
});

const noSubscriber = {
  status: 404,
  code: 'no_subscriber',
  error: 'There is no such subscriber.',
  remedy: 'It may have been removed in another window.',
};

const noDelivery = {
  status: 404,
  code: 'no_delivery',
  error: 'There is no such delivery.',
  remedy: 'The list has all there are.',
};
