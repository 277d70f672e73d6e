import type { Request, Response } from 'express';
import type { Clock } from '../common/clock';
import { refuse, wantsPage, type Refusal } from './answers';
import { newSecret } from './door/digest';
import { notice, problem } from './look/forms';
import { html, type Html } from './look/html';

const KEPT_MS = 10 * 60_000;
const MOST_KEPT = 200;

/** How a deed went. */
export type Verdict = { ok: true; message: string; warnings?: readonly string[] } | ({ ok: false } & Refusal);

/** What to answer: the verdict, the page a browser goes back to, and a script's body when it went well. */
export interface Outcome {
  verdict: Verdict;
  page: string;
  body?: Record<string, unknown>;
}

/** Verdicts wait here while a browser goes back to the page it came from; its address bears only a random name. */
export interface Verdicts {
  /** Answers a form with 303 back to its page, and a script in JSON. */
  answer(request: Request, response: Response, outcome: Outcome): void;
  /** The verdict that a page was asked to show, if it is still there. */
  shownOn(request: Request): Verdict | undefined;
}

/** Keeps a verdict for some minutes, in memory. */
export function createVerdicts(clock: Clock): Verdicts {
  const kept = new Map<string, { verdict: Verdict; until: number }>();
  const keep = (verdict: Verdict) => {
    const name = newSecret();
    kept.set(name, { verdict, until: clock.now() + KEPT_MS });
    const oldest = kept.keys().next();
    if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value);
    return name;
  };
  return {
    answer(request, response, { verdict, page, body }) {
      if (wantsPage(request)) return response.redirect(303, `${page}?said=${keep(verdict)}`);
      if (!verdict.ok) return refuse(request, response, verdict);
      const warnings = verdict.warnings?.length ? { warnings: verdict.warnings } : {};
      response.json({ success: true, ...(body ?? { message: verdict.message }), ...warnings });
    },
    shownOn(request) {
      const { said } = request.query;
      const found = typeof said === 'string' ? kept.get(said) : undefined;
      return found && clock.now() < found.until ? found.verdict : undefined;
    },
  };
}

/** A verdict at the head of its page. */
export function verdictBox(verdict: Verdict | undefined): Html | undefined {
  if (!verdict) return undefined;
  if (!verdict.ok) return problem({ ...verdict, field: verdict.field ?? undefined });
  const warnings = verdict.warnings ?? [];
  return notice(html`
    <p>${verdict.message}</p>
    ${
      warnings.length > 0 &&
      html`<ul>
        ${warnings.map((words) => html`<li>${words}</li>`)}
      </ul>`
    }
  `);
}

/** What is wrong with a field, for the field itself. */
export const errorIn = (verdict: Verdict | undefined, field: string): string | undefined =>
  verdict && !verdict.ok && verdict.field === field ? verdict.error : undefined;
