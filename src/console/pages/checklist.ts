import { Router } from 'express';
import { sendPage } from '../answers';
import { visitorOf } from '../door/visitor';
import type { LimitedCalls } from '../../common/figures';
import type { SpeculationState } from '../../common/speculation';
import { aheadWords } from './figures/ahead-words';
import { html, type Html } from '../look/html';
import { page } from '../look/layout';
import type { ChecklistItem } from '../ports';
import { limitWords } from './calls/words';
import type { FiguresDesk } from './figures/desk';
import { homeFigures } from './figures/home-figures';

/** What the home page needs. */
export interface ChecklistOptions {
  checklist: () => Promise<ChecklistItem[]>;
  passwordIsSet: () => Promise<boolean>;
  calls: FiguresDesk;
  timeZone: () => string;
  speculation: () => SpeculationState;
}

/** The home page: what works, what is missing, the next step, and the calls in pictures. */
export function checklistRoutes({ checklist, passwordIsSet, calls, timeZone, speculation }: ChecklistOptions): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const limited = limitItem(await calls.limitedToday(timeZone()));
    const items = [...(await checklist()), passwordItem(await passwordIsSet()), ...limited];
    const next = items.find(({ state }) => state === 'wrong') ?? items.find(({ state }) => state === 'missing');
    const question = { timeZone: timeZone(), tests: request.query['tests'] === 'yes' };
    const figures = homeFigures(await calls.statistics(question), await calls.costOfMonth(timeZone()));
    const body = html`${nextStep(next)}
      <ul class="checklist">
        ${items.map(line)}
      </ul>
      <p>${aheadWords(speculation())}</p>
      <p>Whatever is missing, you can <a href="/try">call it and hear</a> how it answers.</p>
      ${figures}`;
    const styles = figures ? ['/console/pictures.css'] : [];
    sendPage(response, page({ title: 'Checklist', path: '/', visitor: visitorOf(response), body, styles }));
  });
  return router;
}

const passwordItem = (isSet: boolean): ChecklistItem => ({
  title: 'Password',
  state: isSet ? 'works' : 'missing',
  detail: isSet
    ? 'This console opens with your password.'
    : 'Only this machine may open the console until you set one.',
  href: isSet ? '/access' : '/setup',
});

/** Only where a limit was reached today; which is no reason to do anything. */
function limitItem(limited: readonly LimitedCalls[]): ChecklistItem[] {
  if (limited.length === 0) return [];
  const calls = limited.reduce((sum, each) => sum + each.calls, 0);
  const by = limited.map((each) => `${limitWords(each.limit)} (${each.calls})`).join(', ');
  const detail = `${calls === 1 ? '1 call was' : `${calls} calls were`} cut short today by: ${by}.`;
  return [{ title: 'Limits', state: 'works', detail, href: '/rules' }];
}

const nextStep = (next: ChecklistItem | undefined): Html =>
  next
    ? html`<p class="next">Next step: <a href="${next.href}">${next.title}</a></p>`
    : html`<p class="next">Everything works.</p>`;

const STATES: Readonly<Record<ChecklistItem['state'], string>> = { works: 'Works', missing: 'Missing', wrong: 'Wrong' };

const line = ({ title, state, detail, href }: ChecklistItem): Html => html`
  <li class="${state}">
    <a href="${href}">${title}</a>
    <span class="state">${STATES[state]}</span>
    <p>${detail}</p>
  </li>
`;
