import type { Page } from 'playwright-core';
import { startFrontdesk, whenDone } from '../support/frontdesk';
import { startTwilioRestStub } from '../support/twilio-rest-stub';
import { browserTest, openPage, picture, submit } from '../support/browser';

const PASSWORD = 'a long enough pass phrase';
const SECOND_REPLY = 'We are open from nine to five, and you are welcome without an appointment.';

browserTest(
  'from an empty folder to a call that is heard, by clicking alone',
  async () => {
    const began = performance.now();
    const twilio = await startTwilioRestStub();
    whenDone(() => twilio.close());
    const { sid, authToken } = twilio.state.account;
    const frontdesk = await startFrontdesk({
      signed: false,
      groq: true,
      voice: true,
      env: { TWILIO_API_BASE_URL: twilio.url, GROQ_API_KEY: '' },
    });
    frontdesk.groq.reply(SECOND_REPLY);
    const { page, trouble } = await openPage();
    let step = 0;
    const show = (name: string) => picture(page, `story-${String((step += 1)).padStart(2, '0')}-${name}`);

    await page.goto(frontdesk.url + ((await frontdesk.app.setupLink()) ?? ''));
    await page.fill('#password', PASSWORD);
    await page.fill('#password_again', PASSWORD);
    await submit(page, 'Set the password');
    await show('checklist');

    await page.getByRole('link', { name: 'Credentials' }).click();
    await page.fill('#account_sid', sid);
    await page.fill('#auth_token', authToken);
    await page.fill('#phone_number', twilio.state.numbers[0]?.phone_number ?? '');
    await submit(page, 'Check with Twilio and save');
    await page.fill('#public_base_url', frontdesk.url);
    await submit(page, 'Save the address');
    await page.fill('#groq_key', 'gsk_entered_on_the_page');
    await submit(page, 'Try the Groq key and save');
    await show('credentials');

    await page.getByRole('link', { name: 'Number' }).click();
    await submit(page, 'Point the number here');
    await show('number');
    expect(await page.textContent('main')).toContain('Everything is as it should be');

    await page.getByRole('link', { name: 'Doctor' }).click();
    await show('doctor');
    expect(await page.textContent('main')).toContain('Nothing is wrong');

    await page.getByRole('link', { name: 'Try it' }).click();
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await heard(page, 1);
    await page.fill('#words', 'When are you open?');
    await page.getByRole('button', { name: 'Say it' }).click();
    await page.getByText(SECOND_REPLY).waitFor();
    await heard(page, 2);
    await show('call');
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('You hung up.').waitFor();

    expect(trouble).toEqual([]);
    const seconds = (performance.now() - began) / 1_000;
    process.stdout.write(`From nothing to a call that was heard: ${seconds.toFixed(1)} s.\n`);
    expect(seconds).toBeLessThan(120);
  },
  180_000,
);

/** Waits until so many clips have been played to their end. */
const heard = (page: Page, clips: number) =>
  page.locator(`body[data-clips-heard="${clips}"]`).waitFor({ state: 'attached', timeout: 60_000 });
