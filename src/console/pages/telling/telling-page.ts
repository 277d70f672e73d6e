import type { Visitor } from '../../door/visitor';
import { buttonForm, csrfField, field } from '../../look/forms';
import { html, type Content, type Html } from '../../look/html';
import { page } from '../../look/layout';
import { errorIn, verdictBox, type Verdict } from '../../verdicts';
import { timeWords } from '../calls/words';
import type { ShownDelivery, TellingDesk } from './desk';

interface Shown {
  visitor: Visitor;
  verdict: Verdict | undefined;
  email: ReturnType<TellingDesk['email']>;
  texts: readonly string[];
  textState: string;
  subscribers: ReturnType<TellingDesk['subscribers']>;
  deliveries: readonly ShownDelivery[];
  events: readonly string[];
  timeZone: string;
}

/** Who is told, and what became of it. */
export function tellingPage(shown: Shown): Html {
  const body = html`${verdictBox(shown.verdict)} ${emailSection(shown)} ${textsSection(shown)}
    ${subscribersSection(shown)} ${deliveriesSection(shown)}
    <p class="hint">Test calls tell nobody.</p>`;
  return page({ title: 'Notifications', path: '/notifications', visitor: shown.visitor, body });
}

function emailSection({ visitor, verdict, email }: Shown): Html {
  const make = (
    name: 'server' | 'from' | 'to',
    label: string,
    more: { hint: Content; type?: 'textarea' | 'password' },
  ) => field({ name, label, error: errorIn(verdict, name), rows: 2, ...more });
  return html`
    <section>
      <h2>E-mail</h2>
      <p>
        ${email ? html`Messages are sent to ${email.to.join(', ')} by ${email.server}.` : 'Nobody gets messages by e-mail.'}
      </p>
      <form method="post" action="/notifications/email">
        ${csrfField(visitor)}
        ${make('server', 'Mail server', { type: 'password', hint: 'Like smtps://user:password@mail.example.com. Kept sealed and never shown again.' })}
        ${make('from', 'From', { hint: 'The address your mail server lets you send from.' })}
        ${make('to', 'To', { type: 'textarea', hint: 'One address a line.' })}
        <button>Send messages there</button>
      </form>
      ${email && buttonForm(visitor, { action: '/notifications/email/forget', label: 'Send no e-mail' })}
    </section>
  `;
}

function textsSection({ visitor, verdict, texts, textState }: Shown): Html {
  return html`
    <section>
      <h2>Texts</h2>
      <p>
        ${texts.length > 0 ? `Messages are sent to ${texts.join(', ')}.` : 'Nobody gets messages as texts.'}
        ${textState}
      </p>
      <form method="post" action="/notifications/texts">
        ${csrfField(visitor)}
        ${field({ name: 'texts', label: 'Numbers', type: 'textarea', rows: 2, value: texts.join('\n'), error: errorIn(verdict, 'texts'), hint: 'One a line, like +12025550143. Each text costs what Twilio asks for it. Left empty, none are sent.' })}
        <button>Send texts there</button>
      </form>
    </section>
  `;
}

function subscribersSection({ visitor, verdict, subscribers, events }: Shown): Html {
  return html`
    <section>
      <h2>Your own systems</h2>
      <p>Events are posted as JSON, signed after the Standard Webhooks specification, and tried for days.</p>
      ${
        subscribers.length > 0 &&
        html`<ul class="tokens">
          ${subscribers.map(
            ({ id, url, events: wanted, off }) =>
              html`<li>
                <p>
                  <code>${url}</code
                  ><br />${wanted.join(', ')}${off !== undefined && html` <strong>Off: ${off}</strong>`}
                </p>
                ${off !== undefined && buttonForm(visitor, { action: `/notifications/subscribers/${id}/on`, label: 'Turn on again' })}
                ${buttonForm(visitor, { action: `/notifications/subscribers/${id}/remove`, label: 'Remove' })}
              </li>`,
          )}
        </ul>`
      }
      <form method="post" action="/notifications/subscribers">
        ${csrfField(visitor)}
        ${field({ name: 'url', label: 'Web address', type: 'url', error: errorIn(verdict, 'url') })}
        <fieldset>
          <legend>Events</legend>
          ${events.map(
            (event) =>
              html`<label class="check"
                ><input type="checkbox" name="events" value="${event}" checked />${event}</label
              >`,
          )}
        </fieldset>
        <button>Send events there</button>
      </form>
    </section>
  `;
}

const STATES = { waiting: 'Waiting', delivered: 'Delivered', dead: 'Given up' } as const;

function deliveriesSection({ visitor, deliveries, subscribers, timeZone }: Shown): Html {
  const to = ({ channel, target }: ShownDelivery) =>
    channel !== 'webhook' ? target : (subscribers.find(({ id }) => id === target)?.url ?? 'Removed');
  return html`
    <section>
      <h2>What was sent</h2>
      ${
        deliveries.length === 0
          ? html`<p>Nothing yet.</p>`
          : html`<div class="scroll" tabindex="0" role="region" aria-label="What was sent">
              <table>
                <thead>
                  <tr>
                    <th scope="col">When</th>
                    <th scope="col">Event</th>
                    <th scope="col">To</th>
                    <th scope="col">State</th>
                    <th scope="col">Again</th>
                  </tr>
                </thead>
                <tbody>
                  ${deliveries.map(
                    (delivery) =>
                      html`<tr>
                        <td>${timeWords(delivery.createdAt, timeZone)}</td>
                        <td>${delivery.event}</td>
                        <td class="words">${to(delivery)}</td>
                        <td>
                          ${STATES[delivery.state]}${delivery.tries > 1 && `, ${delivery.tries} tries`}${delivery.problem !== undefined && html`<br /><span class="hint">${delivery.problem}</span>`}
                        </td>
                        <td>
                          ${buttonForm(visitor, { action: `/notifications/deliveries/${delivery.id}/replay`, label: 'Send again' })}
                        </td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }
    </section>
  `;
}
