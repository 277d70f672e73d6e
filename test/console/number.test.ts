import { CREDENTIALS, startConsole } from './kit';
import { noNumber } from './unasked';

const settings = [{ name: 'voice_url', today: '', wanted: 'https://phone.example.com/x', asWanted: false }];
const number = { ok: true as const, settings, asWanted: false };
const account = {
  ok: true as const,
  trial: true,
  balance: { amount: '12.34', currency: 'USD' },
  limits: ['No <b>1</b>'],
};
const slow = { ok: false as const, status: 504, code: 'twilio_slow', error: 'Too <i>slow</i>.', remedy: 'Wait.' };

test('the page names what is missing, and only that', async () => {
  const running = await startConsole();
  const owner = running.ownersBrowser();
  const both = (await owner.open('/number')).text;
  expect(both).toContain('your Twilio account and the number');
  expect(both).toContain('the public address under which');
  const { account_sid: accountSid, auth_token: authToken, phone_number: phoneNumber } = CREDENTIALS;
  await running.settings.saveTwilio({ accountSid, authToken, phoneNumber });
  const addressAlone = (await owner.open('/number')).text;
  expect(addressAlone).not.toContain('your Twilio account and the number');
  expect(addressAlone).toContain('the public address under which');
  expect(addressAlone).toContain(`**61*${phoneNumber}**20#`);
});

test('a trial account is named, with its balance and its limits', async () => {
  const today = () => Promise.resolve({ number, account, fallback: undefined });
  const running = await startConsole({ number: { ...noNumber, today } });
  const page = (await running.ownersBrowser().open('/number')).text;
  expect(page).toContain('A trial account');
  expect(page).toContain('12.34 USD');
  expect(page).toContain('No &lt;b&gt;1&lt;/b&gt;');
});

test('the button works as a form, and what Twilio said is told on the page it leads back to', async () => {
  const today = () => Promise.resolve({ number, account, fallback: undefined });
  const running = await startConsole({ number: { ...noNumber, today, point: () => Promise.resolve(slow) } });
  const owner = running.ownersBrowser();
  await owner.open('/number');
  const answer = await owner.submit('/number/point');
  expect([answer.status, answer.headers['location']]).toEqual([303, expect.stringMatching(/^\/number/)]);
  expect((await owner.open(answer.headers['location'] ?? '')).text).toContain('Too &lt;i&gt;slow&lt;/i&gt;.');
});

test('without the hidden field of the form nothing is done', async () => {
  let asked = 0;
  const done = () => Promise.resolve({ ok: true as const, removed: [], notRemoved: [], asked: (asked += 1) });
  const running = await startConsole({ number: { ...noNumber, disconnect: done } });
  const owner = await running.ownerSignsUp();
  await owner.open('/number');
  expect((await owner.submit('/number/disconnect', { csrf: 'forged' })).status).toBe(403);
  expect(asked).toBe(0);
  await owner.open('/number');
  expect((await owner.submit('/number/disconnect')).status).toBe(303);
  expect(asked).toBe(1);
});
