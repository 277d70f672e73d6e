import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { browserTest, openPage, submit } from '../support/browser';
import { startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { startTwilioRestStub } from '../support/twilio-rest-stub';

const PASSWORD = 'a long enough pass phrase';
const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">x</a>`;

async function withPassword(frontdesk: Running) {
  const watched = await openPage();
  const { page } = watched;
  await page.goto(frontdesk.url + ((await frontdesk.app.setupLink()) ?? ''));
  await page.fill('#password', PASSWORD);
  await page.fill('#password_again', PASSWORD);
  await submit(page, 'Set the password');
  return watched;
}

browserTest('a session that was stolen is worth nothing after signing out', async () => {
  const frontdesk = await startFrontdesk({ signed: false });
  const { page } = await withPassword(frontdesk);
  const stolen = await page.context().cookies();
  await submit(page, 'Sign out');
  const thief = await openPage();
  await thief.page.context().addCookies(stolen);
  await thief.page.goto(`${frontdesk.url}/credentials`);
  expect(new URL(thief.page.url()).pathname).toBe('/login');
});

browserTest('guessing the password is slowed down, and the owner still gets in later', async () => {
  const frontdesk = await startFrontdesk({ signed: false });
  await withPassword(frontdesk);
  const { page } = await openPage();
  await page.goto(`${frontdesk.url}/login`);
  for (let tries = 0; tries < 12; tries += 1) {
    await page.fill('#password', `guess ${tries}`);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    await page.waitForLoadState();
    if (answer.status() === 429) break;
  }
  expect(await page.textContent('main')).toMatch(/too many wrong tries/i);
});

browserTest("another site's form changes nothing", async () => {
  const frontdesk = await startFrontdesk({ signed: false });
  const { page } = await withPassword(frontdesk);
  const form = `<form method="post" action="${frontdesk.url}/receptionist/undo"><button>Win a prize</button></form>`;
  const site = createServer((_request, response) => void response.setHeader('content-type', 'text/html').end(form));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  whenDone(() => new Promise((resolve) => site.close(resolve)));
  await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
  const answered = page.waitForResponse((response) => response.url().endsWith('/undo'));
  await page.getByRole('button').click();
  expect([303, 403]).toContain((await answered).status());
  expect(page.url()).not.toContain('said=');
});

browserTest(
  'what an owner or a caller writes is never run',
  async () => {
    const frontdesk = await startFrontdesk({ signed: false });
    const { page, trouble } = await openPage();
    for (const path of ['/credentials', '/receptionist', '/access', '/number']) {
      await page.goto(frontdesk.url + path);
      const fields = page.locator(
        'main input:not([type=file]):not([type=checkbox]):not([type=hidden]), main textarea:not([readonly])',
      );
      for (const field of await fields.all()) if (await field.isVisible()) await field.fill(HOSTILE);
      const button = page.locator('main form button').first();
      if ((await button.count()) > 0)
        await Promise.all([page.waitForLoadState(), button.click({ noWaitAfter: false })]);
    }
    await page.goto(`${frontdesk.url}/try`);
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.locator('#conversation li').first().waitFor();
    await page.waitForTimeout(300);
    await page.fill('#words', HOSTILE);
    await page.getByRole('button', { name: 'Say it' }).click();
    await page.locator('#conversation .caller').first().waitFor();
    expect(await page.locator('#conversation .caller').first().textContent()).toContain('<script>');
    expect(await page.locator('#conversation script, #conversation img').count()).toBe(0);
    expect(trouble).toEqual([]);
  },
  60_000,
);

browserTest.each([
  ['account_sid', 'AC123', 'AC'],
  ['auth_token', 'f'.repeat(32), 'token'],
  ['phone_number', '+12025550199', 'number'],
])('without scripts, a wrong %s is said on the page and nothing is stored', async (field, value, words) => {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  const frontdesk = await startFrontdesk({ signed: false, env: { TWILIO_API_BASE_URL: twilio.url } });
  const { sid, authToken } = twilio.state.account;
  const good = { account_sid: sid, auth_token: authToken, phone_number: twilio.state.numbers[0]?.phone_number ?? '' };
  const { page } = await openPage({ script: false, width: 390 });
  await page.goto(`${frontdesk.url}/credentials`);
  for (const [name, entered] of Object.entries({ ...good, [field]: value })) await page.fill(`#${name}`, entered);
  await submit(page, 'Check with Twilio and save');
  expect(await page.textContent(`#${field}-error`)).toContain(words);
  expect(await page.textContent('main')).toContain('Not set.');
  if (field === 'auth_token') expect(await page.content()).not.toContain(value);
});
