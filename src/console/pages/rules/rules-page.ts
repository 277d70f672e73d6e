import type { Visitor } from '../../door/visitor';
import { csrfField, field } from '../../look/forms';
import { html, type Html } from '../../look/html';
import { page } from '../../look/layout';
import { errorIn, verdictBox, type Verdict } from '../../verdicts';
import type { RulesValues } from './entries';

interface Shown {
  visitor: Visitor;
  values: RulesValues;
  verdict: Verdict | undefined;
}

type Make = (name: string, label: string, more?: { hint?: string; type?: 'textarea' }) => Html;

/** The rules, as one form. */
export function rulesPage({ visitor, values, verdict }: Shown): Html {
  const make: Make = (name, label, extra = {}) =>
    field({ name, label, value: values[name] ?? '', error: errorIn(verdict, name), rows: 4, ...extra });
  const body = html`
    ${verdictBox(verdict)}
    <form method="post" action="/rules">
      ${csrfField(visitor)} ${limits(make)} ${callers(make)} ${callingOut(make, values)} ${privacy(make, values)}
      <button>Save the rules</button>
    </form>
    <p><a href="/forget">Forget a caller</a>: remove everything of one number, when somebody asks for it.</p>
  `;
  return page({ title: 'Rules', path: '/rules', visitor, body });
}

const limits = (make: Make): Html => html`
  <section>
    <h2>How far a call may go</h2>
    <p>A call that reaches a limit is asked for a message and ends. Two people who talk are never cut off.</p>
    ${make('limits.callMinutes', 'Minutes per call')}
    ${make('limits.turns', 'Turns per call', { hint: 'A turn is what the caller says and the reply to it.' })}
    ${make('limits.unproductiveTurns', 'Turns in a row that lead nowhere', { hint: 'Hold music and robots are told by them.' })}
    ${make('limits.tokensPerCall', 'Model tokens per call')}
    ${make('limits.callsPerCallerPerDay', 'Calls per caller per day')} ${make('limits.callsPerDay', 'Calls per day')}
    ${make('limits.spendPerDay', 'US dollars per day', { hint: 'By the prices on the page of costs. Left empty, there is no limit.' })}
  </section>
`;

const callers = (make: Make): Html => html`
  <section>
    <h2>Blocked callers</h2>
    ${make('blocked', 'Numbers', { type: 'textarea', hint: 'One a line, like +12025550143. They hear the busy tone, and cost nothing.' })}
  </section>
`;

const callingOut = (make: Make, values: RulesValues): Html => html`
  <section>
    <h2>Calling out</h2>
    ${make('outbound.countries', 'Countries', { hint: 'Two letters each, like US CA. Left empty, only the country of your own number.' })}
    ${make('outbound.quietFrom', 'Nobody is called from')}
    ${make('outbound.quietUntil', 'until', { hint: 'At the business, like 20:00 and 09:00.' })}
    ${make('outbound.callsPerDay', 'Calls per day')}
    ${check(values, 'outbound.detectMachines', 'Find out whether a machine answers, and leave it a message (Twilio charges for it)')}
  </section>
`;

const privacy = (make: Make, values: RulesValues): Html => html`
  <section>
    <h2>Privacy</h2>
    ${make('privacy.consent', 'Said before the greeting', { hint: 'Where the law asks for it, like: This call is transcribed. Hang up if you do not agree.' })}
    ${make('privacy.transcriptDays', 'Days that words are kept', { hint: 'Left empty, for ever. So with the next two. A message that is new stays whole until somebody has seen to it.' })}
    ${make('privacy.audioDays', 'Days that recordings are kept', { hint: 'So is the sound of replies, but not longer than their words or the numbers in them, nor than there is room.' })}
    ${make('privacy.numberDays', 'Days that numbers are kept whole')}
    ${check(values, 'privacy.removeRecordings', 'Remove recordings at Twilio once they are kept here')}
  </section>
`;

const check = (values: RulesValues, name: string, label: string): Html => html`
  <label class="check"
    ><input type="checkbox" name="${name}" value="yes" ${values[name] && html`checked`} /> ${label}</label
  >
`;
