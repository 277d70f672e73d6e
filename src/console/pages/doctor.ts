import { Router } from 'express';
import { sendPage } from '../answers';
import { visitorOf, type Visitor } from '../door/visitor';
import { buttonForm } from '../look/forms';
import { html, type Html } from '../look/html';
import { page } from '../look/layout';

/** One link of the chain between a caller and an answer. */
export interface ShownLink {
  name: string;
  state: 'works' | 'missing' | 'wrong' | 'unknown';
  detail: string;
  remedy?: string | undefined;
  href?: string;
}

/** Examines everything; takes some seconds, and never rejects. */
export type Diagnose = () => Promise<{ at: number; links: readonly ShownLink[] }>;

/** /doctor and /api/doctor. The page shows what was found last, and examines at the first visit and on request. */
export function doctorRoutes(diagnose: Diagnose): Router {
  const router = Router();
  let last: Awaited<ReturnType<Diagnose>> | undefined;
  const examine = async () => (last = await diagnose());
  router.get('/doctor', async (_request, response) => {
    const { at, links } = last ?? (await examine());
    sendPage(response, doctorPage(visitorOf(response), { at, links }));
  });
  router.post('/doctor', async (_request, response) => {
    await examine();
    response.redirect(303, '/doctor');
  });
  router.get('/api/doctor', async (_request, response) => {
    const { at, links } = await examine();
    response.json({ ok: links.every(({ state }) => state !== 'wrong'), at: new Date(at).toISOString(), links });
  });
  return router;
}

const STATES = { works: 'Works', missing: 'Missing', wrong: 'Wrong', unknown: 'Not examined' } as const;

function doctorPage(visitor: Visitor, { at, links }: { at: number; links: readonly ShownLink[] }): Html {
  const wrong = links.filter(({ state }) => state === 'wrong');
  const missing = links.filter(({ state }) => state === 'missing');
  const body = html`
    <p class="next">${summary(wrong, missing)}</p>
    <p class="hint">Examined at ${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC.</p>
    ${buttonForm(visitor, { action: '/doctor', label: 'Examine again', strong: true })}
    <ul class="checklist">
      ${links.map(line)}
    </ul>
  `;
  return page({ title: 'Doctor', path: '/doctor', visitor, body });
}

function summary(wrong: readonly ShownLink[], missing: readonly ShownLink[]): string {
  const [first] = wrong;
  if (first)
    return `${wrong.length === 1 ? 'One thing is' : `${wrong.length} things are`} wrong: ${wrong.map(({ name }) => name).join(', ')}.`;
  return missing.length === 0 ? 'Everything works.' : 'Nothing is wrong. What is missing may be meant so.';
}

const line = ({ name, state, detail, remedy, href }: ShownLink): Html => html`
  <li class="${state}">
    ${href === undefined ? html`<strong>${name}</strong>` : html`<a href="${href}">${name}</a>`}
    <span class="state">${STATES[state]}</span>
    <p>${detail} ${remedy ?? ''}</p>
  </li>
`;
