import type { Visitor } from '../door/visitor';
import { html, type Content, type Html } from './html';

/** A labelled input. `name` is its id as well, unless the page has several of the name. */
export interface FieldParts {
  name: string;
  id?: string;
  label: string;
  hint?: Content;
  type?: 'text' | 'password' | 'url' | 'tel' | 'textarea';
  value?: string | undefined;
  /** What is wrong with what was entered, as a sentence. */
  error?: string | undefined;
  autocomplete?: string;
  /** Lines of a textarea; 6 unless told. */
  rows?: number;
  /** Values to choose from; others may be entered too. */
  list?: readonly string[];
  required?: boolean;
}

/** A field with its label, hint and error; both are read out with it. */
export function field(parts: FieldParts): Html {
  const { name, id = name, label, hint, error } = parts;
  return html`
    <div class="field">
      <label for="${id}">${label}</label>
      ${hint !== undefined && html`<p class="hint" id="${id}-hint">${hint}</p>`}
      ${error !== undefined && html`<p class="error" id="${id}-error">${error}</p>`} ${input(parts)} ${choices(parts)}
    </div>
  `;
}

const choices = ({ name, id = name, list = [] }: FieldParts): Content =>
  list.length > 0 &&
  html`<datalist id="${id}-list">${list.map((value) => html`<option value="${value}"></option>`)}</datalist>`;

function input(parts: FieldParts): Html {
  const {
    name,
    id = name,
    type = 'text',
    value = '',
    hint,
    error,
    autocomplete = 'off',
    required,
    rows = 6,
    list = [],
  } = parts;
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean);
  const attributes = html`id="${id}" name="${name}" autocomplete="${autocomplete}" autocapitalize="none"
  spellcheck="false" ${required && html`required`} ${error !== undefined && html`aria-invalid="true"`}
  ${list.length > 0 && html`list="${id}-list"`}
  ${described.length > 0 && html`aria-describedby="${described.join(' ')}"`}`;
  if (type === 'textarea') return html`<textarea rows="${rows}" ${attributes}>${value}</textarea>`;
  return html`<input type="${type}" ${attributes} value="${value}" />`;
}

/** The hidden field that proves a form came from our own page. A token has none: nothing sends it by itself. */
export const csrfField = (visitor: Visitor): Html =>
  html`${'csrf' in visitor && html`<input type="hidden" name="csrf" value="${visitor.csrf}" />`}`;

/** A form of one button, for a deed without fields. */
export const buttonForm = (
  visitor: Visitor,
  { action, label, strong = false }: { action: string; label: string; strong?: boolean },
): Html => html`
  <form method="post" action="${action}">
    ${csrfField(visitor)}<button class="${strong ? 'strong' : 'quiet'}">${label}</button>
  </form>
`;

/** Good news, read out when the page opens. */
export const notice = (words: Content): Html => html`<div class="notice" role="status">${words}</div>`;

/** What went wrong and what to do, focused when the page opens; links to the field in question. */
export const problem = (parts: { error: string; remedy?: Content; field?: string | undefined }): Html => html`
  <div class="problem" role="alert" tabindex="-1" autofocus>
    <p>
      ${parts.field === undefined ? html`<strong>${parts.error}</strong>` : html`<a href="#${parts.field}">${parts.error}</a>`}
    </p>
    ${parts.remedy !== undefined && html`<p>${parts.remedy}</p>`}
  </div>
`;
