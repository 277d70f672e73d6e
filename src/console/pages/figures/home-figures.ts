import type { MonthsCost, Statistics } from '../../../common/figures';
import { html, type Html } from '../../look/html';
import { missingWords, totalWords } from './cost-words';
import { pictures } from './pictures';

/** What the home page shows of the calls below the checklist; nothing where there were none. */
export function homeFigures(figures: Statistics, month: MonthsCost): Html | undefined {
  const { calls, leftOut, tests } = figures;
  if (calls + leftOut === 0 && !tests && month.calls === 0) return undefined;
  return html`
    <h2 id="figures">The last 30 days</h2>
    <p>
      ${calls === 0 ? 'No calls' : calls === 1 ? '1 call' : `${calls} calls`}${tests ? ', test calls among them.' : '.'}
      ${leftOut > 0 && html`${leftOut === 1 ? '1 test call is' : `${leftOut} test calls are`} left out. <a href="/?tests=yes#figures">Count test calls too</a>`}
      ${tests && html`<a href="/#figures">Leave test calls out</a>`}
    </p>
    ${month.calls > 0 && monthsCost(month)} ${calls > 0 && pictures(figures)}
  `;
}

const monthsCost = ({ month, calls, cost }: MonthsCost): Html => html`
  <section aria-labelledby="cost">
    <h3 id="cost">What calls cost in ${monthWords(month)}</h3>
    <p class="sum">${totalWords(cost)}</p>
    ${cost.missing.length > 0 && html`<p class="hint">${missingWords(cost)}</p>`}
    <p class="hint">
      An estimate for ${calls === 1 ? '1 call' : `${calls} calls`}, test calls left out, after
      <a href="/settings/prices">your prices</a>. What your number costs a month is not in it.
    </p>
  </section>
`;

const monthWords = (month: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    Date.parse(`${month}-01`),
  );
