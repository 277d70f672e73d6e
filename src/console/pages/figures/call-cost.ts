import type { Cost, CostLine } from '../../../common/figures';
import { html, type Html } from '../../look/html';
import { amountWords, dollars, missingWords, totalWords } from './cost-words';

/** What one call cost, thing by thing. */
export const callCost = (cost: Cost, test: boolean): Html => html`
  <section aria-labelledby="cost">
    <h2 id="cost">${test ? 'What it would have cost' : 'What it cost'}</h2>
    <p class="sum">${totalWords(cost)}</p>
    ${cost.missing.length > 0 && html`<p>${missingWords(cost)} <a href="/settings/prices">To the prices</a></p>`}
    ${cost.lines.length > 0 && table(cost.lines)}
    <p class="hint">
      An estimate after <a href="/settings/prices">your prices</a>, without free quotas and taxes.
      ${test && 'This was a test call: Twilio charged nothing for it, Groq and Google did for what they made.'}
    </p>
  </section>
`;

const table = (lines: readonly CostLine[]): Html => html`
  <div class="scroll" tabindex="0" role="region" aria-label="The cost, thing by thing">
    <table>
      <thead>
        <tr>
          <th scope="col">For</th>
          <th scope="col">Cost</th>
          <th scope="col">How much</th>
          <th scope="col">Price</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ what, amount, unit, price, size, usd }) =>
            html`<tr>
              <th scope="row">${what}</th>
              <td>${usd === undefined ? 'Not known' : dollars(usd)}</td>
              <td>${amountWords(amount, unit)}</td>
              <td>${price === undefined ? 'Not known' : `$${price} for ${amountWords(size, unit)}`}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>
`;
