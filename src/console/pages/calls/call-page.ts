import type { AnsweredBy, KeptMessage, RefusalReason, WrittenCall, WrittenTurn } from '../../../common/call-record';
import type { Cost } from '../../../common/figures';
import type { ProfileField } from '../../../common/profile';
import type { Limit } from '../../../common/rules';
import type { Visitor } from '../../door/visitor';
import { buttonForm } from '../../look/forms';
import { html, type Content, type Html } from '../../look/html';
import { page } from '../../look/layout';
import { verdictBox, type Verdict } from '../../verdicts';
import { understandingSection } from './understanding';
import { reasonWords, voicemailPart } from './voicemail';
import { callCost } from '../figures/call-cost';
import { waterfall } from './waterfall';
import { durationWords, limitWords, outcomeWords, timeWords } from './words';

/** One call as it is shown. */
export interface ShownCall {
  visitor: Visitor;
  call: WrittenCall;
  /** Those of its clips that can still be heard. */
  sounds: ReadonlySet<string>;
  cost: Cost;
  timeZone: string;
  /** What the owner wants to know of every call. */
  wanted: readonly ProfileField[];
  /** Whether its caller can be blocked, or is already; undefined where there is no number. */
  blocked: boolean | undefined;
  verdict: Verdict | undefined;
}

const SOUND_GONE =
  'The sound of some of it is no longer here: it is kept as long as your rules say, while there is room.';
const GONE = 'The words were kept as long as your rules say, and removed.';

/** One call: what it was, what was said, and how long each turn took. */
export function callPage({ visitor, call, sounds, cost, timeZone, wanted, blocked, verdict }: ShownCall): Html {
  const body = html`
    ${verdictBox(verdict)} ${facts(call, timeZone)} ${blockPart(visitor, call.sid, blocked)}
    ${call.outcome === undefined && !call.test && buttonForm(visitor, { action: `/calls/${call.sid}/hangup`, label: 'Hang up' })}
    ${understandingSection(call, wanted)} ${call.messages.map((kept) => message(visitor, kept))}
    <section aria-labelledby="transcript">
      <h2 id="transcript">What was said</h2>
      ${
        call.wordsGone || call.turns.length === 0
          ? html`<p>${call.wordsGone ? GONE : 'Nothing was said.'}</p>`
          : html`<ol class="transcript">
                ${call.turns.map((said) => turn(said, sounds))}
              </ol>
              ${!soundsOf(call).every((name) => sounds.has(name)) && html`<p class="hint">${SOUND_GONE}</p>`}`
      }
    </section>
    ${callCost(cost, call.test)}
    <p><a href="/calls">All calls</a> · <a href="${`/forget?call=${call.sid}`}">Forget this caller</a></p>
  `;
  const scripts = call.outcome === undefined ? ['/console/live.js'] : [];
  return page({ title: `Call of ${timeWords(call.startedAt, timeZone)}`, path: '/calls', visitor, body, scripts });
}

function facts(call: WrittenCall, timeZone: string): Html {
  const { direction, from, to, outcome, durationS, test, statuses, startedAt, endedAt, sid, answeredBy } = call;
  const lines: readonly (readonly [string, Content])[] = [
    [direction === 'outbound' ? 'Called' : 'Caller', (direction === 'outbound' ? to : from) ?? 'Number withheld'],
    ['Outcome', html`${outcomeWords(outcome)}${test && html` <span class="tag">Test</span>`}`],
    ...(answeredBy === undefined ? [] : [['Answered by', TAKEN_BY[answeredBy]] as const]),
    ['Began', timeWords(startedAt, timeZone)],
    ['Ended', endedAt === undefined ? 'Not yet' : timeWords(endedAt, timeZone)],
    ['Length', durationWords(durationS) || 'Not known'],
    ['Cut short', call.limited === undefined ? 'No' : reachedLimit(call.limited)],
    ['Put through', call.refused === undefined ? transferWords(call.transfer) : REFUSED[call.refused]],
    ['Told by Twilio', statuses.map(({ status }) => status).join(', ') || 'Nothing yet'],
    ['Call SID', html`<code>${sid}</code>`],
  ];
  return html`
    <section>
      <dl class="facts">
        ${lines.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </section>
  `;
}

/** One button to block the caller; who is blocked already is let in again on the page of rules. */
function blockPart(visitor: Visitor, sid: string, blocked: boolean | undefined): Content {
  if (blocked === undefined) return undefined;
  if (blocked) return html`<p>This caller is blocked. <a href="/rules">Unblock</a></p>`;
  return buttonForm(visitor, { action: `/calls/${sid}/block`, label: 'Block this caller' });
}

const TAKEN_BY: Readonly<Record<AnsweredBy, string>> = {
  person: 'A person',
  machine: 'A machine, which got a message',
};

const REFUSED: Readonly<Record<RefusalReason, string>> = {
  loop: 'No: it was our own call coming back, from a telephone that forwards its calls to this number',
  blocked: 'No: the caller is blocked, and heard the busy tone',
};

/** Links to where the limit can be changed. */
const reachedLimit = (limit: Limit): Html =>
  html`It reached ${limitWords(limit)}, and the caller was asked for a message. <a href="/rules">Limits</a>`;

const transferWords = (transfer: string | undefined): string =>
  transfer === undefined ? 'Not tried' : transfer === 'accepted' ? 'A person took it' : `Nobody took it (${transfer})`;

const message = (visitor: Visitor, kept: KeptMessage): Html => {
  const { name, number, partial, state, answers } = kept;
  return html`
    <section class="message">
      <h2>${partial ? 'A message, not finished' : 'Message'}</h2>
      <p class="words">${reasonWords(kept)}</p>
      ${voicemailPart(visitor, kept)}
      <p>${name ?? 'No name'}, ${number ?? 'no number'}</p>
      ${answers.map(({ question, answer }) => html`<p><span class="who">${question}</span>${answer}</p>`)}
      <p><a href="/messages">${state === 'new' ? 'To the inbox, where it is new' : 'It is done'}</a></p>
    </section>
  `;
};

/** The names of the clips of everything said. */
export const soundsOf = ({ turns }: WrittenCall): string[] =>
  turns.flatMap(({ said }) => said.flatMap(({ clip }) => clip ?? []));

function turn(said: WrittenTurn, sounds: ReadonlySet<string>): Html {
  const caller = said.words ?? (said.digits ? `Key ${said.digits}` : undefined);
  return html`
    <li id="turn-${said.number}">
      ${said.number > 0 && html`<p class="caller"><span class="who">Caller</span>${caller ?? html`<em>Silence</em>`}${unsure(said)}</p>`}
      ${
        said.reply !== '' &&
        html`<p class="ours"><span class="who">Frontdesk${said.rung && html` (${said.rung})`}</span>${said.reply}</p>
          ${said.heard !== undefined && html`<p class="hint">The caller broke in after: “${said.heard}”</p>`}
          ${clips(said, sounds)}`
      }
      ${said.firstAudioMs !== undefined && waterfall(said)}
    </li>
  `;
}

const unsure = ({ confidence }: WrittenTurn): Content =>
  confidence !== undefined && html` <span class="hint">(${Math.round(confidence * 100)} % sure)</span>`;

function clips({ said, number }: WrittenTurn, sounds: ReadonlySet<string>): Content {
  const names = said.flatMap(({ clip }) => (clip !== undefined && sounds.has(clip) ? clip : []));
  if (names.length === 0) return undefined;
  return html`<details>
    <summary>Hear turn ${number}</summary>
    ${names.map((name) => html`<audio controls preload="none" src="/api/voice/audio/${name}"></audio>`)}
  </details>`;
}
