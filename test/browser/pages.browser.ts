import { startFrontdesk, whenDone } from '../support/frontdesk';
import { startTwilioRestStub } from '../support/twilio-rest-stub';
import { accessibilityProblems, browserTest, openPage, picture } from '../support/browser';

/** Every page behind the door. A new page gets a line here. */
const PAGES = [
  '/',
  '/credentials',
  '/number',
  '/receptionist',
  '/try',
  '/doctor',
  '/access',
  '/rules',
  '/api/docs',
  '/calls',
  '/messages',
  '/unanswered',
  '/notifications',
  '/call',
  '/forget',
];
const LOOKS = [
  { width: 390, scheme: 'light' },
  { width: 1280, scheme: 'light' },
  { width: 390, scheme: 'dark' },
  { width: 1280, scheme: 'dark' },
] as const;
const FIRST_PAGE_BYTES = 100_000;

/** A Frontdesk with an account, so that every page has something to show. */
async function start() {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  const { sid, authToken } = twilio.state.account;
  const env = {
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: sid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_PHONE_NUMBER: twilio.state.numbers[0]?.phone_number ?? '',
    PUBLIC_BASE_URL: 'https://phone.example.com',
  };
  return startFrontdesk({ signed: false, groq: true, voice: true, env });
}

const nameOf = (path: string) => path.slice(1).replace(/\?.*/, '') || 'home';

browserTest.each(LOOKS)(
  'at $width px, $scheme: no page has an error, spills over, or shuts anybody out',
  async (look) => {
    const { url } = await start();
    const { page, trouble } = await openPage(look);
    const problems: string[] = [];
    for (const path of [...PAGES, '/login', '/setup']) {
      await page.goto(url + path);
      await picture(page, `${nameOf(path)}-${look.width}-${look.scheme}`);
      problems.push(...(await accessibilityProblems(page)).map((problem) => `${path}: ${problem}`));
      const spill = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (spill > 0) problems.push(`${path}: spills over by ${spill} px`);
    }
    expect([...problems, ...trouble]).toEqual([]);
  },
  120_000,
);

browserTest(
  'the first page is light',
  async () => {
    const { url } = await start();
    const { page } = await openPage();
    const sizes: Promise<number>[] = [];
    page.on('response', (response) => sizes.push(response.body().then((body) => body.length + 500)));
    await page.goto(url, { waitUntil: 'networkidle' });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    process.stdout.write(`The first page and all it loads: ${total} bytes.\n`);
    expect(total).toBeLessThan(FIRST_PAGE_BYTES);
  },
  60_000,
);
