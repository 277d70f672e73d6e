import { Router, type Request } from 'express';
import type { Rules } from '../../../common/rules';
import { refuse, sendPage, wantsPage } from '../../answers';
import { visitorOf } from '../../door/visitor';
import type { Verdict, Verdicts } from '../../verdicts';
import { rulesIn, valuesOf } from './entries';
import { rulesPage } from './rules-page';

const PAGE = '/rules';

/** The owner's rules. */
export interface RulesDesk {
  rules(): Rules;
  saveRules(
    input: unknown,
  ): Promise<{ ok: true } | { ok: false; problems: readonly { field: string; problem: string }[] }>;
}

interface RulesOptions {
  desk: RulesDesk;
  verdicts: Verdicts;
}

/** /rules: limits of calls, blocked callers, calling out, and privacy; the same for scripts at /api/settings/rules. */
export function rulesRoutes({ desk, verdicts }: RulesOptions): Router {
  const router = Router();
  router.get(PAGE, (request, response) => {
    const shown = { visitor: visitorOf(response), values: valuesOf(desk.rules()), verdict: verdicts.shownOn(request) };
    sendPage(response, rulesPage(shown));
  });
  router.post(PAGE, async (request, response) => {
    const entered = enteredIn(request);
    const verdict = await save(desk, rulesIn(entered));
    if (!verdict.ok && wantsPage(request)) {
      return sendPage(response, rulesPage({ visitor: visitorOf(response), values: entered, verdict }), 400);
    }
    verdicts.answer(request, response, { verdict, page: PAGE });
  });
  router.get('/api/settings/rules', (_request, response) => {
    response.json(desk.rules());
  });
  router.put('/api/settings/rules', async (request, response) => {
    const verdict = isEmpty(request.body) ? noRules : await save(desk, request.body);
    if (!verdict.ok) return refuse(request, response, verdict);
    response.json({ success: true, ...desk.rules() });
  });
  return router;
}

/** To put nothing would set every rule back. */
const isEmpty = (body: unknown) => typeof body !== 'object' || body === null || Object.keys(body).length === 0;

const noRules: Verdict = {
  ok: false,
  status: 400,
  code: 'invalid_rules',
  field: 'rules',
  error: 'There are no rules in this. Nothing was changed.',
  remedy: 'Send at least one of limits, blocked, outbound and privacy; what is left out is as at first.',
};

async function save(desk: RulesDesk, input: unknown): Promise<Verdict> {
  const saved = await desk.saveRules(input);
  if (saved.ok) return { ok: true, message: 'These rules hold from now on.' };
  const { field = '', problem = 'cannot be read' } = saved.problems[0] ?? {};
  return {
    ok: false,
    status: 400,
    code: 'invalid_rules',
    field: field || 'rules',
    error: `${field || 'The rules'}: ${problem}. Nothing was changed.`,
    remedy: 'Correct it and save again.',
  };
}

function enteredIn(request: Request): Record<string, string> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
