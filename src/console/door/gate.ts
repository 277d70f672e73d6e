import { json, urlencoded, type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Log } from '../../common/log';
import { isFromThisMachine } from '../../common/this-machine';
import { isForApi, refuse, refuseForNow } from '../answers';
import { html } from '../look/html';
import { isMeant, type Entrance } from './entrance';
import { welcome, visitorOf } from './visitor';
import { isFromOwnPage, type OwnAddresses } from './where-from';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

const changesNothing = (method: string) => SAFE_METHODS.includes(method);

/** Refuses what somebody else's page sends; for routes within and before the gate. */
export const onlyOwnPages =
  (own: OwnAddresses): RequestHandler =>
  (request, response, next) => {
    if (changesNothing(request.method) || isFromOwnPage(request, own)) return next();
    refuse(request, response, {
      status: 403,
      code: 'foreign_page',
      error: 'This request came from a page that is not the console.',
      remedy: 'Open the console itself and try again there. Behind a proxy, enter the public address first.',
    });
  };

/** Reads forms and JSON of at most `limit` bytes. Forms with files are left to their routes. */
export const readBody = (limit: number): RequestHandler[] => [
  json({ limit }),
  urlencoded({ extended: false, limit, parameterLimit: 2_000 }),
];

/** Lets in whom the entrance knows. A stranger's page request is sent to /login, any other gets 401. */
export const onlyKnown =
  (entrance: Entrance): RequestHandler =>
  async (request, response, next) => {
    const visitor = await entrance.identify(request);
    if (visitor && 'waitMs' in visitor) return refuseForNow(request, response, visitor.waitMs);
    if (visitor) {
      welcome(response, visitor);
      return next();
    }
    if (!isForApi(request) && changesNothing(request.method)) return response.redirect(303, '/login');
    response.set('WWW-Authenticate', 'Bearer realm="Frontdesk"');
    refuse(request, response, unknownVisitor);
  };

const unknownVisitor = {
  status: 401,
  code: 'not_signed_in',
  error: 'You are not signed in, or were not active for too long.',
  remedy: 'Sign in at /login, or send a token: Authorization: Bearer …',
  more: html`<p><a href="/login">Sign in</a></p>`,
};

/** Refuses changes that the visitor cannot be shown to have meant. After the body was read. */
export const onlyMeant: RequestHandler = (request, response, next) => {
  if (changesNothing(request.method) || isMeant(request, visitorOf(response))) return next();
  refuse(request, response, {
    status: 403,
    code: 'csrf',
    error: 'The page this came from is out of date.',
    remedy: 'Go back, load the page again and send it once more. Scripts with a session send X-CSRF-Token.',
  });
};

/** For figures: lets in programs on this machine, whoever signed in, and tokens; the rest gets 401. */
export const ownerOrMachine = (entrance: Entrance): RequestHandler => {
  const known = onlyKnown(entrance);
  return (request, response, next) => {
    if (request.get('authorization') === undefined && isFromThisMachine(request)) return next();
    return known(request, response, next);
  };
};

/** What nobody foresaw: its place goes into the log, and nothing of it into the answer. */
export function answerErrors(log: Log): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express knows an error handler by its four parameters
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = (error as { status?: unknown } | undefined)?.status;
    const theirs = typeof status === 'number' && status >= 400 && status < 500;
    if (!theirs)
      log.error('console_failed', { data: { method: request.method, path: request.path, at: placeOf(error) } });
    refuse(request, response, theirs ? { ...unreadable, status } : failed);
  };
}

/** An error's message might hold what was entered. */
const placeOf = (error: unknown) =>
  error instanceof Error
    ? `${error.name} ${error.stack?.split('\n    at ').slice(1, 4).join(' < ') ?? ''}`
    : typeof error;

const unreadable = { code: 'unreadable', error: 'This request cannot be read.', remedy: 'Go back and try again.' };

const failed = {
  status: 500,
  code: 'failed',
  error: 'Something failed inside Frontdesk.',
  remedy: 'Try again. The log says where it failed.',
};

/** For whoever was let in and asked for a page that is not there. */
export const answerNothing: RequestHandler = (request, response) =>
  refuse(request, response, {
    status: 404,
    code: 'not_found',
    error: 'There is nothing here.',
    remedy: 'Start from the checklist.',
  });
