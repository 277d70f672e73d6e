import type { Request, Response } from 'express';
import { problem } from './look/forms';
import { html, toText, type Content, type Html } from './look/html';
import { page } from './look/layout';

/** Why something was not done, in words for the owner; `code` for scripts. */
export interface Refusal {
  status: number;
  code: string;
  error: string;
  remedy: string;
  field?: string | null | undefined;
}

/** Whether a request is for the API: by its path, or because it wants no page. */
export const isForApi = (request: Request): boolean =>
  /^\/api(?:\/|$)/i.test(request.path) || request.accepts('html') === false;

/** Whether a browser shows the answer to a person. A script that takes anything gets JSON. */
export const wantsPage = (request: Request): boolean => /\btext\/html\b/i.test(request.get('accept') ?? '');

/** Sends a finished page. */
export const sendPage = (response: Response, markup: Html, status = 200): void =>
  void response.status(status).type('html').send(toText(markup));

/** Refuses in JSON, or as a page with a way on for a person. */
export function refuse(request: Request, response: Response, refusal: Refusal & { more?: Content }): void {
  const { status, code, error, remedy, field, more } = refusal;
  if (!wantsPage(request)) {
    response.status(status).json({ success: false, field: field ?? null, code, error, remedy });
    return;
  }
  const body = html`${problem({ error, remedy })}${more ?? html`<p><a href="/">To the checklist</a></p>`}`;
  sendPage(response, page({ title: 'This did not work', body }), status);
}

/** Refuses a try that came too soon, and says when the next may come. */
export function refuseForNow(request: Request, response: Response, waitMs: number): void {
  response.set('Retry-After', String(Math.ceil(waitMs / 1_000)));
  refuse(request, response, tooSoon(waitMs));
}

/** Too many wrong tries, as a refusal. */
export const tooSoon = (waitMs: number): Refusal => ({
  status: 429,
  code: 'too_many_tries',
  error: 'There were too many wrong tries.',
  remedy: `Try again in ${spokenWait(waitMs)}.`,
});

function spokenWait(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** A text field of a posted form or JSON body; '' when it is missing or no text. */
export function entered(request: Request, name: string): string {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'string' ? value : '';
}
