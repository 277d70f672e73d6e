import { Router } from 'express';
import { maskPhones } from '../../../common/mask';
import type { OpenQuestion } from '../../../common/call-record';
import type { Profile } from '../../../common/profile';
import { entered, refuse, sendPage } from '../../answers';
import { visitorOf, type Visitor } from '../../door/visitor';
import { csrfField, field } from '../../look/forms';
import { html, type Html } from '../../look/html';
import { page } from '../../look/layout';
import { verdictBox, type Verdict, type Verdicts } from '../../verdicts';
import type { CallDesk } from './desk';
import { timeWords } from './words';

const PAGE = '/unanswered';

interface UnansweredOptions {
  calls: CallDesk;
  verdicts: Verdicts;
  receptionist: {
    profile(): Profile;
    saveProfile(input: unknown): Promise<{ ok: true } | { ok: false; problems: readonly { problem: string }[] }>;
  };
}

/** /unanswered: what callers asked and nobody knew. An answer typed here is given to the next caller. */
export function unansweredRoutes({ calls, verdicts, receptionist }: UnansweredOptions): Router {
  const router = Router();
  router.get(PAGE, async (request, response) => {
    const questions = await calls.openQuestions();
    const shown = { visitor: visitorOf(response), questions, verdict: verdicts.shownOn(request) };
    sendPage(response, unansweredPage({ ...shown, timeZone: receptionist.profile().timeZone }));
  });
  router.post(`${PAGE}/:id/answer`, async (request, response) => {
    const [id, answer] = [Number(request.params['id']), entered(request, 'answer').trim()];
    const question = (await calls.openQuestions()).find((each) => each.id === id);
    if (!question) return refuse(request, response, noQuestion);
    const words = entered(request, 'question').trim() || maskPhones(question.words); // kept for good
    const verdict = answer === '' ? empty : await keep(receptionist, { question: words, answer });
    if (verdict.ok) await calls.settleQuestion(id);
    verdicts.answer(request, response, { verdict, page: PAGE });
  });
  router.post(`${PAGE}/:id/dismiss`, async (request, response) => {
    if ((await calls.settleQuestion(Number(request.params['id']))) === undefined)
      return refuse(request, response, noQuestion);
    verdicts.answer(request, response, { verdict: { ok: true, message: 'It is off the list.' }, page: PAGE });
  });
  return router;
}

const empty = {
  ok: false as const,
  status: 400,
  field: 'answer',
  code: 'no_answer',
  error: 'There is no answer yet.',
  remedy: 'Type what the next caller is to hear.',
} satisfies Verdict;

const noQuestion = {
  status: 404,
  code: 'no_question',
  error: 'This question is not on the list any more.',
  remedy: 'It may have been answered in another window.',
};

async function keep(
  receptionist: UnansweredOptions['receptionist'],
  added: { question: string; answer: string },
): Promise<Verdict> {
  const profile = receptionist.profile();
  const saved = await receptionist.saveProfile({ ...profile, questions: [...profile.questions, added] });
  if (saved.ok) return { ok: true, message: 'Kept. The next caller who asks this is told.' };
  const problem = saved.problems[0]?.problem ?? 'it does not fit the profile';
  return { ...empty, code: 'invalid_profile', error: `The answer cannot be kept: ${problem}.`, remedy: 'Change it.' };
}

interface Shown {
  visitor: Visitor;
  questions: readonly OpenQuestion[];
  verdict: Verdict | undefined;
  timeZone: string;
}

function unansweredPage({ visitor, questions, verdict, timeZone }: Shown): Html {
  const body = html`
    ${verdictBox(verdict)}
    <p>What callers asked and the receptionist did not know. Type an answer, and the next caller gets it.</p>
    ${questions.length === 0 && html`<p>Nothing is waiting for an answer.</p>`}
    ${questions.map((question) => card(visitor, question, timeZone))}
  `;
  return page({ title: 'Unanswered', path: PAGE, visitor, body });
}

const card = (visitor: Visitor, { id, words, times, at, callSid, test }: OpenQuestion, timeZone: string): Html => html`
  <section>
    <h2 class="words">${maskPhones(words)}${test && html` <span class="tag">Test</span>`}</h2>
    <p>
      ${times > 1 && html`Asked ${times} times. `}${timeWords(at, timeZone)} ·
      <a href="/calls/${callSid}">The call</a>
    </p>
    <form method="post" action="${PAGE}/${id}/answer">
      ${csrfField(visitor)}
      <details>
        <summary>Word the question differently</summary>
        ${field({ name: 'question', id: `question-${id}`, label: 'Question', value: maskPhones(words) })}
      </details>
      ${field({ name: 'answer', id: `answer-${id}`, label: 'Answer', type: 'textarea', rows: 2 })}
      <p class="buttons">
        <button>Keep the answer</button>
        <button class="quiet" formaction="${PAGE}/${id}/dismiss">No answer needed</button>
      </p>
    </form>
  </section>
`;
