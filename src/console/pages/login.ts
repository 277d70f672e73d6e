import { Router, type Request, type Response } from 'express';
import type { Log } from '../../common/log';
import { entered, refuse, sendPage, tooSoon, wantsPage, type Refusal } from '../answers';
import { setSessionCookie } from '../door/cookie';
import type { Entrance } from '../door/entrance';
import { onlyMeant } from '../door/gate';
import { visitorOf } from '../door/visitor';
import { addressOf } from '../door/where-from';
import { field, notice, problem } from '../look/forms';
import { html, type Content } from '../look/html';
import { page } from '../look/layout';

/** What signing in and out needs. */
export interface LoginOptions {
  entrance: Entrance;
  publicBaseUrl: () => string | undefined;
  log: Log;
}

/** Begins a new session in this browser, whatever cookie it came with. Gives what its forms must bear. */
export async function signIn(
  response: Response,
  { entrance, publicBaseUrl }: Omit<LoginOptions, 'log'>,
): Promise<string> {
  const { id, csrf } = await entrance.sessions.begin();
  setSessionCookie(response, id, publicBaseUrl());
  return csrf;
}

/** /login, for strangers: GET always answers 200. */
export function loginRoutes(options: LoginOptions): Router {
  const { entrance, log } = options;
  const router = Router();
  router.get('/login', async (request, response) => {
    const visitor = await entrance.identify(request);
    if (visitor && 'kind' in visitor) return sendPage(response, alreadyIn);
    sendPage(response, (await entrance.passwords.isSet()) ? loginPage(saidOn(request)) : noPasswordYet);
  });
  router.post('/login', async (request, response) => {
    const address = addressOf(request);
    const waitMs = entrance.throttle.begin(address);
    if (waitMs > 0) {
      response.set('Retry-After', String(Math.ceil(waitMs / 1_000)));
      return refuseLogin(request, response, tooSoon(waitMs));
    }
    if (!(await entrance.passwords.matches(entered(request, 'password')))) {
      log.warn('console_wrong_password', { data: { address } });
      return refuseLogin(request, response, wrongPassword);
    }
    entrance.throttle.right(address);
    const csrf = await signIn(response, options);
    log.info('console_signed_in', { data: { address } });
    if (wantsPage(request) || !request.is('json')) return response.redirect(303, '/');
    response.json({ success: true, csrf_token: csrf });
  });
  return router;
}

/** /logout, behind the gate: the session is over for everybody who has its cookie. */
export function logoutRoutes({ entrance, publicBaseUrl }: Omit<LoginOptions, 'log'>): Router {
  const router = Router();
  router.post('/logout', onlyMeant, async (_request, response) => {
    const visitor = visitorOf(response);
    if (visitor.kind === 'session') await entrance.sessions.end(visitor.idHash);
    setSessionCookie(response, undefined, publicBaseUrl());
    response.redirect(303, '/login?said=signed-out');
  });
  return router;
}

const wrongPassword: Refusal = {
  status: 401,
  code: 'wrong_password',
  error: 'This is not the password.',
  remedy: 'Try again; capital letters count.',
  field: 'password',
};

function refuseLogin(request: Request, response: Response, refusal: Refusal): void {
  if (request.is('json')) return refuse(request, response, refusal);
  const { error, remedy, status } = refusal;
  sendPage(response, loginPage(problem({ error, remedy }), refusal.field ? error : undefined), status);
}

const SAID: Readonly<Record<string, string>> = {
  'signed-out': 'You are signed out.',
  everywhere: 'Every browser is signed out.',
  'setup-link':
    'That set-up link was used already or is too old. The start of Frontdesk prints a new one while no password is set.',
};

function saidOn({ query }: Request): Content {
  const words =
    typeof query['said'] === 'string' && Object.hasOwn(SAID, query['said']) ? SAID[query['said']] : undefined;
  return words !== undefined && notice(html`<p>${words}</p>`);
}

const loginPage = (box: Content, error?: string) =>
  page({
    title: 'Sign in',
    body: html`
      ${box}
      <form method="post" action="/login">
        <input type="text" name="username" value="owner" autocomplete="username" hidden />
        ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true, error })}
        <button>Sign in</button>
      </form>
    `,
  });

const alreadyIn = page({ title: 'Sign in', body: html`<p>You are in already. <a href="/">To the checklist</a></p>` });

const noPasswordYet = page({
  title: 'Sign in',
  body: html`
    <p>No password is set yet.</p>
    <p>
      When Frontdesk starts, it prints a set-up link. Open that link to choose a password. On the machine that runs
      Frontdesk you can also open its local address, as the start prints it, without a password.
    </p>
  `,
});
