import { html, type Html } from './html';

/** The numbers of a picture as a table behind a word, for whoever wants or needs them so. */
export const numbers = (
  title: string,
  { head, rows }: { head: readonly string[]; rows: readonly (readonly (string | number)[])[] },
): Html => html`
  <details class="numbers">
    <summary>${title}: the numbers</summary>
    <table>
      <thead>
        <tr>
          ${head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...rest]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${rest.map((value) => html`<td>${value}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </details>
`;
