import { Router, type Request, type Response } from 'express';
import { entered, sendPage } from '../answers';
import { isMeant, type Entrance } from '../door/entrance';
import { LEAST_CHARACTERS, passwordProblem } from '../door/password-rules';
import type { Visitor } from '../door/visitor';
import { csrfField, field, problem } from '../look/forms';
import { html } from '../look/html';
import { page } from '../look/layout';
import { signIn, type LoginOptions } from './login';

/** What lets somebody set the first password: the key of the link, or being let in anyway. */
interface Right {
  key: string;
  visitor: Visitor | undefined;
}

/** /setup: the first password, for this machine's owner, a token, and whoever has the one-time link. */
export function setupRoutes(options: LoginOptions): Router {
  const { entrance, log } = options;
  const router = Router();
  router.get('/setup', async (request, response) => {
    const { key } = request.query;
    const right = await rightOf(request, typeof key === 'string' ? key : '', entrance);
    if (!right || (await entrance.passwords.isSet())) return response.redirect(303, '/login?said=setup-link');
    sendPage(response, setupPage(right));
  });
  router.post('/setup', async (request, response) => {
    const right = await rightOf(request, entered(request, 'key'), entrance);
    if (!right || (await entrance.passwords.isSet())) return response.redirect(303, '/login?said=setup-link');
    if (right.visitor && !isMeant(request, right.visitor)) return refuseSetup(response, right, outOfDate);
    const password = entered(request, 'password');
    const wrong = newPasswordProblem(request);
    if (wrong !== undefined) return refuseSetup(response, right, wrong);
    // The key is used up before the slow hash: of two at the same moment one comes in.
    const admitted = right.visitor !== undefined || entrance.setupKey.use(right.key);
    if (!admitted || !(await entrance.passwords.setFirst(password))) {
      return response.redirect(303, '/login?said=setup-link');
    }
    await entrance.sessions.endAll();
    await signIn(response, options);
    log.info('console_password_set');
    response.redirect(303, '/');
  });
  return router;
}

async function rightOf(request: Request, key: string, { identify, setupKey }: Entrance): Promise<Right | undefined> {
  if (setupKey.isValid(key)) return { key, visitor: undefined };
  const visitor = await identify(request);
  if (!visitor || 'waitMs' in visitor || (visitor.kind === 'token' && !visitor.fromEnvironment)) return undefined;
  return { key: '', visitor };
}

/** What is wrong with the new password of a form, as a sentence. A script need not say it twice. */
export function newPasswordProblem(request: Request): string | undefined {
  const password = entered(request, 'password');
  const again = (request.body as { password_again?: unknown } | undefined)?.password_again;
  return (
    passwordProblem(password) ?? (again === undefined || again === password ? undefined : 'The two are not the same.')
  );
}

const outOfDate = 'This page was out of date. Please send it once more.';

const refuseSetup = (response: Response, right: Right, error: string): void =>
  sendPage(response, setupPage(right, error), 400);

const setupPage = ({ key, visitor }: Right, error?: string) =>
  page({
    title: 'Choose a password',
    visitor,
    body: html`
      ${error !== undefined && problem({ error, field: 'password' })}
      <p>With it you open this console from anywhere, and nobody else does.</p>
      <form method="post" action="/setup">
        ${visitor ? csrfField(visitor) : html`<input type="hidden" name="key" value="${key}" />`}
        ${newPasswordFields(error)}
        <button>Set the password</button>
      </form>
    `,
  });

/** The two fields for a new password. */
export const newPasswordFields = (error?: string) => html`
  <input type="text" name="username" value="owner" autocomplete="username" hidden />
  ${field({
    name: 'password',
    label: 'New password',
    hint: `At least ${LEAST_CHARACTERS} characters; a few words in a row are good.`,
    type: 'password',
    autocomplete: 'new-password',
    required: true,
    error,
  })}
  ${field({ name: 'password_again', label: 'The same again', type: 'password', autocomplete: 'new-password', required: true })}
`;
