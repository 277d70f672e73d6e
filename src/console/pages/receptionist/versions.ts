import type { Visitor } from '../../door/visitor';
import { buttonForm } from '../../look/forms';
import { html, type Html } from '../../look/html';

/** Undo and export. */
export const versionsSection = (visitor: Visitor, canUndo: boolean): Html => html`
  <section>
    <h2>Earlier versions</h2>
    ${
      canUndo
        ? buttonForm(visitor, { action: '/receptionist/undo', label: 'Undo the last change' })
        : html`<p>There is nothing to undo.</p>`
    }
    <p>
      <a href="/api/settings/export" download>Export the profile</a> as a file that <code>PROFILE_FILE</code> can name.
    </p>
  </section>
`;
