import type { CallersTraces } from '../../../common/call-record';
import type { Visitor } from '../../door/visitor';
import { csrfField, field } from '../../look/forms';
import { html, type Html } from '../../look/html';
import { page } from '../../look/layout';
import { errorIn, verdictBox, type Verdict } from '../../verdicts';

interface Shown {
  visitor: Visitor;
  number: string;
  verdict: Verdict | undefined;
}

/** Whom to forget. */
export const forgetPage = ({ visitor, number, verdict }: Shown): Html =>
  page({
    title: 'Forget a caller',
    path: '/rules',
    visitor,
    body: html`
      ${verdictBox(verdict)}
      <p>
        Everything of one number is removed: its calls with all that was said, and every call or message in which it was
        left as the number to call back; recordings, at Twilio too, and what was noted to tell others. What was already
        sent to others is with them.
      </p>
      <form method="post" action="/forget">
        ${csrfField(visitor)}
        ${field({ name: 'number', label: 'Number', type: 'tel', value: number, error: errorIn(verdict, 'number'), hint: 'In full, like +12025550143.', required: true })}
        <button>Look what there is</button>
      </form>
      <p><a href="/rules">Back to the rules</a></p>
    `,
  });

interface Found {
  visitor: Visitor;
  number: string;
  traces: CallersTraces;
  blocked: boolean;
}

/** Asks once more, and says what would be removed. */
export function confirmPage({ visitor, number, traces, blocked }: Found): Html {
  const any = Object.values(traces).some((count) => count > 0);
  const sure = html`
    <p>This would be removed for good: ${wordsOf(traces)}. It cannot be undone.</p>
    <form method="post" action="/forget">
      ${csrfField(visitor)}
      <input type="hidden" name="number" value="${number}" />
      <input type="hidden" name="sure" value="yes" />
      <button class="strong">Remove it all</button>
    </form>
  `;
  const body = html`
    <p><strong>${number}</strong></p>
    ${any ? sure : html`<p>There is nothing of this number here.</p>`}
    ${blocked && html`<p class="hint">${STAYS_BLOCKED} <a href="/rules">The rules</a></p>`}
    <p><a href="/forget">Another number</a></p>
  `;
  return page({ title: 'Forget this caller?', path: '/rules', visitor, body });
}

const NAMES: Readonly<Record<keyof CallersTraces, readonly [one: string, more: string]>> = {
  calls: ['call', 'calls'],
  turns: ['turn', 'turns'],
  fields: ['detail', 'details'],
  messages: ['message', 'messages'],
  recordings: ['recording', 'recordings'],
  deliveries: ['notification', 'notifications'],
  placedCalls: ['call that was asked for', 'calls that were asked for'],
};

const wordsOf = (traces: CallersTraces): string =>
  (Object.keys(NAMES) as (keyof CallersTraces)[])
    .filter((kind) => traces[kind] > 0)
    .map((kind) => `${traces[kind]} ${NAMES[kind][traces[kind] === 1 ? 0 : 1]}`)
    .join(', ');

/** What was removed, in words. */
export const removedWords = (removed: CallersTraces): string => {
  const words = wordsOf(removed);
  return words === '' ? 'There was nothing to remove.' : `Removed for good: ${words}.`;
};

const STAYS_BLOCKED =
  'The number stays on the list of blocked callers, or they could call again; it can be taken off on the page of rules.';

/** What is still there, in words: recordings that could not be removed yet, and a number that is blocked. */
export const leftWords = (recordings: number, blocked: boolean): string[] => [
  ...(recordings === 0
    ? []
    : [`${recordingsWords(recordings)} could not be removed yet; it is tried until it is done.`]),
  ...(blocked ? [STAYS_BLOCKED] : []),
];

const recordingsWords = (count: number) => (count === 1 ? '1 recording' : `${count} recordings`);
