import type { Visitor } from '../door/visitor';
import { html, type Html } from '../look/html';
import { page } from '../look/layout';
import { GROUPS, schemaOf } from './document';
import type { Operation } from './operation';

/** The description of the API for people. */
export function docsPage(visitor: Visitor): Html {
  const body = html`
    <p>
      Scripts send <code>Authorization: Bearer</code> and a token, which is made on the page
      <a href="/access">Access</a>, and JSON. The same for programs: <a href="/api/openapi.json">openapi.json</a>.
    </p>
    <p>
      What cannot be done is answered with <code>success</code> false, and the reason in <code>error</code>,
      <code>field</code>, <code>code</code> and <code>remedy</code>.
    </p>
    ${GROUPS.map(
      ({ name, operations }) => html`
        <section>
          <h2>${name}</h2>
          ${operations.map(operation)}
        </section>
      `,
    )}
  `;
  return page({ title: 'The API', path: '/access', visitor, body });
}

const operation = ({ method, path, summary, query = [], body, answer, refusals = [] }: Operation): Html => html`
  <h3><code>${method.toUpperCase()} ${path}</code></h3>
  <p>${summary}</p>
  ${
    query.length > 0 &&
    html`<ul>
      ${query.map(({ name, about }) => html`<li><code>${name}</code>: ${about}</li>`)}
    </ul>`
  }
  ${body !== undefined && schema(`What is sent to ${path}`, body, 'input')}
  ${schema(`What ${method.toUpperCase()} ${path} answers`, answer, 'output')}
  ${refusals.length > 0 && html`<p class="hint">May refuse with ${refusals.join(', ')}.</p>`}
`;

const WORDS = {
  'a file': 'A form (multipart/form-data) with the recording as the file "greeting".',
  events: 'Server-sent events, until you hang up.',
  'a page': 'A page.',
} as const;

function schema(
  title: string,
  shape: Operation['answer'] | NonNullable<Operation['body']>,
  io: 'input' | 'output',
): Html {
  if (typeof shape === 'string') return html`<p class="hint">${title}: ${WORDS[shape]}</p>`;
  return html`<details>
    <summary>${title}</summary>
    <pre tabindex="0">${JSON.stringify(schemaOf(shape, io), null, 2)}</pre>
  </details>`;
}
