import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';
import { createApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { sign, startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { startTwilioRestStub } from '../support/twilio-rest-stub';

const start = async () => {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  const frontdesk = await startFrontdesk({ signed: false, env: { TWILIO_API_BASE_URL: twilio.url } });
  const { sid, authToken } = twilio.state.account;
  const good = {
    account_sid: sid,
    auth_token: authToken,
    phone_number: twilio.state.numbers[0]?.phone_number ?? '',
  };
  return { twilio, frontdesk, good };
};

const enter = (frontdesk: Running, credentials: Record<string, string>) =>
  fetch(`${frontdesk.url}/api/twilio/credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });

async function incoming(frontdesk: Running, token: string): Promise<number> {
  const url = `${frontdesk.url}/api/voice/incoming`;
  const form = { CallSid: 'CA1', From: '+12025550101' };
  const headers = { 'x-twilio-signature': sign(url, form, token), 'x-forwarded-for': '203.0.113.7' };
  return (await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) })).status;
}

test('good credentials are stored, and the next webhook is verified with them, also after a restart', async () => {
  const { frontdesk, good } = await start();
  expect(await incoming(frontdesk, good.auth_token)).toBe(403);
  const answer = await enter(frontdesk, good);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ success: true, configured: true, source: 'page' });
  expect(await incoming(frontdesk, good.auth_token)).toBe(200);
  expect(await incoming(frontdesk, 'e'.repeat(32))).toBe(403);

  await frontdesk.app.close();
  const again = createApp(readConfig({ DATA_DIR: join(frontdesk.directory, 'data') }));
  whenDone(() => again.close());
  const kept = await request(again).get('/api/twilio/credentials');
  expect(kept.body).toMatchObject({ configured: true, source: 'page', phone_number: good.phone_number });
  const files = await readdir(join(frontdesk.directory, 'data'));
  for (const file of files) {
    expect(await readFile(join(frontdesk.directory, 'data', file), 'latin1')).not.toContain(good.auth_token);
  }
});

test('a rotated auth token drops no call', async () => {
  const { twilio, frontdesk, good } = await start();
  await enter(frontdesk, good);
  twilio.state.account.authToken = 'b'.repeat(32);
  expect((await enter(frontdesk, { ...good, auth_token: 'b'.repeat(32) })).status).toBe(200);
  expect(await incoming(frontdesk, 'b'.repeat(32))).toBe(200);
  expect(await incoming(frontdesk, good.auth_token)).toBe(200);
});

type Started = Awaited<ReturnType<typeof start>>;
/** `what` is the field and the code of the answer. */
type Refusal = [kind: string, arrange: (started: Started) => Record<string, string>, status: number, what: string];

const refusals: Refusal[] = [
  ['a bad SID', () => ({ account_sid: 'AC123' }), 400, 'account_sid format'],
  ['a short token', () => ({ auth_token: 'abc' }), 400, 'auth_token format'],
  ['a malformed number', () => ({ phone_number: '202 555' }), 400, 'phone_number format'],
  ['a wrong token', () => ({ auth_token: 'f'.repeat(32) }), 400, 'auth_token wrong_token'],
  ["another account's number", () => ({ phone_number: '+12025550199' }), 400, 'phone_number number_not_found'],
  [
    'a suspended account',
    ({ twilio }) => ((twilio.state.account.status = 'suspended'), {}),
    400,
    'account_sid account_suspended',
  ],
  [
    'a number without voice',
    ({ twilio }) => (silence(twilio.state.numbers[0]), {}),
    400,
    'phone_number number_without_voice',
  ],
  [
    'a Twilio that is down',
    ({ twilio }) => ((twilio.state.trouble = { kind: 'cut' }), {}),
    502,
    'null twilio_unreachable',
  ],
  ['a slow Twilio', ({ twilio }) => ((twilio.state.trouble = { kind: 'hang' }), {}), 504, 'null twilio_slow'],
];

const silence = (number: { capabilities?: object | null } | undefined) => {
  if (number) number.capabilities = { voice: false, sms: true, mms: true, fax: false };
};

test.each(refusals)(
  '%s: its own error for scripts and on the page, and nothing is stored',
  async (...[, arrange, status, what]) => {
    const started = await start();
    const { frontdesk, good } = started;
    const entered = { ...good, ...arrange(started) };
    const answer = await enter(frontdesk, entered);
    const body = (await answer.json()) as Record<string, string>;
    expect([answer.status, body['success']]).toEqual([status, false]);
    expect(`${body['field']} ${body['code']}`).toBe(what);
    expect(Object.keys(body).sort()).toEqual(['code', 'error', 'field', 'remedy', 'success']);
    const { status: shown, redirected, text } = await submitted(frontdesk, entered);
    expect([shown, redirected]).toEqual([200, true]);
    expect(text).toContain(escaped(body['error']));
    expect(text).toContain(escaped(body['remedy']));
    const stored = await (await fetch(`${frontdesk.url}/api/twilio/credentials`)).json();
    expect(stored).toMatchObject({ configured: false, source: null });
  },
  30_000,
);

test('no two of these refusals are told in the same way', () => {
  const codes = refusals.map(([, , , what]) => what);
  expect(new Set(codes).size).toBe(codes.length);
});

/** As a browser without scripts sends the form and follows to the page. */
async function submitted({ url }: Running, form: Record<string, string>) {
  const body = new URLSearchParams(form);
  const answer = await fetch(`${url}/api/twilio/credentials`, {
    method: 'POST',
    headers: { accept: 'text/html' },
    body,
  });
  const { status, redirected } = answer;
  return { status, redirected, text: await answer.text() };
}

const escaped = (words = '(none)') =>
  words
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
