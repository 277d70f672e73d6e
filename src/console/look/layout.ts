import type { Visitor } from '../door/visitor';
import { csrfField } from './forms';
import { html, type Content, type Html } from './html';

/** The pages in the order of the menu. A new page gets a line here. */
const MENU: readonly { href: string; label: string }[] = [
  { href: '/', label: 'Checklist' },
  { href: '/calls', label: 'Calls' },
  { href: '/messages', label: 'Messages' },
  { href: '/unanswered', label: 'Unanswered' },
  { href: '/receptionist', label: 'Receptionist' },
  { href: '/notifications', label: 'Notifications' },
  { href: '/rules', label: 'Rules' },
  { href: '/number', label: 'Number' },
  { href: '/credentials', label: 'Credentials' },
  { href: '/try', label: 'Try it' },
  { href: '/doctor', label: 'Doctor' },
  { href: '/access', label: 'Access' },
];

/** What a page is made of. Without a visitor there is no menu. */
export interface PageParts {
  title: string;
  /** The page's own path, which the menu marks. */
  path?: string;
  visitor?: Visitor | undefined;
  body: Content;
  /** Scripts of this page alone. */
  scripts?: readonly string[];
  /** Stylesheets of this page alone. */
  styles?: readonly string[];
}

/** A whole page: head, menu, the body under its title, and the way out. */
export function page({ title, path, visitor, body, scripts = [], styles = [] }: PageParts): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${visitor && 'csrf' in visitor && html`<meta name="csrf-token" content="${visitor.csrf}" />`}
        <title>${title} · Frontdesk</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/console/style.css" />
        ${styles.map((address) => html`<link rel="stylesheet" href="${address}" />`)}
        <script src="/console/page.js" defer></script>
        ${scripts.map((address) => html`<script src="${address}" defer></script>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <div class="bar"><a class="brand" href="/">Frontdesk</a>${visitor && menu(visitor, path)}</div>
        </header>
        <main id="main" tabindex="-1">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;
}

const menu = (visitor: Visitor, path: string | undefined): Html => html`
  <nav aria-label="Pages">
    <ul>
      ${MENU.map(
        ({ href, label }) =>
          html`<li><a href="${href}" ${href === path && html`aria-current="page"`}>${label}</a></li>`,
      )}
    </ul>
  </nav>
  ${
    visitor.kind === 'session' &&
    html` <form method="post" action="/logout">${csrfField(visitor)}<button class="quiet">Sign out</button></form> `
  }
`;
