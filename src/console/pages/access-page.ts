import type { Entrance } from '../door/entrance';
import type { ListedToken } from '../door/tokens';
import type { Visitor } from '../door/visitor';
import { buttonForm, csrfField, field, notice } from '../look/forms';
import { html, type Html } from '../look/html';
import { page } from '../look/layout';
import { errorIn, verdictBox, type Verdict } from '../verdicts';
import { newPasswordFields } from './setup';

/** Who sees the page, how the last deed went, and a token that was made just now. */
interface Shown {
  visitor: Visitor;
  verdict?: Verdict | undefined;
  made?: { name: string; token: string };
}

/** The access page as it stands now. */
export async function accessPage({ passwords, tokens }: Entrance, shown: Shown): Promise<Html> {
  const { visitor, verdict, made } = shown;
  const isSet = await passwords.isSet();
  const body = html`
    ${verdictBox(verdict)} ${made && newToken(made)} ${isSet ? passwordForm(shown) : firstPassword}
    ${tokenSection(await tokens.list(), shown)} ${isSet && signOutSection(visitor)}
  `;
  return page({ title: 'Access', path: '/access', visitor, body });
}

const newToken = ({ name, token }: { name: string; token: string }): Html =>
  notice(html`
    <p>The token “${name}” is made. It is shown this once; keep it where its script finds it.</p>
    <p>
      <code id="made-token">${token}</code>
      <button type="button" class="quiet" data-copy="made-token" hidden>Copy</button>
    </p>
  `);

const firstPassword: Html = html`
  <section>
    <h2>Password</h2>
    <p>None is set: only this machine may open the console. <a href="/setup">Choose a password</a></p>
  </section>
`;

const passwordForm = ({ visitor, verdict }: Shown): Html => html`
  <section>
    <h2>Password</h2>
    <form method="post" action="/access/password">
      ${csrfField(visitor)}
      ${field({
        name: 'current_password',
        label: 'Present password',
        type: 'password',
        autocomplete: 'current-password',
        required: true,
        error: errorIn(verdict, 'current_password'),
      })}
      ${newPasswordFields(errorIn(verdict, 'password'))}
      <button>Change the password</button>
    </form>
  </section>
`;

const tokenSection = (tokens: readonly ListedToken[], { visitor, verdict }: Shown): Html => html`
  <section>
    <h2>Tokens</h2>
    <p>
      For scripts, which send <code>Authorization: Bearer</code> and the token. They may do all but change access.
      <a href="/api/docs">What scripts can do</a>
    </p>
    ${
      tokens.length > 0 &&
      html`<ul class="tokens">
        ${tokens.map((token) => tokenLine(token, visitor))}
      </ul>`
    }
    <form method="post" action="/access/tokens">
      ${csrfField(visitor)}
      ${field({ name: 'name', label: 'What it is for', required: true, error: errorIn(verdict, 'name') })}
      <button>Make a token</button>
    </form>
  </section>
`;

const tokenLine = ({ id, name, created_at, used_at }: ListedToken, visitor: Visitor): Html => html`
  <li>
    <p>
      <strong>${name}</strong><br />
      made ${day(created_at)}, ${used_at === null ? 'never used' : `last used ${day(used_at)}`}
    </p>
    ${buttonForm(visitor, { action: `/access/tokens/${id}/revoke`, label: `Revoke ${name}` })}
  </li>
`;

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

const signOutSection = (visitor: Visitor): Html => html`
  <section>
    <h2>Sign out everywhere</h2>
    <p>Ends every session, this one too. Tokens stay.</p>
    ${buttonForm(visitor, { action: '/access/sign-out-everywhere', label: 'Sign out everywhere' })}
  </section>
`;
