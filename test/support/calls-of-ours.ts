import { AUTH_TOKEN, BUSINESS, sign, startFrontdesk, whenDone, type Running } from './frontdesk';
import { startTwilioRestStub } from './twilio-rest-stub';

const TOKEN = 'an-admin-token-of-tests';
/** Whom we call, and the address at which Twilio finds us. */
export const THEM = '+12025550143';
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
export const BASE = 'https://desk.example.com';
/** Ten in the morning in New York, where the business is. */
const MORNING = Date.UTC(2026, 10, 20, 15);

/** A Frontdesk with these rules, and more of the environment, that can call out, and the Twilio it calls by. */
export async function startCalling(rules: object = {}, more: Record<string, string> = {}) {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  twilio.state.account.authToken = AUTH_TOKEN;
  const clock = { now: () => MORNING + Math.round(performance.now()) };
  const env = {
    ADMIN_TOKEN: TOKEN,
    PUBLIC_BASE_URL: BASE,
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: twilio.state.account.sid,
    TWILIO_PHONE_NUMBER: BUSINESS,
    ...more,
  };
  const frontdesk = await startFrontdesk({ env, groq: true, overrides: { clock } });
  expect((await api(frontdesk, 'PUT /api/settings/rules', { blocked: [], ...rules })).status).toBe(200);
  return { twilio, frontdesk };
}

/** A request with the owner's token: "GET /api/calls". */
export async function api({ url }: Running, line: string, body?: object) {
  const [method = '', path = ''] = line.split(' ');
  const answer = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

export const wanted = { to: '(202) 555-0143', reason: 'your bicycle, which is ready' };
/** Has a call placed: one about a bicycle unless another is wanted. */
export const place = (frontdesk: Running, body: object = wanted) => api(frontdesk, 'POST /api/calls', body);
/** What every webhook of such a call has. */
export const outbound = { Direction: 'outbound-api', From: BUSINESS, To: THEM };

/** A webhook of a call of ours, at an address that Twilio was told. */
export async function webhook({ url }: Running, address: string, fields: Record<string, string>) {
  const signature = sign(address, fields);
  const target = address.replace(BASE, url);
  const answer = await fetch(target, {
    method: 'POST',
    headers: { 'x-twilio-signature': signature },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, xml: await answer.text() };
}

/** A page of the console as its owner sees it. */
export const pageOf = async ({ url }: Running, path: string) =>
  (await fetch(url + path, { headers: { ...headers, accept: 'text/html' } })).text();

/** Sends a form of a page as its owner's browser does. */
export async function postForm({ url }: Running, path: string, fields: Record<string, string>) {
  const { authorization } = headers;
  const body = new URLSearchParams(fields);
  const init = { method: 'POST', headers: { authorization, accept: 'text/html' }, body, redirect: 'manual' } as const;
  const answer = await fetch(url + path, init);
  return { status: answer.status, text: await answer.text() };
}
