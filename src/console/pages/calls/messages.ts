import { Router } from 'express';
import type { KeptMessage } from '../../../common/call-record';
import { maskPhone, maskPhones } from '../../../common/mask';
import { refuse, sendPage } from '../../answers';
import { visitorOf, type Visitor } from '../../door/visitor';
import { csrfField, problem } from '../../look/forms';
import { html, type Content, type Html } from '../../look/html';
import { page } from '../../look/layout';
import type { CallDesk } from './desk';
import { messageFilterIn, nextMessage } from './filter';
import { evidence } from './understanding';
import { reasonWords, voicemailPart } from './voicemail';
import { timeWords } from './words';

const PAGE = '/messages';

interface MessagesOptions {
  calls: CallDesk;
  timeZone: () => string;
}

/** /messages: the inbox. A message is new until somebody has seen to it. */
export function messagesRoutes({ calls, timeZone }: MessagesOptions): Router {
  const router = Router();
  router.get(PAGE, async (request, response) => {
    const { filter, problems } = messageFilterIn(request);
    const [wrong] = problems;
    const { state = 'new' } = filter;
    const found = wrong ? [] : await calls.messages({ ...filter, state });
    const trouble = wrong && problem({ error: `${wrong.field} ${wrong.problem}.` });
    const shown = { visitor: visitorOf(response), found, state, timeZone: timeZone(), problem: trouble };
    const next = nextMessage(found, filter.limit);
    sendPage(response, inbox({ ...shown, next }), wrong ? 400 : 200);
  });
  for (const state of ['done', 'new'] as const) {
    router.post(`${PAGE}/:id/${state}`, async (request, response) => {
      const marked = await calls.markMessage(request.params['id'], state);
      if (!marked) return refuse(request, response, noMessage);
      response.redirect(303, state === 'done' ? PAGE : `${PAGE}?state=done`);
    });
  }
  return router;
}

/** Told of an id that no message has. */
export const noMessage = {
  status: 404,
  code: 'no_message',
  error: 'There is no such message.',
  remedy: 'The inbox has all there are.',
};

interface Shown {
  visitor: Visitor;
  found: readonly KeptMessage[];
  state: 'new' | 'done';
  timeZone: string;
  next: string | undefined;
  problem: Content;
}

function inbox({ visitor, found, state, timeZone, next, problem: trouble }: Shown): Html {
  const body = html`
    ${trouble}
    <p>
      ${state === 'new' ? html`New messages. <a href="${PAGE}?state=done">Those that are done</a>` : html`Messages that are done. <a href="${PAGE}">New ones</a>`}
    </p>
    <div id="messages" data-live-list>
      ${found.length === 0 && html`<p>${state === 'new' ? 'Nothing new. Everything has been seen to.' : 'None yet.'}</p>`}
      ${found.map((message) => card(visitor, masked(message), timeZone))}
    </div>
    ${next !== undefined && html`<p><a href="${`${PAGE}?${new URLSearchParams({ state, before: next }).toString()}`}">Earlier ones</a></p>`}
  `;
  return page({ title: 'Messages', path: PAGE, visitor, body, scripts: ['/console/live.js'] });
}

/** In a list the numbers in what was said are masked; the call's page has them whole. */
const masked = (message: KeptMessage): KeptMessage => ({
  ...message,
  reason: message.reason && maskPhones(message.reason),
  answers: message.answers.map(({ question, answer }) => ({ question, answer: maskPhones(answer) })),
  fields: message.fields.map((field) => ({ ...field, quote: field.quote && maskPhones(field.quote) })),
});

function card(visitor: Visitor, message: KeptMessage, timeZone: string): Html {
  const { id, callSid, name, number, reason, answers, partial, test, takenAt, state, fields } = message;
  const proof = (field: string) => {
    const known = fields.find((each) => each.name === field || (field === 'number' && each.value === number));
    return known && html` <small>${evidence(known, callSid)}</small>`;
  };
  const other = state === 'new' ? 'done' : 'new';
  return html`
    <section class="message" id="message-${id}">
      <h2>
        ${name ?? 'No name given'}${partial && html` <span class="tag">Not finished</span>`}${test && html` <span class="tag">Test</span>`}
      </h2>
      ${name !== undefined && proof('name') && html`<p class="hint">Name: ${proof('name')}</p>`}
      <p class="words">${reasonWords(message)}${reason !== undefined && proof('reason')}</p>
      ${voicemailPart(visitor, message)}
      ${answers.map(({ question, answer }) => html`<p><span class="who">${question}</span>${answer}</p>`)}
      ${
        number
          ? html`<details>
              <summary>Call back ${maskPhone(number)}</summary>
              <p><a href="tel:${number}">${number}</a>${proof('number')}</p>
            </details>`
          : html`<p>No number to call back</p>`
      }
      <p>${timeWords(takenAt, timeZone)} · <a href="/calls/${callSid}">The call</a></p>
      <form method="post" action="${PAGE}/${id}/${other}">
        ${csrfField(visitor)}<button class="quiet">${state === 'new' ? 'Done' : 'New again'}</button>
      </form>
    </section>
  `;
}
