import { Router, type Request, type Response } from 'express';
import type { Log } from '../../common/log';
import type { Profile } from '../../common/profile';
import { entered, sendPage } from '../answers';
import { visitorOf } from '../door/visitor';
import { problem } from '../look/forms';
import { html, type Content } from '../look/html';
import { page } from '../look/layout';
import { verdictBox, type Verdict, type Verdicts } from '../verdicts';
import { greetingRoutes, greetingSection, type GreetingDesk } from './receptionist/greeting';
import { receptionistForm } from './receptionist/form';
import { profileIn, valuesOf, type FieldProblem, type FormValues } from './receptionist/values';
import { versionsSection } from './receptionist/versions';

export const RECEPTIONIST_PAGE = '/receptionist';
const SAMPLE = 'Hello, how can I help you today?';

/** A profile that was kept, or everything that is wrong with it. */
export type SavedProfile = { ok: true; profile: Profile } | { ok: false; problems: readonly FieldProblem[] };

/** The profile and what belongs to it. */
export interface ReceptionistDesk {
  profile(): Profile;
  saveProfile(input: unknown): Promise<SavedProfile>;
  undoProfile(): Promise<Profile | undefined>;
  canUndoProfile(): boolean;
  /** The profile as the text of a file. */
  exportProfile(): string;
  greeting: GreetingDesk;
  /** Has a voice say something; gives the address of its audio. */
  sample(
    voice: string,
    text: string,
  ): Promise<{ ok: true; url: string } | { ok: false; error: string; remedy: string }>;
  /** Names of Google's voices for a language; none where Google cannot be asked. */
  voices(language: string): Promise<readonly string[]>;
}

/** What the page needs. */
export interface ReceptionistOptions {
  receptionist: ReceptionistDesk;
  verdicts: Verdicts;
  log: Log;
}

/** /receptionist: what the receptionist knows and how it speaks, with undo and export. */
export function receptionistRoutes({ receptionist, verdicts, log }: ReceptionistOptions): Router {
  const router = Router();
  router.get(RECEPTIONIST_PAGE, async (request, response) => {
    await show(response, receptionist, { verdict: verdicts.shownOn(request) });
  });
  router.post(RECEPTIONIST_PAGE, async (request, response) => {
    const values = enteredValues(request);
    const read = profileIn(values, receptionist.profile());
    const saved: SavedProfile =
      read.problems.length > 0 ? { ok: false, problems: read.problems } : await receptionist.saveProfile(read.input);
    log.info('profile_entered', { data: { kept: saved.ok } });
    if (!saved.ok) return show(response, receptionist, { values, problems: saved.problems });
    const verdict: Verdict = { ok: true, message: 'Saved. The next call is answered with it.' };
    verdicts.answer(request, response, { verdict, page: RECEPTIONIST_PAGE });
  });
  router.post(`${RECEPTIONIST_PAGE}/sample`, async (request, response) => {
    const values = enteredValues(request);
    const sample = await receptionist.sample(entered(request, 'voice').trim(), values['greeting']?.trim() || SAMPLE);
    await show(response, receptionist, { values, sample });
  });
  router.post(`${RECEPTIONIST_PAGE}/undo`, async (request, response) => {
    const before = await receptionist.undoProfile();
    const message = before ? 'The last change is undone.' : 'There is nothing to undo.';
    verdicts.answer(request, response, { verdict: { ok: true, message }, page: RECEPTIONIST_PAGE });
  });
  router.use(greetingRoutes({ greeting: receptionist.greeting, verdicts, log }));
  return router;
}

type Sample = Awaited<ReturnType<ReceptionistDesk['sample']>>;

/** What the page shows besides the profile: after a form that was not kept, what was entered. */
interface Showing {
  verdict?: Verdict | undefined;
  values?: FormValues;
  problems?: readonly FieldProblem[];
  sample?: Sample;
}

async function show(response: Response, receptionist: ReceptionistDesk, showing: Showing): Promise<void> {
  const { verdict, problems = [], sample } = showing;
  const visitor = visitorOf(response);
  const profile = receptionist.profile();
  const values = showing.values ?? valuesOf(profile);
  const voices = await receptionist.voices(profile.language);
  const body = html`${verdictBox(verdict)} ${problems.length > 0 && problemList(problems)}
  ${sample && sampleBox(sample)} ${receptionistForm({ visitor, values, problems, voices })}
  ${greetingSection(visitor, receptionist.greeting.current())}
  ${versionsSection(visitor, receptionist.canUndoProfile())}`;
  const status = problems.length > 0 ? 422 : 200;
  sendPage(response, page({ title: 'Receptionist', path: RECEPTIONIST_PAGE, visitor, body }), status);
}

const problemList = (problems: readonly FieldProblem[]): Content =>
  problem({
    error: 'Nothing is saved yet.',
    remedy: html`Mend what is marked and save again:
    ${problems
      .slice(0, 10)
      .map(({ field, problem: words }) => html`<br /><a href="#${fieldOf(field)}">${field}</a> ${words}`)}`,
  });

/** The field of the form that a place in the profile belongs to. */
const fieldOf = (place: string) => (place.startsWith('questions[') ? place : place.replace(/\[.*$/, ''));

const sampleBox = (sample: Sample): Content =>
  sample.ok
    ? html`<div class="notice">
        <p>This is the voice. What you entered below is not saved yet.</p>
        <audio controls autoplay src="${sample.url}"></audio>
      </div>`
    : problem(sample);

function enteredValues(request: Request): FormValues {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'csrf' ? [[name, value]] : [],
    ),
  );
}
