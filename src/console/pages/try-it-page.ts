import type { Visitor } from '../door/visitor';
import { html, type Html } from '../look/html';
import { page } from '../look/layout';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** The telephone; `language` is what the microphone is to expect. Its script is public/console/try-it.js; without it the page says what to do instead. */
export function tryItPage(visitor: Visitor, language: string): Html {
  const body = html`
    <p>
      Calls Frontdesk as a telephone would, and shows what happens. Nothing is paid to Twilio; the model and the voice
      are the real ones, if there are keys. The call is marked as a test.
    </p>
    <noscript>
      <p>The telephone needs JavaScript. In a terminal, <code>npm run call</code> does the same.</p>
    </noscript>
    <div class="try" id="telephone" data-language="${language}" hidden>${telephone} ${conversation}</div>
    ${details}
  `;
  return page({ title: 'Try it', path: '/try', visitor, body, scripts: ['/console/try-it.js'] });
}

const telephone: Html = html`
  <section aria-labelledby="telephone-title">
    <h2 id="telephone-title">Telephone</h2>
    <p id="line" role="status">Ready.</p>
    <p class="buttons">
      <button type="button" id="dial">Call</button>
      <button type="button" id="hang-up" class="quiet" disabled>Hang up</button>
    </p>
    <form id="talk" data-live>
      <div class="field">
        <label for="words">Say</label>
        <input id="words" name="words" autocomplete="off" maxlength="500" disabled />
      </div>
      <p class="buttons">
        <button id="say" disabled>Say it</button>
        <button type="button" id="microphone" class="quiet" aria-pressed="false" hidden disabled>
          Use the microphone
        </button>
      </p>
      <p class="hint" id="microphone-note" hidden>Your browser may send what it hears to its maker to be recognised.</p>
    </form>
    <details>
      <summary>Keypad</summary>
      <div class="keypad" role="group" aria-label="Keypad">
        ${KEYS.map((key) => html`<button type="button" class="quiet" data-key="${key}" disabled>${key}</button>`)}
      </div>
    </details>
  </section>
`;

const conversation: Html = html`
  <section aria-labelledby="conversation-title">
    <h2 id="conversation-title">Conversation</h2>
    <div role="log" aria-live="polite" aria-label="Conversation">
      <ol id="conversation" class="conversation"></ol>
    </div>
    <p id="nothing-said">Press Call to begin.</p>
  </section>
`;

const details: Html = html`
  <section id="inside" hidden>
    <h2>Inside</h2>
    <p>
      For each answer: from your words being recognised (0) to the first words of the reply, its first audio, and its
      end. You are given 20 seconds to type before silence counts.
    </p>
    <div class="scroll" role="region" aria-label="Timings" tabindex="0">
      <table class="waterfall">
        <thead>
          <tr>
            <th scope="col">Turn</th>
            <th scope="col">Answered by</th>
            <th scope="col">First words</th>
            <th scope="col">First audio</th>
            <th scope="col">Whole reply</th>
            <th scope="col">In time</th>
          </tr>
        </thead>
        <tbody id="timings"></tbody>
      </table>
    </div>
    <details>
      <summary>TwiML, as Twilio would get it</summary>
      <div id="twiml"></div>
    </details>
  </section>
`;
