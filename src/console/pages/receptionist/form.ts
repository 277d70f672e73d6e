import type { Visitor } from '../../door/visitor';
import { csrfField, field, type FieldParts } from '../../look/forms';
import { html, type Content, type Html } from '../../look/html';
import { emptyRows, questionRows, WEEKDAYS, type FieldProblem, type FormValues } from './values';

/** What the form shows. `voices` are names to choose from. */
export interface FormParts {
  visitor: Visitor;
  values: FormValues;
  problems: readonly FieldProblem[];
  voices: readonly string[];
}

/** Makes a field of the form by its place in the profile. */
type MakeField = (name: string, label: string, more?: Partial<FieldParts>) => Html;

/** The whole profile as one form, in sections. */
export function receptionistForm(parts: FormParts): Html {
  const { visitor, values, problems, voices } = parts;
  const make: MakeField = (name, label, more = {}) =>
    field({ name, label, value: values[name] ?? '', error: problemWith(name, problems), ...more });
  return html`
    <form method="post" action="/receptionist" class="long">
      ${csrfField(visitor)} ${business(make)} ${hours(make, values)} ${knowledge(make, parts)} ${manners(make, voices)}
      ${messages(make, parts.values)}
      <div class="save"><button>Save</button> <span>Used by the next call.</span></div>
    </form>
  `;
}

/** The problem of a field, or of something within it. */
const problemWith = (name: string, problems: readonly FieldProblem[]): string | undefined =>
  problems.find(({ field: at }) => at === name || at.startsWith(`${name}[`) || at.startsWith(`${name}.`))?.problem;

const section = (title: string, ...content: readonly Content[]): Html => html`
  <section>
    <h2>${title}</h2>
    ${content}
  </section>
`;

const business = (make: MakeField): Html =>
  section(
    'The business',
    make('businessName', 'Name', { required: true, hint: 'As it is said on the telephone.' }),
    make('greeting', 'Greeting', {
      type: 'textarea',
      rows: 3,
      hint: 'The first thing callers hear. Left empty, it names the business and says that an assistant answers.',
    }),
    make('timeZone', 'Time zone', { hint: 'Like America/New_York.', list: timeZones }),
    make('language', 'Language', { hint: 'Like en-US.' }),
    make('country', 'Country', { hint: 'Two letters, like US: how telephone numbers are read.' }),
  );

const timeZones = Intl.supportedValuesOf('timeZone');

const hours = (make: MakeField, values: FormValues): Html =>
  section(
    'Opening hours',
    html`<label class="check">
      <input type="checkbox" name="hours.stated" value="yes" ${values['hours.stated'] && html`checked`} />
      Tell callers the opening hours
    </label>`,
    html`<p class="hint">Like 9:00 – 12:30, 13:30 – 18:00. A day that is left empty is closed.</p>`,
    html`<div class="days">${WEEKDAYS.map((day) => make(`hours.${day}`, capital(day)))}</div>`,
    make('holidays', 'Holidays', {
      type: 'textarea',
      hint: 'One a line: the date, hours if it is open for some, and its name. 2026-12-24 9:00 – 12:00 Christmas Eve',
    }),
  );

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const knowledge = (make: MakeField, parts: FormParts): Html =>
  section(
    'What it knows',
    make('facts', 'Facts', {
      type: 'textarea',
      rows: 10,
      hint: 'One a line, as it would be said: where you are, what you do, what things cost.',
    }),
    html`<h3>Questions and answers</h3>
      <p class="hint">A row that is emptied is removed.</p>`,
    [...questionRows(parts.values), ...emptyRows(parts.values)].map((row) => questionRow(make, parts, row)),
    make('instructions', 'Instructions', {
      type: 'textarea',
      hint: 'Anything else it should heed, in your own words.',
    }),
    make('hints', 'Words to listen for', {
      type: 'textarea',
      rows: 3,
      hint: 'One a line: names and products that speech recognition would not expect.',
    }),
  );

/** Folded, but for rows that are empty or wrong. */
function questionRow(make: MakeField, { values, problems }: FormParts, row: string): Html {
  const question = values[`${row}.question`]?.trim();
  const open = !question || problems.some(({ field: at }) => at.startsWith(`${row}.`));
  return html`
    <details class="question" ${open && html`open`}>
      <summary>${question || 'Another question'}</summary>
      ${make(`${row}.question`, 'Question')}
      ${make(`${row}.also`, 'Other ways to ask it', { type: 'textarea', rows: 2, hint: 'One a line.' })}
      ${make(`${row}.answer`, 'Answer', { type: 'textarea', rows: 2 })}
    </details>
  `;
}

const manners = (make: MakeField, voices: readonly string[]): Html =>
  section(
    'How it speaks',
    make('tone', 'Tone', { hint: 'Like: warm and brief, a little old-fashioned.' }),
    make('voice', 'Voice', {
      hint: 'A voice of Google, like en-US-Neural2-F. Left empty, a good one is chosen.',
      list: voices,
    }),
    html`<div class="sample">
      <button class="quiet" name="deed" value="sample" formaction="/receptionist/sample">Hear this voice</button>
    </div>`,
    make('sayVoice', 'Voice when Google is not there', {
      hint: 'A voice of Twilio, like Google.en-US-Neural2-F or Polly.Joanna-Neural. Left empty, it is the same one.',
    }),
    make('phrases.holding', 'While it thinks', { type: 'textarea', rows: 3, hint: 'One a line; they take turns.' }),
    make('phrases.reprompts', 'When nobody speaks', { type: 'textarea', rows: 2, hint: 'One a line, in this order.' }),
    make('phrases.notUnderstood', 'When it did not understand'),
    make('phrases.goodbye', 'Goodbye'),
  );

const messages = (make: MakeField, values: FormValues): Html =>
  section(
    'Messages and people',
    make('fields', 'What to find out about every call', {
      type: 'textarea',
      rows: 4,
      hint: 'One a line, like: name. Numbers and addresses say so: callback number (phone), e-mail (email).',
    }),
    make('messages.ask', 'What else to ask when it takes a message', {
      type: 'textarea',
      rows: 3,
      hint: 'One question a line, five at most. Name, number and reason are asked anyway.',
    }),
    make('transfer.number', 'Number of a person', {
      type: 'tel',
      hint: 'Rung when a caller asks for a person, presses 0, or says one of the words below. Only whoever presses 1 gets the call.',
    }),
    make('transfer.when', 'When else to put callers through', { hint: 'Like: urgent repairs.' }),
    make('transfer.keywords', 'Words that put callers through', {
      type: 'textarea',
      rows: 2,
      hint: 'One a line, like: burst pipe.',
    }),
    html`<label class="check">
      <input
        type="checkbox"
        name="transfer.outsideHours"
        value="yes"
        ${values['transfer.outsideHours'] && html`checked`}
      />
      Ring that person outside opening hours too
    </label>`,
  );
