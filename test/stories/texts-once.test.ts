import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressIn, AUTH_TOKEN, BUSINESS, startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import type { Trouble } from '../support/twilio-rest-state';
import { startTwilioRestStub } from '../support/twilio-rest-stub';

const TOKEN = 'an-admin-token-of-tests';
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
jest.setTimeout(60_000);

interface Sent {
  channel: string;
  state: string;
  tries: number;
  problem: string | null;
}
async function textsOf({ url }: Running): Promise<Sent[]> {
  const answer = await fetch(`${url}/api/events/deliveries`, { headers });
  return ((await answer.json()) as { deliveries: Sent[] }).deliveries.filter(({ channel }) => channel === 'text');
}

/** An address at which nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** A message whose text meets this; what became of the text some hours later. */
async function textMeeting(trouble: Trouble | { kind: 'refuses'; code: number } | { kind: 'nobody there' }) {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  twilio.state.account.authToken = AUTH_TOKEN;
  let now = Date.UTC(2026, 10, 20, 9);
  const env = {
    ADMIN_TOKEN: TOKEN,
    TWILIO_API_BASE_URL: trouble.kind === 'nobody there' ? await nobody() : twilio.url,
    TWILIO_ACCOUNT_SID: twilio.state.account.sid,
    TWILIO_PHONE_NUMBER: BUSINESS,
  };
  const frontdesk = await startFrontdesk({ env, overrides: { clock: { now: () => now } } });
  const texts = JSON.stringify({ texts: '+1 202 555 0143' });
  await fetch(`${frontdesk.url}/notifications/texts`, { method: 'POST', headers, body: texts });
  if (trouble.kind === 'refuses') twilio.state.textError = trouble.code;
  else if (trouble.kind !== 'nobody there') twilio.state.trouble = trouble;
  let { xml } = await frontdesk.post('incoming');
  for (const SpeechResult of ["I'd like to leave a message", 'my wheel is bent', 'Ada', 'yes'])
    ({ xml } = await frontdesk.post(addressIn(xml, 'process'), { SpeechResult }));
  for (let tries = 0; tries < 4; tries += 1) {
    now += 3_600_000;
    await new Promise((resolve) => setTimeout(resolve, 1_300)); // longer than between two looks at what is due
  }
  const posts = twilio.requests.filter(({ method, path }) => method === 'POST' && path.includes('/Messages')).length;
  return { posts, text: (await textsOf(frontdesk))[0] };
}

test.each([{ kind: 'cut' } as const, { kind: 'html' } as const, { kind: 'error', status: 500 } as const])(
  'a text that may have been sent is not sent again: %j',
  async (trouble) => {
    const { posts, text } = await textMeeting(trouble);
    expect(text).toMatchObject({ state: 'dead', tries: 1, problem: 'not known whether it was sent' });
    expect(posts).toBe(1);
  },
);

test('a text that Twilio refuses is not sent again, and its words say why', async () => {
  const { posts, text } = await textMeeting({ kind: 'refuses', code: 21610 });
  expect(text).toMatchObject({ state: 'dead', tries: 1 });
  expect(text?.problem).toContain('error 21610');
  expect(posts).toBe(1);
});

test.each([
  { kind: 'nobody there' } as const,
  { kind: 'error', status: 429, code: 20429 } as const,
  { kind: 'error', status: 401, code: 20003 } as const,
])('a text that was surely not taken waits for another try: %j', async (trouble) => {
  const { text } = await textMeeting(trouble);
  expect(text?.state).toBe('waiting');
  expect(text?.tries).toBeGreaterThan(1);
});
