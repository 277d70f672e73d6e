import { Router, type Request, type RequestHandler } from 'express';
import { entered, refuse, sendPage, tooSoon, wantsPage, type Refusal } from '../answers';
import { setSessionCookie } from '../door/cookie';
import type { Entrance } from '../door/entrance';
import { visitorOf, type Visitor } from '../door/visitor';
import { addressOf } from '../door/where-from';
import type { Verdicts } from '../verdicts';
import { accessPage } from './access-page';
import { signIn, type LoginOptions } from './login';
import { newPasswordProblem } from './setup';

const PAGE = '/access';
const LONGEST_NAME = 60;

/** What the access page needs. */
export interface AccessOptions extends LoginOptions {
  verdicts: Verdicts;
}

/** /access: the password, tokens for scripts, and signing out everywhere. Tokens cannot change who has access. */
export function accessRoutes(options: AccessOptions): Router {
  const router = Router();
  router.use(PAGE, onlyOwner);
  router.get(PAGE, async (request, response) => {
    const verdict = options.verdicts.shownOn(request);
    sendPage(response, await accessPage(options.entrance, { visitor: visitorOf(response), verdict }));
  });
  addPasswordRoutes(router, options);
  addTokenRoutes(router, options);
  return router;
}

const onlyOwner: RequestHandler = (request, response, next) => {
  const visitor = visitorOf(response);
  if (visitor.kind !== 'token' || visitor.fromEnvironment) return next();
  refuse(request, response, {
    status: 403,
    code: 'owner_only',
    error: 'A token cannot change who has access.',
    remedy: 'Sign in with the password, or use ADMIN_TOKEN.',
  });
};

function addPasswordRoutes(router: Router, options: AccessOptions): void {
  const { entrance, publicBaseUrl, verdicts, log } = options;
  router.post(`${PAGE}/password`, async (request, response) => {
    const refusal = await changeProblem(request, visitorOf(response), entrance);
    if (refusal) return verdicts.answer(request, response, { verdict: { ok: false, ...refusal }, page: PAGE });
    await entrance.passwords.replace(entered(request, 'password'));
    await entrance.sessions.endAll();
    if (visitorOf(response).kind !== 'token') await signIn(response, options);
    log.info('console_password_set');
    const message = 'The password is changed, and every other browser is signed out.';
    verdicts.answer(request, response, { verdict: { ok: true, message }, page: PAGE });
  });
  router.post(`${PAGE}/sign-out-everywhere`, async (_request, response) => {
    await entrance.sessions.endAll();
    setSessionCookie(response, undefined, publicBaseUrl());
    log.info('console_signed_out_everywhere');
    response.redirect(303, '/login?said=everywhere');
  });
}

/** Why the password may not be changed: its owner must know the present one, unless the environment vouches. */
async function changeProblem(request: Request, visitor: Visitor, entrance: Entrance): Promise<Refusal | undefined> {
  if (visitor.kind === 'session') {
    const address = addressOf(request);
    const waitMs = entrance.throttle.begin(address);
    if (waitMs > 0) return tooSoon(waitMs);
    if (!(await entrance.passwords.matches(entered(request, 'current_password')))) return wrongCurrent;
    entrance.throttle.right(address);
  }
  const error = newPasswordProblem(request);
  const remedy = 'Choose another and enter it twice.';
  return error === undefined ? undefined : { status: 400, code: 'password', field: 'password', error, remedy };
}

const wrongCurrent: Refusal = {
  status: 400,
  code: 'wrong_password',
  field: 'current_password',
  error: 'This is not the present password.',
  remedy: 'Nothing was changed. Try again.',
};

function addTokenRoutes(router: Router, { entrance, verdicts, log }: AccessOptions): void {
  router.post(`${PAGE}/tokens`, async (request, response) => {
    const name = entered(request, 'name').trim().slice(0, LONGEST_NAME);
    if (name === '') return verdicts.answer(request, response, { verdict: { ok: false, ...nameless }, page: PAGE });
    const token = await entrance.tokens.make(name);
    log.info('console_token_made');
    // The token is in this one answer and nowhere else, so there is no page to go back to.
    if (!wantsPage(request)) return void response.json({ success: true, name, token });
    sendPage(response, await accessPage(entrance, { visitor: visitorOf(response), made: { name, token } }));
  });
  router.post(`${PAGE}/tokens/:id/revoke`, async (request, response) => {
    const id = Number(request.params.id);
    if (Number.isSafeInteger(id)) await entrance.tokens.revoke(id);
    log.info('console_token_revoked');
    const message = 'The token is revoked. Whoever still uses it is refused.';
    verdicts.answer(request, response, { verdict: { ok: true, message }, page: PAGE });
  });
}

const nameless: Refusal = {
  status: 400,
  code: 'missing',
  field: 'name',
  error: 'The token needs a name.',
  remedy: 'Say what it is for, so that you know later whether it may go.',
};
