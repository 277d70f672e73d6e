import type { Visitor } from '../../door/visitor';
import { buttonForm, csrfField, field, problem } from '../../look/forms';
import { html, type Html } from '../../look/html';
import { page } from '../../look/layout';
import { verdictBox, type Verdict } from '../../verdicts';
import { amountWords } from './cost-words';
import type { PriceRow } from './price-entries';

/** The prices, and after a form that was not kept what was entered and what is wrong with it. */
export interface ShownPrices {
  visitor: Visitor;
  rows: readonly PriceRow[];
  verdict?: Verdict | undefined;
  wrong?: { field: string; problem: string; entered: Readonly<Record<string, unknown>> };
}

const GROUPS: readonly (readonly [prefix: string, name: string])[] = [
  ['twilio/', 'Twilio'],
  ['say/', "Twilio's own voices"],
  ['google/', "Google's voices"],
  ['groq/', 'Models at Groq'],
];

/** Where the owner corrects what things cost. */
export function pricesPage({ visitor, rows, verdict, wrong }: ShownPrices): Html {
  const wrongName = rows.find(({ key }) => key === wrong?.field)?.what ?? wrong?.field;
  const body = html`
    ${verdictBox(verdict)}
    ${wrong && problem({ error: `${wrongName} ${wrong.problem}.`, remedy: 'Nothing is saved yet.', field: wrong.field })}
    <p>
      What calls cost is estimated with these prices, in US dollars. They are list prices, so look at your bills and
      correct them. Where a price is empty, costs say that it is missing.
    </p>
    <form method="post" action="/settings/prices">
      ${csrfField(visitor)}
      ${GROUPS.map(([prefix, name]) => group(name, { rows: rows.filter(({ key }) => key.startsWith(prefix)), wrong }))}
      <p class="save"><button>Save</button> Used at once, for past calls too.</p>
    </form>
    ${buttonForm(visitor, { action: '/settings/prices/forget', label: 'Back to the list prices' })}
  `;
  return page({ title: 'Prices', visitor, body });
}

const group = (name: string, { rows, wrong }: { rows: readonly PriceRow[]; wrong: ShownPrices['wrong'] }): Html => html`
  <section>
    <fieldset>
      <legend>${name}</legend>
      <div class="days">${rows.map((row) => priceField(row, wrong))}</div>
    </fieldset>
  </section>
`;

function priceField({ key, what, unit, size, usd, list }: PriceRow, wrong: ShownPrices['wrong']): Html {
  const entered = wrong?.entered[key];
  return field({
    name: key,
    label: what.slice(what.indexOf(', ') + 2),
    hint: `For ${amountWords(size, unit)}${list === undefined ? '; on no list' : `; list price ${list}`}`,
    value: typeof entered === 'string' ? entered : usd?.toString(),
    error: wrong?.field === key ? `This ${wrong.problem}.` : undefined,
  });
}
