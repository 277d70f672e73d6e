import type { Visitor } from '../door/visitor';
import { buttonForm, csrfField, field, problem } from '../look/forms';
import { html, type Html } from '../look/html';
import { page } from '../look/layout';
import { errorIn, verdictBox, type Verdict } from '../verdicts';
import { forwardingHelp } from './forwarding-help';
import type { ShownAccount, ShownFallback, ShownNumber, ShownSetting, ShownToday } from './number-desk';

interface Shown {
  visitor: Visitor;
  verdict: Verdict | undefined;
  phoneNumber: string | undefined;
  /** Frontdesk's own, as entered. */
  address: string | undefined;
  today: ShownToday | undefined;
}

/** The number page as it stands now. */
export function numberPage(shown: Shown): Html {
  const { visitor, verdict, phoneNumber, today } = shown;
  const body = html`${verdictBox(verdict)} ${today ? sections(shown, today) : notYet(shown)}
  ${phoneNumber !== undefined && forwardingHelp(phoneNumber)}`;
  return page({ title: 'Number', path: '/number', visitor, body });
}

const notYet = ({ phoneNumber, address }: Shown): Html => html`
  <section>
    <h2>Not yet</h2>
    <p>Before Frontdesk can look after your number, this is missing:</p>
    <ul>
      ${phoneNumber === undefined && html`<li>your Twilio account and the number you have there</li>`}
      ${address === undefined && html`<li>the public address under which Twilio reaches Frontdesk</li>`}
    </ul>
    <p><a href="/credentials">Enter it on the credentials page</a></p>
  </section>
`;

const plainHttp: Html = problem({
  error: "The public address begins with http: callers' words travel unprotected.",
  remedy: html`<a href="/credentials">Enter one that begins with https</a>, then point the number again.`,
});

const sections = (shown: Shown, { number, account, fallback }: ShownToday): Html => html`
  ${shown.address?.startsWith('http:') && plainHttp} ${whereCallsGo(shown, number)} ${whileDown(shown, fallback)}
  ${accountSection(account)}
`;

function whereCallsGo({ visitor, phoneNumber }: Shown, number: ShownNumber): Html {
  if (!number.ok)
    return html`<section>
      <h2>Where calls go</h2>
      ${problem({ error: number.error, remedy: number.remedy })}
    </section>`;
  const { boundTo, asWanted, settings } = number;
  return html`
    <section>
      <h2>Where calls to ${phoneNumber} go</h2>
      ${
        boundTo
          ? html`<p><strong>Not to Frontdesk.</strong> ${boundTo.explanation}</p>
              <p>
                If its calls are to come here: in the Twilio Console, under Phone Numbers, open this number, set
                “Configure with” to “Webhook”, save, and come back.
              </p>`
          : html`<p>
              ${asWanted ? 'To Frontdesk. Everything is as it should be.' : 'Not all is as it should be; one click sets it.'}
            </p>`
      }
      ${settingsTable(settings)}
      ${!boundTo && html`<p class="hint">It takes up to a minute, because Twilio builds what answers while Frontdesk is down.</p>`}
      ${!boundTo && buttonForm(visitor, { action: '/number/point', label: asWanted ? 'Set it again' : 'Point the number here', strong: !asWanted })}
    </section>
  `;
}

const NAMES: Readonly<Record<string, string>> = {
  voice_url: 'A call comes in',
  voice_method: 'sent by',
  status_callback: 'A call ends',
  status_callback_method: 'sent by',
  voice_fallback_url: 'Frontdesk does not answer',
  voice_fallback_method: 'sent by',
};

const settingsTable = (settings: readonly ShownSetting[]): Html => html`
  <div class="scroll" role="region" aria-label="The number's settings" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Today</th>
          <th scope="col">Should be</th>
        </tr>
      </thead>
      <tbody>
        ${settings.map(
          ({ name, today, wanted, asWanted }) => html`
            <tr class="${asWanted ? 'works' : 'wrong'}">
              <th scope="row">${NAMES[name] ?? name}</th>
              <td><code>${today === '' ? 'nothing' : today}</code></td>
              <td>
                ${asWanted ? html`<span class="state">as it is</span>` : html`<code>${wanted === '' ? 'nothing' : wanted}</code>`}
              </td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  </div>
`;

const WAYS = {
  function: 'A Twilio Function answers: it apologises and takes a message.',
  studio: 'A Twilio Studio flow answers: it apologises and takes a message.',
  'twiml-bin': 'Twilio permits neither a Function nor a Studio flow here, so this text has to be pasted by you.',
} as const;

function whileDown(shown: Shown, fallback: ShownFallback | undefined): Html {
  if (!fallback) {
    return html`<section>
      <h2>While Frontdesk is down</h2>
      <p>
        Nothing outside Frontdesk answers yet. The button above also puts an answer at Twilio that apologises and takes
        a message, in the words of your profile.
      </p>
    </section>`;
  }
  return html`
    <section>
      <h2>While Frontdesk is down</h2>
      <p>${WAYS[fallback.way]} Recordings are kept at Twilio, under Monitor, Call recordings.</p>
      ${fallback.behind !== undefined && problem({ error: `It does not follow the profile any more: ${fallback.behind}`, remedy: 'Press the button above to bring it up to date.' })}
      ${fallback.twiml !== undefined && binForm(shown, fallback)}
      ${buttonForm(shown.visitor, { action: '/number/disconnect', label: 'Remove it from Twilio' })}
    </section>
  `;
}

const binForm = ({ visitor, verdict }: Shown, { twiml, url }: ShownFallback): Html => html`
  <ol>
    <li>In the Twilio Console, open TwiML Bins and create one with this text.</li>
    <li>Save it, copy its URL, and enter it here.</li>
  </ol>
  <div class="field">
    <label for="twiml">Text of the TwiML Bin</label>
    <textarea id="twiml" rows="6" readonly>${twiml}</textarea>
    <button type="button" class="quiet" data-copy="twiml" hidden>Copy</button>
  </div>
  <form method="post" action="/number/bin">
    ${csrfField(visitor)}
    ${field({ name: 'bin_url', label: 'URL of the TwiML Bin', type: 'url', value: url, required: true, error: errorIn(verdict, 'bin_url') })}
    <button>Use this Bin</button>
  </form>
`;

function accountSection(account: ShownAccount): Html {
  if (!account.ok) return html``;
  const { trial, balance, limits } = account;
  return html`
    <section>
      <h2>The Twilio account</h2>
      <p>
        ${trial ? html`<strong>A trial account.</strong> Frontdesk keeps calls short enough that Twilio never cuts them off.` : 'A full account.'}
        ${balance && html`The balance is ${balance.amount} ${balance.currency}.`}
      </p>
      ${
        limits.length > 0 &&
        html`<p>What to know of it:</p>
          <ul>
            ${limits.map((limit) => html`<li>${limit}</li>`)}
          </ul>`
      }
    </section>
  `;
}
