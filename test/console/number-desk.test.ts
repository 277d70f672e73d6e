import { startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { startTwilioRestStub } from '../support/twilio-rest-stub';

const PUBLIC = 'https://phone.example.com';
/** Twilio is given eight seconds before the owner is told that it is slow. */
jest.setTimeout(40_000);

async function start(address = PUBLIC) {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  const [number] = twilio.state.numbers;
  if (!number) throw new Error('The stub has no number.');
  const env = { TWILIO_API_BASE_URL: twilio.url, PUBLIC_BASE_URL: address };
  const frontdesk = await startFrontdesk({ signed: false, env });
  const { sid, authToken } = twilio.state.account;
  const entered = { account_sid: sid, auth_token: authToken, phone_number: number.phone_number };
  expect((await call(frontdesk, 'POST /api/twilio/credentials', entered)).status).toBe(200);
  return { twilio, frontdesk, number, entered };
}

async function call({ url }: Running, line: string, body?: object) {
  const [method = '', path = ''] = line.split(' ');
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`${url}${path}`, { method, ...(body ? json : {}) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const provision = (frontdesk: Running) => call(frontdesk, 'POST /api/number/provision');
const disconnect = (frontdesk: Running) => call(frontdesk, 'DELETE /api/number/fallback');
const numberPage = async ({ url }: Running) =>
  (await fetch(`${url}/number`, { headers: { accept: 'text/html' } })).text();
const renamed = async (frontdesk: Running, businessName: string) => {
  const { body } = await call(frontdesk, 'GET /api/settings');
  return call(frontdesk, 'PUT /api/settings', { ...(body['profile'] as object), businessName });
};

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a changed profile that does not reach Twilio is told on the number page', async () => {
  const { twilio, frontdesk } = await start();
  await provision(frontdesk);
  await renamed(frontdesk, 'Juniper Lane Opticians');
  twilio.state.trouble = { kind: 'error', status: 500 };
  await until(() => frontdesk.events.some(({ eventType }) => eventType === 'fallback_behind'));
  twilio.state.trouble = undefined;
  await until(async () => (await numberPage(frontdesk)).includes('does not follow the profile'));
});

test('nothing is made at Twilio for a number that cannot be pointed', async () => {
  const { twilio, frontdesk, number } = await start();
  number.voice_application_sid = `AP${'0'.repeat(32)}`;
  expect((await provision(frontdesk)).body).toMatchObject({ success: false, code: 'number_bound' });
  expect(twilio.state.service).toBeUndefined();
});

test('a slow Twilio is told within the same eight seconds by the page, the question and the click', async () => {
  const { twilio, frontdesk } = await start();
  twilio.state.trouble = { kind: 'hang' };
  const [page, asked, clicked] = await Promise.all([
    numberPage(frontdesk),
    call(frontdesk, 'GET /api/number'),
    provision(frontdesk),
  ]);
  expect(page).toContain('Twilio did not answer in time');
  expect([asked, clicked]).toMatchObject([
    { status: 504, body: { code: 'twilio_slow' } },
    { status: 504, body: { code: 'twilio_slow' } },
  ]);
});

test('disconnecting takes the fallback off a number even after the public address was forgotten', async () => {
  const { twilio, frontdesk, number } = await start();
  await provision(frontdesk);
  number.voice_url = 'https://old-tunnel.example.com/api/voice/incoming#ct=2000&rt=6000&tt=9000&rc=1&rp=ct,5xx';
  const before = { ...number };
  expect((await disconnect(frontdesk)).body).toMatchObject({ success: true, removed: ['Function'] });
  expect(twilio.state.service).toBeUndefined();
  expect(number).toEqual({ ...before, voice_fallback_url: '' });
});

test('disconnecting never takes back a number that now sends its calls elsewhere', async () => {
  const { twilio, frontdesk, number } = await start();
  await provision(frontdesk);
  number.voice_url = 'https://other.example.com/calls';
  const before = { ...number };
  const { status, body } = await disconnect(frontdesk);
  expect([status, body]).toMatchObject([400, { success: false, code: 'number_elsewhere' }]);
  expect([number, twilio.state.service === undefined]).toEqual([before, false]);
  number.voice_fallback_url = '';
  expect((await disconnect(frontdesk)).body).toMatchObject({ success: true, removed: ['Function'] });
  expect(number.voice_url).toBe(before.voice_url);
});

test('a fallback of the account before is not shown as this one', async () => {
  const { twilio, frontdesk, entered } = await start();
  await provision(frontdesk);
  twilio.state.account.sid = `AC${'f'.repeat(32)}`;
  twilio.state.service = undefined;
  const next = { ...entered, account_sid: twilio.state.account.sid };
  expect((await call(frontdesk, 'POST /api/twilio/credentials', next)).status).toBe(200);
  expect(await numberPage(frontdesk)).toContain('Nothing outside Frontdesk answers yet');
  expect((await provision(frontdesk)).body).toMatchObject({ success: true, fallback: { way: 'function' } });
  expect(twilio.state.service).toBeDefined();
});

test('a pasted TwiML Bin is taken off the number, and its owner is told that it stays at Twilio', async () => {
  const { twilio, frontdesk, number } = await start();
  twilio.state.refuses.add('serverless').add('studio');
  await provision(frontdesk);
  const bin = `https://handler.twilio.com/twiml/EH${'a1'.repeat(16)}`;
  expect((await call(frontdesk, 'POST /api/number/bin', { bin_url: bin })).status).toBe(200);
  twilio.state.refuses.clear();
  const { body } = await disconnect(frontdesk);
  expect([body['removed'], number.voice_fallback_url]).toEqual([[], '']);
  expect(body['not_removed']).toEqual([expect.stringContaining('TwiML Bin')]);
});

test('an address without https is told on the page', async () => {
  const { frontdesk } = await start('http://phone.example.com');
  expect(await numberPage(frontdesk)).toContain('travel unprotected');
  const safe = await start();
  expect(await numberPage(safe.frontdesk)).not.toContain('travel unprotected');
});
