import type { CallField, WrittenCall } from '../../../common/call-record';
import type { ProfileField } from '../../../common/profile';
import { toldFields, type ToldField } from '../../../common/told-fields';
import { html, type Content, type Html } from '../../look/html';

/** What is known of a call once it is over: summary, reason, urgency, and the fields with their evidence. */
export function understandingSection(call: WrittenCall, wanted: readonly ProfileField[]): Content {
  const { understanding, fields, sid } = call;
  const said = call.turns.some(({ words }) => words !== undefined);
  if (!said || (!understanding && fields.length === 0)) return undefined;
  const { summary, reason, reasonQuote, urgency, urgencyQuote } = understanding ?? {};
  return html`
    <section aria-labelledby="understood">
      <h2 id="understood">What it was about</h2>
      ${summary !== undefined && html`<p>${summary}</p>`}
      <dl class="facts">
        ${reason !== undefined && line('Reason', html`${reason} ${quoteWords(reasonQuote)}`)}
        ${urgency !== undefined && line('Urgency', html`${urgency} ${quoteWords(urgencyQuote)}`)}
        ${toldFields(call, wanted).map((told) => line(told.name, fieldWords(told, sid)))}
      </dl>
      ${summary !== undefined && html`<p class="hint">The summary is a model’s. The words behind each value are the caller’s own.</p>`}
    </section>
  `;
}

const line = (name: string, value: Content): Html =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

const quoteWords = (quote: string | undefined): Content => quote !== undefined && html`<q class="hint">${quote}</q>`;

function fieldWords({ field, state }: ToldField, sid: string): Content {
  if (!field) return html`<em>${state}</em>`;
  return html`${field.value} ${evidence(field, sid)}`;
}

/** Leads to the turn in which the caller said it. */
export function evidence({ name, quote, turn, source }: CallField, sid: string): Content {
  if (quote !== undefined && turn !== undefined)
    return html`<a class="evidence" href="/calls/${sid}#turn-${turn}" aria-label="Where the caller said: ${name}"
      >“${quote}”</a
    >`;
  return source === 'caller id' && html`<span class="hint">the number the call came from</span>`;
}
