import { Router, type Request, type Response } from 'express';
import { entered, refuse, sendPage, wantsPage, type Refusal } from '../../answers';
import { visitorOf, type Visitor } from '../../door/visitor';
import { csrfField, field } from '../../look/forms';
import { html, type Html } from '../../look/html';
import { page } from '../../look/layout';
import { errorIn, verdictBox, type Verdict, type Verdicts } from '../../verdicts';
import type { CallDesk } from './desk';

const PAGE = '/call';
const AT_ONCE = 500;

/** /call and POST /api/calls: calls that we place; and the way to end those that go on. */
export function placingRoutes(calls: CallDesk, verdicts: Verdicts): Router {
  const router = Router();
  router.get(PAGE, (request, response) => {
    sendPage(response, placingPage({ visitor: visitorOf(response), verdict: verdicts.shownOn(request) }));
  });
  router.post([PAGE, '/api/calls'], async (request, response) => {
    const { to, reason } = (request.body ?? {}) as { to?: unknown; reason?: unknown };
    const placed = await calls.place({ to, reason });
    const verdict: Verdict = placed.ok ? { ok: true, message: 'The call is on its way.' } : placed;
    if (!placed.ok && wantsPage(request)) {
      const shown = {
        visitor: visitorOf(response),
        verdict,
        to: entered(request, 'to'),
        reason: entered(request, 'reason'),
      };
      return sendPage(response, placingPage(shown), placed.status);
    }
    const body = placed.ok ? { call_sid: placed.callSid, id: placed.id } : {};
    verdicts.answer(request, response, { verdict, page: PAGE, body });
  });
  router.post('/api/calls/hangup', async (_request, response) => {
    const live = await calls.search({ outcome: 'going on', tests: false, limit: AT_ONCE });
    const ended = await Promise.all(live.map(async ({ sid }) => ({ sid, ...(await calls.endAtTwilio(sid)) })));
    const failed = ended.flatMap((each) => (each.ok ? [] : [{ call_sid: each.sid, error: each.error }]));
    response.json({ success: failed.length === 0, ended: ended.length - failed.length, failed });
  });
  router.post(['/calls/:sid/hangup', '/api/calls/:sid/hangup'], (request, response) =>
    hangUp(calls, request, response),
  );
  return router;
}

async function hangUp(calls: CallDesk, request: Request, response: Response): Promise<void> {
  const sid = String(request.params['sid']);
  const call = await calls.read(sid);
  if (!call) return refuse(request, response, noCall);
  if (call.test) return refuse(request, response, testCall);
  const ended = call.outcome === undefined ? await calls.endAtTwilio(sid) : ({ ok: true } as const);
  if (!ended.ok) return refuse(request, response, ended);
  if (request.path.startsWith('/api/')) return void response.json({ success: true });
  response.redirect(303, `/calls/${sid}`);
}

const noCall: Refusal = {
  status: 404,
  code: 'no_call',
  error: 'The book has no such call.',
  remedy: 'The list has all there are.',
};
const testCall: Refusal = {
  status: 409,
  code: 'test_call',
  error: 'This is a test call, which is not at Twilio.',
  remedy: 'Hang up where it was begun.',
};

interface Shown {
  visitor: Visitor;
  verdict: Verdict | undefined;
  /** What was entered and not taken. */
  to?: string;
  reason?: string;
}

const placingPage = ({ visitor, verdict, to, reason }: Shown): Html =>
  page({
    title: 'Call somebody',
    path: '/calls',
    visitor,
    body: html`
      ${verdictBox(verdict)}
      <p>
        The receptionist calls, says who it is and what it is about, and goes on from there. It costs what a call costs.
      </p>
      <form method="post" action="${PAGE}">
        ${csrfField(visitor)}
        ${field({ name: 'to', label: 'Number', value: to, type: 'tel', error: errorIn(verdict, 'to'), hint: 'In full, like +12025550143.', required: true })}
        ${field({ name: 'reason', label: 'I am calling about', value: reason, error: errorIn(verdict, 'reason'), hint: 'As it is to be said, like: your order, which is ready.', required: true })}
        <button>Call now</button>
      </form>
      <p class="hint"><a href="/rules">Who may be called, and when</a></p>
    `,
  });
