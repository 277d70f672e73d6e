import { Router } from 'express';
import { sendPage } from '../answers';
import { visitorOf, type Visitor } from '../door/visitor';
import { buttonForm, csrfField, field } from '../look/forms';
import { html, type Content, type Html } from '../look/html';
import { page } from '../look/layout';
import { maskedSecret, maskedTwilio } from '../masked';
import type { ConsoleSettings, Source } from '../ports';
import { errorIn, verdictBox, type Verdict, type Verdicts } from '../verdicts';

/** What the forms show: who sees them, how the last one went, and what is in use. */
interface Shown {
  visitor: Visitor;
  verdict: Verdict | undefined;
  settings: ConsoleSettings;
}

/** /credentials: the keys of Twilio, Groq and Google, and the public address. Nothing entered is ever shown again. */
export function credentialsRoutes({ settings, verdicts }: { settings: ConsoleSettings; verdicts: Verdicts }): Router {
  const router = Router();
  router.get('/credentials', (request, response) => {
    const shown = { visitor: visitorOf(response), verdict: verdicts.shownOn(request), settings };
    const body = html`${verdictBox(shown.verdict)} ${twilioForm(shown)} ${addressForm(shown)} ${groqForm(shown)}
    ${googleForm(shown)}`;
    sendPage(response, page({ title: 'Credentials', path: '/credentials', visitor: shown.visitor, body }));
  });
  return router;
}

interface Section {
  title: string;
  intro: Content;
  /** The path its form is posted to. */
  action: string;
  /** The path that forgets what this page has. */
  forget: string;
  inUse: { source: Source; shown: Content } | undefined;
  fields: Content;
  button: string;
}

const section = (visitor: Visitor, { title, intro, action, forget, inUse, fields, button }: Section): Html => html`
  <section>
    <h2>${title}</h2>
    <p>${intro}</p>
    <p>
      ${inUse ? html`In use, from ${inUse.source === 'page' ? 'this page' : 'the environment'}: ${inUse.shown}` : 'Not set.'}
    </p>
    <form method="post" action="${action}">
      ${csrfField(visitor)} ${fields}
      <button>${button}</button>
    </form>
    ${inUse?.source === 'page' && buttonForm(visitor, { action: forget, label: `Forget: ${title}` })}
  </section>
`;

function twilioForm({ visitor, verdict, settings }: Shown): Html {
  const { source, account_sid, auth_token, phone_number } = maskedTwilio(settings);
  const error = (name: string) => errorIn(verdict, name);
  const apiKeyError = (error('api_key_sid') ?? error('api_key_secret')) !== undefined;
  return section(visitor, {
    title: 'Twilio',
    intro: html`Your telephone company. Both are on the first page of
      <a href="https://console.twilio.com/" rel="noreferrer">console.twilio.com</a>.`,
    action: '/api/twilio/credentials',
    forget: '/credentials/twilio/forget',
    inUse: source
      ? {
          source,
          shown: html`account <code>${account_sid}</code>, token <code>${auth_token}</code>, number ${phone_number}`,
        }
      : undefined,
    fields: html`
      ${field({ name: 'account_sid', label: 'Account SID', hint: 'Begins with AC.', required: true, error: error('account_sid') })}
      ${field({ name: 'auth_token', label: 'Auth token', type: 'password', required: true, error: error('auth_token') })}
      ${field({
        name: 'phone_number',
        label: 'Phone number',
        hint: 'With + and country code, like +12025550100.',
        type: 'tel',
        value: phone_number ?? '',
        required: true,
        error: error('phone_number'),
      })}
      <details ${apiKeyError && html`open`}>
        <summary>With an API key as well</summary>
        ${field({ name: 'api_key_sid', label: 'API key SID', hint: 'Begins with SK.', error: error('api_key_sid') })}
        ${field({ name: 'api_key_secret', label: 'API key secret', type: 'password', error: error('api_key_secret') })}
      </details>
    `,
    button: 'Check with Twilio and save',
  });
}

function addressForm({ visitor, verdict, settings }: Shown): Html {
  const address = settings.publicBaseUrl();
  return section(visitor, {
    title: 'Public address',
    intro: 'The https address under which Twilio reaches Frontdesk, through your proxy or tunnel.',
    action: '/credentials/public-address',
    forget: '/credentials/public-address/forget',
    inUse: address && { source: address.source, shown: html`<code>${address.value}</code>` },
    fields: field({
      name: 'public_base_url',
      label: 'Address',
      hint: 'Like https://phone.example.com, without anything after it.',
      type: 'url',
      value: address?.value,
      required: true,
      error: errorIn(verdict, 'public_base_url'),
    }),
    button: 'Save the address',
  });
}

function groqForm({ visitor, verdict, settings }: Shown): Html {
  const key = settings.groqKey();
  return section(visitor, {
    title: 'Groq',
    intro: html`The mind. Without a key the built-in answerer replies from the profile and takes messages. Make one at
      <a href="https://console.groq.com/keys" rel="noreferrer">console.groq.com/keys</a>.`,
    action: '/credentials/groq',
    forget: '/credentials/groq/forget',
    inUse: key && { source: key.source, shown: html`<code>${maskedSecret(key.value)}</code>` },
    fields: field({
      name: 'groq_key',
      label: 'Groq key',
      type: 'password',
      required: true,
      error: errorIn(verdict, 'groq_key'),
    }),
    button: 'Try the Groq key and save',
  });
}

function googleForm({ visitor, verdict, settings }: Shown): Html {
  const google = settings.google();
  const kind = google?.apiKey === undefined ? 'a key file' : html`<code>${maskedSecret(google.apiKey)}</code>`;
  const error = (name: string) => errorIn(verdict, name);
  return section(visitor, {
    title: 'Google',
    intro: "The voice. Without it Twilio's own voices speak. Enter an API key, or paste a service account's key file.",
    action: '/credentials/google',
    forget: '/credentials/google/forget',
    inUse: google && { source: google.source, shown: kind },
    fields: html`
      ${field({ name: 'google_api_key', label: 'API key', type: 'password', error: error('google_api_key') })}
      ${field({ name: 'google_project', label: 'Project', hint: 'Only if the key needs it.', error: error('google_project') })}
      ${field({
        name: 'google_service_account',
        label: 'Key file of a service account',
        hint: 'The whole text of the JSON file, instead of the API key.',
        type: 'textarea',
        error: error('google_service_account'),
      })}
    `,
    button: 'Try the Google key and save',
  });
}
