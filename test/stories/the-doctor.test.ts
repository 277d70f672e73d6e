import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { status } from '@grpc/grpc-js';
import { sign, startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { startState } from '../support/twilio-rest-state';
import { startTwilioRestStub, type TwilioRestStub } from '../support/twilio-rest-stub';

interface Found {
  name: string;
  state: string;
  detail: string;
}

interface Installation {
  frontdesk: Running;
  twilio: TwilioRestStub;
}

const post = ({ url }: Running, path: string, body: Record<string, string>) =>
  fetch(url + path, { method: 'POST', body: new URLSearchParams(body) });

/** Everything there is, as an owner sets it up: the number pointed here, a true webhook come. */
async function install(env: Record<string, string> = {}): Promise<Installation> {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  const { sid, authToken } = twilio.state.account;
  twilio.state.account.balance = '20.00';
  const phoneNumber = twilio.state.numbers[0]?.phone_number ?? '';
  const frontdesk = await startFrontdesk({
    signed: false,
    groq: true,
    voice: true,
    env: {
      TWILIO_API_BASE_URL: twilio.url,
      TWILIO_ACCOUNT_SID: sid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_PHONE_NUMBER: phoneNumber,
      ...env,
    },
  });
  expect((await post(frontdesk, '/credentials/public-address', { public_base_url: frontdesk.url })).status).toBe(200);
  expect((await post(frontdesk, '/api/number/provision', {})).status).toBe(200);
  expect(await webhook(frontdesk, frontdesk.url, authToken)).toBe(200);
  return { frontdesk, twilio };
}

/** A webhook signed for an address, as it arrives from a proxy. */
async function webhook(
  { url }: Running,
  base: string,
  by: string | { token: string; account: string },
): Promise<number> {
  const { token, account } = typeof by === 'string' ? { token: by, account: startState().account.sid } : by;
  const path = '/api/voice/incoming';
  const form = { CallSid: 'CA1', From: '+12025550101', AccountSid: account };
  const headers = { 'x-twilio-signature': sign(base + path, form, token), 'x-forwarded-for': '203.0.113.7' };
  return (await fetch(url + path, { method: 'POST', headers, body: new URLSearchParams(form) })).status;
}

async function examine({ url }: Running): Promise<Found[]> {
  const { links } = (await (await fetch(`${url}/api/doctor`)).json()) as { links: Found[] };
  return links;
}

const named = (links: Found[], state: string) => links.filter((link) => link.state === state).map(({ name }) => name);

test('a whole installation is green', async () => {
  const { frontdesk } = await install();
  const links = await examine(frontdesk);
  expect(named(links, 'wrong')).toEqual([]);
  expect(named(links, 'unknown')).toEqual([]);
  expect(named(links, 'missing')).toEqual(['Certificate']); // plain http, on this machine
  const page = await (await fetch(`${frontdesk.url}/doctor`, { headers: { accept: 'text/html' } })).text();
  expect(page).toContain('Nothing is wrong');
});

test.each<[string, (installation: Installation) => unknown, string]>([
  [
    'another auth token at Twilio',
    ({ twilio }) => (twilio.state.account.authToken = 'f'.repeat(32)),
    'Twilio credentials',
  ],
  ['a suspended account', ({ twilio }) => (twilio.state.account.status = 'suspended'), 'Twilio credentials'],
  ['a number that was given away', ({ twilio }) => (twilio.state.numbers = []), 'Number'],
  [
    'a voice URL that was changed',
    ({ twilio }) => Object.assign(twilio.state.numbers[0] ?? {}, { voice_url: 'https://example.com' }),
    'Webhook addresses',
  ],
  [
    'a method that was changed',
    ({ twilio }) => Object.assign(twilio.state.numbers[0] ?? {}, { voice_method: 'GET' }),
    'Webhook addresses',
  ],
  [
    'a fallback that was taken off',
    ({ twilio }) => Object.assign(twilio.state.numbers[0] ?? {}, { voice_fallback_url: '' }),
    'Answer outside Frontdesk',
  ],
  ['an empty account', ({ twilio }) => (twilio.state.account.balance = '0.12'), 'Twilio account'],
  [
    'a voice that is gone',
    ({ frontdesk }) => (frontdesk.voice.voices = { names: ['xx'], refuse: status.INVALID_ARGUMENT }),
    'Google voice',
  ],
])('%s: exactly that link is named', async (_, breakIt, link) => {
  const installation = await install();
  breakIt(installation);
  expect(named(await examine(installation.frontdesk), 'wrong')).toEqual([link]);
});

test.each([
  ['a model that is gone', { GROQ_FALLBACK_MODEL: 'openai/gone' }, 'Groq, openai/gone'],
  ['no ffmpeg', { FFMPEG_PATH: '/nowhere/ffmpeg' }, 'ffmpeg'],
])('%s: exactly that link is named', async (_, env, link) => {
  const { frontdesk } = await install(env);
  expect(named(await examine(frontdesk), 'wrong')).toEqual([link]);
});

/** Another server in the place of the public address. */
async function impostor(answer: (path: string) => Buffer | string | undefined, behind: string): Promise<string> {
  const server = createServer((request, response) => {
    const own = answer(request.url ?? '');
    if (own !== undefined) return void response.end(own);
    void fetch(behind + (request.url ?? '')).then(async (passed) =>
      response.end(Buffer.from(await passed.arrayBuffer())),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each<[string, (path: string) => string | undefined, string]>([
  ['somebody else answers', () => '{"status":"ok"}', 'Public address'],
  ['a proxy spoils the audio', (path) => (path.includes('/audio/') ? 'RIFF spoilt' : undefined), 'Our own audio'],
])('the public address: %s', async (_, answer, link) => {
  const { frontdesk } = await install();
  const address = await impostor(answer, frontdesk.url);
  await post(frontdesk, '/credentials/public-address', { public_base_url: address });
  await post(frontdesk, '/api/number/provision', {});
  expect(named(await examine(frontdesk), 'wrong')).toEqual([link]);
});

test('a refused webhook says for which address it was signed', async () => {
  const { frontdesk, twilio } = await install();
  const { host } = new URL(frontdesk.url);
  const { authToken } = twilio.state.account;
  expect(await webhook(frontdesk, `https://${host}`, authToken)).toBe(403);
  const [link] = (await examine(frontdesk)).filter(({ state }) => state === 'wrong');
  expect(link).toMatchObject({ name: "Twilio's webhooks" });
  expect(link?.detail).toContain(`signed for https://${host}`);
  expect(await webhook(frontdesk, frontdesk.url, authToken)).toBe(200);
  expect(named(await examine(frontdesk), 'wrong')).toEqual([]);
  expect(await webhook(frontdesk, frontdesk.url, { token: 'e'.repeat(32), account: `AC${'9'.repeat(32)}` })).toBe(403);
  expect(named(await examine(frontdesk), 'wrong')).toEqual([]);
  expect(await webhook(frontdesk, frontdesk.url, 'e'.repeat(32))).toBe(403);
  expect((await examine(frontdesk)).find(({ state }) => state === 'wrong')?.detail).toContain('fits no address');
});

test('a public address is tried when it is entered, and what is doubtful is said', async () => {
  const { frontdesk } = await install();
  const good = await post(frontdesk, '/credentials/public-address', { public_base_url: frontdesk.url });
  expect(await good.json()).toMatchObject({ success: true, message: expect.stringContaining('leads here') as string });
  const address = await impostor(() => '{"status":"ok"}', frontdesk.url);
  const doubtful = await post(frontdesk, '/credentials/public-address', { public_base_url: address });
  expect(await doubtful.json()).toMatchObject({
    success: true,
    warnings: [expect.stringContaining('it is not this Frontdesk'), expect.any(String)],
  });
});
