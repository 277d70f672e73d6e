import { startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { startTwilioRestStub, type TwilioRestStub } from '../support/twilio-rest-stub';

const PUBLIC = 'https://phone.example.com';
const BIN = `https://handler.twilio.com/twiml/EH${'a1'.repeat(16)}`;

async function start(env: Record<string, string> = {}) {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  const { sid, authToken } = twilio.state.account;
  const [number] = twilio.state.numbers;
  if (!number) throw new Error('The stub has no number.');
  const frontdesk = await startFrontdesk({
    signed: false,
    env: {
      TWILIO_API_BASE_URL: twilio.url,
      TWILIO_ACCOUNT_SID: sid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_PHONE_NUMBER: number.phone_number,
      PUBLIC_BASE_URL: PUBLIC,
      ...env,
    },
  });
  return { twilio, frontdesk, number };
}

const provision = async ({ url }: Running) => {
  const answer = await fetch(`${url}/api/number/provision`, { method: 'POST' });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const numberPage = async ({ url }: Running) =>
  (await fetch(`${url}/number`, { headers: { accept: 'text/html' } })).text();
const pointsHere = (twilio: TwilioRestStub) =>
  twilio.state.numbers[0]?.voice_url?.startsWith(`${PUBLIC}/api/voice/incoming#`);

test('one click points the number here, with limits on the wait, and a Function answers while Frontdesk is down', async () => {
  const { twilio, frontdesk, number } = await start();
  expect(await numberPage(frontdesk)).toContain('Point the number here');
  const { status, body } = await provision(frontdesk);
  expect([status, body]).toMatchObject([200, { success: true, changed: true, fallback: { way: 'function' } }]);
  expect(pointsHere(twilio)).toBe(true);
  expect(number).toMatchObject({
    voice_method: 'POST',
    status_callback: `${PUBLIC}/api/voice/status`,
    voice_fallback_url: (body['fallback'] as { url: string }).url,
  });
  const page = await numberPage(frontdesk);
  expect(page).toContain('Everything is as it should be');
  expect(page).toContain('A Twilio Function answers');
  expect((await provision(frontdesk)).body).toMatchObject({ success: true, changed: false });
});

test('where Twilio refuses a Function, a Studio flow answers', async () => {
  const { twilio, frontdesk, number } = await start();
  twilio.state.refuses.add('serverless');
  const { body } = await provision(frontdesk);
  expect(body).toMatchObject({ success: true, fallback: { way: 'studio' } });
  expect(number.voice_fallback_url).toContain(twilio.state.flows[0]?.sid);
});

test('where Twilio refuses both, the owner pastes a TwiML Bin', async () => {
  const { twilio, frontdesk, number } = await start();
  twilio.state.refuses.add('serverless').add('studio');
  expect((await provision(frontdesk)).body).toMatchObject({ success: true, fallback: { way: 'twiml-bin' } });
  expect(number.voice_fallback_url).toBe(`${PUBLIC}/api/voice/fallback`);
  expect(await numberPage(frontdesk)).toContain('&lt;Record');
  const enter = (url: string) =>
    fetch(`${frontdesk.url}/api/number/bin`, { method: 'POST', body: new URLSearchParams({ bin_url: url }) });
  const wrong = await enter('https://example.com/bin');
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { success: false, field: 'bin_url' }]);
  expect((await enter(BIN)).status).toBe(200);
  expect(number.voice_fallback_url).toBe(BIN);
});

test('a number that belongs to something else is explained and left alone', async () => {
  const { frontdesk, number } = await start();
  number.trunk_sid = `TK${'0'.repeat(32)}`;
  const before = { ...number };
  const { status, body } = await provision(frontdesk);
  expect([status, body]).toMatchObject([400, { success: false, code: 'number_bound' }]);
  expect(number).toEqual(before);
  const page = await numberPage(frontdesk);
  expect(page).toContain('SIP trunk');
  expect(page).not.toContain('Point the number here');
});

test('the answer outside follows the profile', async () => {
  const { twilio, frontdesk } = await start();
  await provision(frontdesk);
  const settings = `${frontdesk.url}/api/settings`;
  const { profile } = (await (await fetch(settings)).json()) as { profile: Record<string, unknown> };
  const headers = { 'content-type': 'application/json' };
  await fetch(settings, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ ...profile, businessName: 'Harbour Dentists' }),
  });
  for (let tries = 0; tries < 100; tries += 1) {
    if (JSON.stringify(twilio.state.service).includes('Harbour Dentists')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the fallback still has the old name');
}, 20_000);

test('disconnecting takes the fallback off the number and away', async () => {
  const { twilio, frontdesk, number } = await start();
  await provision(frontdesk);
  const answer = await fetch(`${frontdesk.url}/api/number/fallback`, { method: 'DELETE' });
  expect(await answer.json()).toMatchObject({ success: true, removed: ['Function'], not_removed: [] });
  expect([twilio.state.service, number.voice_fallback_url]).toEqual([undefined, '']);
  expect(pointsHere(twilio)).toBe(true);
});

test('forgetting the credentials removes the fallback too', async () => {
  const { twilio, frontdesk, number } = await start({ TWILIO_AUTH_TOKEN: '', TWILIO_ACCOUNT_SID: '' });
  const { sid, authToken } = twilio.state.account;
  const entered = { account_sid: sid, auth_token: authToken, phone_number: number.phone_number };
  const credentials = (method: string, body?: string) =>
    fetch(`${frontdesk.url}/api/twilio/credentials`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body } : {}),
    });
  expect((await credentials('POST', JSON.stringify(entered))).status).toBe(200);
  await provision(frontdesk);
  expect(twilio.state.service).toBeDefined();
  expect((await credentials('DELETE')).status).toBe(200);
  expect(twilio.state.service).toBeUndefined();
});

test.each([
  ['down', { kind: 'cut' as const }, 502],
  ['refusing the token', { kind: 'error' as const, status: 401, code: 20003 }, 400],
])('Twilio %s: the page says so, and nothing is done by halves', async (_, trouble, expected) => {
  const { twilio, frontdesk, number } = await start();
  const before = { ...number };
  twilio.state.trouble = trouble;
  const { status, body } = await provision(frontdesk);
  expect([status, body['success']]).toEqual([expected, false]);
  expect(body['remedy']).toBeTruthy();
  expect(number).toEqual(before);
  expect(await numberPage(frontdesk)).toContain('role="alert"');
});

test('without credentials the page leads to them', async () => {
  const frontdesk = await startFrontdesk({ signed: false });
  expect(await numberPage(frontdesk)).toContain('href="/credentials"');
  expect(await provision(frontdesk)).toMatchObject({ status: 400, body: { code: 'not_ready' } });
});
