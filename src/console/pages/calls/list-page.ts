import { maskPhones } from '../../../common/mask';
import { OUTCOMES, type ListedCall } from '../../../common/call-record';
import type { Visitor } from '../../door/visitor';
import { html, type Content, type Html } from '../../look/html';
import { page } from '../../look/layout';
import { durationWords, maskedCaller, outcomeWords, timeWords } from './words';

/** What the list shows. `query` is what was asked for, as it stands in the address. */
export interface ShownCalls {
  visitor: Visitor;
  calls: readonly ListedCall[];
  query: Readonly<Record<string, string>>;
  next: string | undefined;
  timeZone: string;
  problem: Content;
}

/** The list of calls. */
export function callsPage(shown: ShownCalls): Html {
  const { visitor, calls, query, next, problem } = shown;
  const body = html`${problem}
    <p><a href="/call">Call somebody</a></p>
    ${searchForm(query)}
    <div id="calls" data-live-list>${calls.length === 0 ? nothing(query) : table(shown)}</div>
    ${next !== undefined && html`<p><a href="/calls?${addressOf({ ...query, before: next })}">Earlier calls</a></p>`}
    <p class="hint">
      The same as a file: <a href="/calls/export.csv?${addressOf(query)}">CSV</a>,
      <a href="/calls/export.json?${addressOf(query)}">JSON</a>. Files hold whole numbers.
    </p>`;
  return page({ title: 'Calls', path: '/calls', visitor, body, scripts: ['/console/live.js'] });
}

const addressOf = (query: Readonly<Record<string, string>>) => new URLSearchParams(query).toString();

const CHOICES: readonly (readonly [string, string])[] = [
  ['', 'Every outcome'],
  ['going-on', 'Going on'],
  ...OUTCOMES.map((outcome) => [outcome, outcomeWords(outcome)] as const),
];

const searchForm = (query: Readonly<Record<string, string>>): Html => html`
  <form method="get" action="/calls" class="search" role="search" data-live>
    <div class="field">
      <label for="q">Words that were said</label>
      <input type="search" id="q" name="q" value="${query['q']}" autocomplete="off" />
    </div>
    <div class="field">
      <label for="outcome">Outcome</label>
      <select id="outcome" name="outcome">
        ${CHOICES.map(
          ([value, words]) =>
            html`<option value="${value}" ${value === (query['outcome'] ?? '') && html`selected`}>${words}</option>`,
        )}
      </select>
    </div>
    <div class="field">
      <label for="since">Since</label>
      <input type="date" id="since" name="since" value="${query['since']}" />
    </div>
    <button class="quiet">Find</button>
  </form>
`;

const nothing = (query: Readonly<Record<string, string>>): Html =>
  Object.keys(query).length > 0
    ? html`<p>No call fits this. <a href="/calls">All calls</a></p>`
    : html`<p>No call yet. <a href="/try">Try one here</a>; every call is written down as it happens.</p>`;

const table = ({ calls, timeZone }: ShownCalls): Html => html`
  <div class="scroll" tabindex="0" role="region" aria-label="Calls">
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Caller</th>
          <th scope="col">Outcome</th>
          <th scope="col">First words</th>
          <th scope="col">Length</th>
        </tr>
      </thead>
      <tbody>
        ${calls.map((call) => row(call, timeZone))}
      </tbody>
    </table>
  </div>
`;

const row = (call: ListedCall, timeZone: string): Html => html`
  <tr>
    <td><a href="/calls/${call.sid}">${timeWords(call.startedAt, timeZone)}</a></td>
    <td>${maskedCaller(call.direction === 'outbound' ? call.to : call.from)}</td>
    <td>
      ${outcomeWords(call.outcome)}${call.outcome === 'answered' && call.answeredBy === 'machine' && ' by a machine'}${call.direction === 'outbound' && ', outgoing'}${call.limited && html` <span class="tag">Cut short</span>`}${call.test && html` <span class="tag">Test</span>`}
    </td>
    <td class="words">${maskPhones(call.opening ?? '')}</td>
    <td>${durationWords(call.durationS)}</td>
  </tr>
`;
