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

test.each<[string, Record<string, string>, string]>([
  ['a bad SID', { account_sid: 'AC123' }, 'account_sid'],
  ['a short token', { auth_token: 'abc' }, 'auth_token'],
  ['a malformed number', { phone_number: '202 555' }, 'phone_number'],
  ['a wrong token', { auth_token: 'f'.repeat(32) }, 'auth_token'],
  ["another account's number", { phone_number: '+12025550199' }, 'phone_number'],
])('%s is refused with its field, its reason and its remedy, and nothing is stored', async (_, wrong, field) => {
  const { frontdesk, good } = await start();
  const answer = await enter(frontdesk, { ...good, ...wrong });
  expect(answer.status).toBe(400);
  const body = (await answer.json()) as Record<string, unknown>;
  expect(body).toMatchObject({ success: false, field });
  expect(body['error']).toBeTruthy();
  expect(body['remedy']).toBeTruthy();
  const stored = await (await fetch(`${frontdesk.url}/api/twilio/credentials`)).json();
  expect(stored).toMatchObject({ configured: false, source: null });
});

test('Twilio slow is 504, Twilio down is 502', async () => {
  const { twilio, frontdesk, good } = await start();
  twilio.state.trouble = { kind: 'cut' };
  expect((await enter(frontdesk, good)).status).toBe(502);
  twilio.state.trouble = { kind: 'hang' };
  expect((await enter(frontdesk, good)).status).toBe(504);
}, 20_000);
