import { Router, type Request } from 'express';
import { entered, refuse } from '../../answers';
import type { Verdict, Verdicts } from '../../verdicts';
import type { TellingDesk } from './desk';
import { inside, subscriberIn } from './entries';

const PAGE = '/notifications';

/** The owner's own systems that are told, and what was sent, on the page and under /api/events. */
export function subscriberRoutes(telling: TellingDesk, verdicts: Verdicts): Router {
  const router = Router();
  router.post([`${PAGE}/subscribers`, '/api/events/subscribers'], async (request, response) => {
    const entry = subscriberIn({ url: entered(request, 'url'), events: eventsIn(request) }, telling.events);
    if (!entry.ok) return verdicts.answer(request, response, { verdict: entry, page: PAGE });
    const { url } = entry.value;
    if (await telling.leadsInside(url))
      return verdicts.answer(request, response, { verdict: { ok: false, ...inside(url) }, page: PAGE });
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
  router.post([`${PAGE}/subscribers/:id/on`, '/api/events/subscribers/:id/on'], async (request, response) => {
    if (!(await telling.turnOn(String(request.params['id'])))) return refuse(request, response, noSubscriber);
    const message = 'Events are sent there again. What was given up meanwhile can be sent again below.';
    verdicts.answer(request, response, { verdict: { ok: true, message }, page: PAGE });
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
    const replayed = await telling.replay(String(request.params['id']));
    if (!replayed.ok && !replayed.found) return refuse(request, response, noDelivery);
    const verdict: Verdict = replayed.ok ? { ok: true, message: 'It is sent again.' } : notAgain(replayed.problem);
    verdicts.answer(request, response, { verdict, page: PAGE });
  });
  return router;
}

/** A form sends one or several fields of the name, a script an array. */
function eventsIn(request: Request): string[] {
  const { events } = (request.body ?? {}) as { events?: unknown };
  return [events].flat().filter((each): each is string => typeof each === 'string');
}

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

const notAgain = (why = 'nobody gets it'): Verdict => ({
  ok: false,
  status: 409,
  code: 'no_receiver',
  error: `It is not sent again: ${why}.`,
  remedy: 'Turn a subscriber on again, or enter the receiver again, and then send it.',
});
