import { stubNumber, type StubNumber } from '../support/twilio-rest-state';
import { startTwilioRestStub, type TwilioRestStub } from '../support/twilio-rest-stub';
import { ownersCredentials, telephonyAt } from './kit';

let stub: TwilioRestStub;
beforeEach(async () => {
  stub = await startTwilioRestStub();
});
afterEach(() => stub.close());

const WANTED = {
  voiceUrl: 'https://phone.example.com/api/voice/incoming',
  statusCallback: 'https://phone.example.com/api/voice/status',
  fallbackUrl: 'https://frontdesk-fallback-4242-live.twil.io/answer',
};
const OVERRIDES = '#ct=2000&rt=6000&tt=9000&rc=1&rp=ct,5xx';

const point = (wanted: Partial<typeof WANTED> = {}) =>
  telephonyAt(stub).pointNumber(ownersCredentials(stub), { ...WANTED, ...wanted });
const look = () => telephonyAt(stub).numberState(ownersCredentials(stub), WANTED);
const updates = () => stub.requests.filter(({ method }) => method === 'POST');
const number = (): StubNumber => stub.state.numbers[0] ?? stubNumber('');

test('the owner sees what the number does today beside what it should do, and nothing is changed', async () => {
  expect(await look()).toEqual({
    ok: true,
    asWanted: false,
    settings: [
      {
        name: 'voice_url',
        today: 'https://demo.twilio.com/welcome/voice/',
        wanted: WANTED.voiceUrl + OVERRIDES,
        asWanted: false,
      },
      { name: 'voice_method', today: 'GET', wanted: 'POST', asWanted: false },
      { name: 'status_callback', today: '', wanted: WANTED.statusCallback, asWanted: false },
      { name: 'status_callback_method', today: 'POST', wanted: 'POST', asWanted: true },
      { name: 'voice_fallback_url', today: '', wanted: WANTED.fallbackUrl, asWanted: false },
      { name: 'voice_fallback_method', today: 'POST', wanted: 'POST', asWanted: true },
    ],
  });
  expect(updates()).toHaveLength(0);
});

test('one click points the number here, with the time limits that keep a caller from waiting for the fallback', async () => {
  expect(await point()).toMatchObject({ ok: true, changed: true, asWanted: true });
  expect(number()).toMatchObject({
    voice_url: WANTED.voiceUrl + OVERRIDES,
    voice_method: 'POST',
    status_callback: WANTED.statusCallback,
    status_callback_method: 'POST',
    voice_fallback_url: WANTED.fallbackUrl,
    voice_fallback_method: 'POST',
  });
  expect(await look()).toMatchObject({ asWanted: true });
});

test('a second click sends nothing', async () => {
  await point();
  expect(await point()).toMatchObject({ ok: true, changed: false, asWanted: true });
  expect(updates()).toHaveLength(1);
});

test('one setting that somebody changed is put right, and only that one is sent', async () => {
  await point();
  number().status_callback = 'https://elsewhere.example.com/';
  expect(await point()).toMatchObject({ changed: true, asWanted: true });
  expect(Object.fromEntries(updates()[1]?.form ?? [])).toEqual({ StatusCallback: WANTED.statusCallback });
});

test('an address without the time limits is not as wanted', async () => {
  await point();
  number().voice_url = WANTED.voiceUrl;
  expect(await look()).toMatchObject({ asWanted: false });
});

test('a fallback of the owner stays when none is named, and goes when it is to go', async () => {
  number().voice_fallback_url = 'https://elsewhere.example.com/fallback';
  number().voice_fallback_method = 'GET';
  const { fallbackUrl: _none, ...withoutFallback } = WANTED;
  const telephony = telephonyAt(stub);
  expect(await telephony.pointNumber(ownersCredentials(stub), withoutFallback)).toMatchObject({ asWanted: true });
  expect(number()).toMatchObject({
    voice_fallback_url: 'https://elsewhere.example.com/fallback',
    voice_fallback_method: 'GET',
  });
  expect(await point({ fallbackUrl: '' })).toMatchObject({ ok: true, changed: true });
  expect(number().voice_fallback_url).toBe('');
});

test.each([
  ['application', { voice_application_sid: 'AP00112233445566778899aabbccddeeff' }],
  ['trunk', { trunk_sid: 'TK00112233445566778899aabbccddeeff' }],
] as const)('a number bound to a %s is explained and left alone', async (kind, binding) => {
  stub.state.numbers = [stubNumber('+12025550100', binding)];
  const sid = Object.values(binding).join('');
  const explanation = expect.stringContaining(sid) as string;
  expect(await look()).toMatchObject({ ok: true, asWanted: false, boundTo: { kind, sid, explanation } });
  expect(await point()).toMatchObject({ ok: false, status: 400, code: 'number_bound', error: explanation });
  expect(updates()).toHaveLength(0);
});

test('a number that is no longer in the account is said, when looking and when pointing', async () => {
  stub.state.numbers = [stubNumber('+12025550150')];
  const gone = { ok: false, status: 400, field: 'phone_number', code: 'number_not_found' };
  expect(await look()).toMatchObject(gone);
  expect(await point()).toMatchObject(gone);
});

test('an update that Twilio answers but does not carry out is not called a success', async () => {
  stub.state.numbers = [new Proxy(stubNumber('+12025550100'), { set: () => true })];
  expect(await point()).toMatchObject({
    ok: false,
    code: 'number_not_updated',
    error: expect.stringContaining('voice_url') as string,
  });
});

test('a token that was replaced in the meantime is said', async () => {
  const credentials = ownersCredentials(stub);
  stub.state.account.authToken = 'e'.repeat(32);
  expect(await telephonyAt(stub).pointNumber(credentials, WANTED)).toMatchObject({ ok: false, code: 'wrong_token' });
});
