import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { source as axe } from 'axe-core';

/** Where screenshots are kept; nothing in it is committed. */
const ARTEFACTS = process.env['FRONTDESK_ARTEFACTS'] ?? 'artefacts';
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

/** Debian's Chromium, or undefined where there is none. */
function findBrowser(): string | undefined {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return given;
  const paths = PROGRAMS.map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim());
  return paths.find((path) => path !== '' && existsSync(path));
}

const executablePath = findBrowser();
if (executablePath === undefined) {
  const left = 'There is no Chromium on this machine: the browser stories are left out.';
  if (process.env['CI']) throw new Error(`${left} Install chromium, or set CHROMIUM_PATH.`);
  process.stdout.write(`${left}\n`);
}

jest.setTimeout(60_000);

/** A test in a browser; skipped where there is none. */
export const browserTest = executablePath === undefined ? test.skip : test;

let running: Browser | undefined;

/** How somebody looks at a page. */
export interface Look {
  width?: number;
  scheme?: 'light' | 'dark';
  script?: boolean;
}

/** A page in a browser profile of its own, and everything that went wrong on it. */
export interface Watched {
  page: Page;
  /** Script errors, console errors, dialogs and blocked content. */
  trouble: string[];
}

/** Opens a page that nobody has used before. */
export async function openPage({ width = 1280, scheme = 'light', script = true }: Look = {}): Promise<Watched> {
  running ??= await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
  });
  const context = await running.newContext({
    viewport: { width, height: 850 },
    colorScheme: scheme,
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) trouble.push(message.text());
  });
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, trouble };
}

afterAll(async () => {
  await running?.close();
  running = undefined;
});

/** Presses a button that leads to another page, or to this one anew, and waits for it. */
export async function submit(page: Page, button: string): Promise<void> {
  const arrived = page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.status() < 300);
  await page.getByRole('button', { name: button, exact: true }).click();
  await arrived;
  await page.waitForLoadState();
}

/** Keeps a picture of a page. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`), fullPage: true });
}

interface AxeResult {
  violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[];
}

/** What axe-core has against a page, a line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResult>(`${axe}; axe.run()`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${String(target)}: ${failureSummary ?? ''}`),
  );
}
