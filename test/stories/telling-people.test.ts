import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { addressIn, AUTH_TOKEN, BUSINESS, startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { startReceiver } from '../support/receiver';
import { startTwilioRestStub } from '../support/twilio-rest-stub';

const TOKEN = 'an-admin-token-of-tests';
const PASSWORD = 'mail-password-never-shown';
jest.setTimeout(60_000);

async function startMailServer() {
  const letters: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, callback) =>
      password === PASSWORD ? callback(null, { user: 'desk' }) : callback(new Error('wrong password')),
    onData(stream, _session, callback) {
      let letter = '';
      stream.setEncoding('utf8').on('data', (piece: string) => (letter += piece));
      stream.on('end', () => {
        letters.push(letter);
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => new Promise((resolve) => server.close(() => resolve(undefined))));
  return { letters, port: (server.server.address() as AddressInfo).port };
}

async function start() {
  const [receiver, mail] = [await startReceiver(), await startMailServer()];
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  twilio.state.account.authToken = AUTH_TOKEN;
  const env = {
    ADMIN_TOKEN: TOKEN,
    WEBHOOK_ALLOWED_HOSTS: receiver.host,
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: twilio.state.account.sid,
    TWILIO_PHONE_NUMBER: BUSINESS,
  };
  return { receiver, mail, twilio, frontdesk: await startFrontdesk({ env }) };
}

async function api({ url }: Running, line: string, body?: object) {
  const [method = '', path = ''] = line.split(' ');
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const answer = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** A signed call that leaves a message. */
async function leaveMessage(frontdesk: Running) {
  let { xml } = await frontdesk.post('incoming');
  for (const SpeechResult of ["I'd like to leave a message", 'my wheel is bent', 'Ada', 'yes']) {
    ({ xml } = await frontdesk.post(addressIn(xml, 'process'), { SpeechResult }));
  }
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '40' });
}

test('a message reaches the owner by e-mail and text, and their systems by a signed webhook', async () => {
  const { receiver, mail, twilio, frontdesk } = await start();
  const made = await api(frontdesk, 'POST /api/events/subscribers', {
    url: receiver.url,
    events: ['call.started', 'call.ended', 'message.taken'],
  });
  expect(made.body).toMatchObject({ success: true, secret: expect.stringMatching(/^whsec_/) as string });
  const letter = {
    server: `smtp://desk:${PASSWORD}@127.0.0.1:${mail.port}`,
    from: 'desk@example.com',
    to: 'ada@example.com',
  };
  expect((await api(frontdesk, 'POST /notifications/email', letter)).status).toBe(200);
  expect((await api(frontdesk, 'POST /notifications/texts', { texts: '+1 202 555 0143' })).status).toBe(200);
  await leaveMessage(frontdesk);
  await until(() => receiver.received.length >= 3 && mail.letters.length >= 1 && twilio.state.texts.length >= 1);
  const events = receiver.received.map(({ body, headers }) =>
    new Webhook(String(made.body['secret'])).verify(body, headers as Record<string, string>),
  ) as { type: string; data: Record<string, unknown> }[];
  expect(events.map(({ type }) => type).sort()).toEqual(['call.ended', 'call.started', 'message.taken']);
  const message = events.find(({ type }) => type === 'message.taken')?.data;
  expect(message).toMatchObject({ name: 'Ada', number: '+12025550101', reason: 'my wheel is bent', partial: false });
  expect(events.find(({ type }) => type === 'call.ended')?.data).toMatchObject({
    outcome: 'message',
    fields: [
      { name: 'name', state: 'said', value: 'Ada', quote: 'Ada', turn: 3 },
      { name: 'callback number', state: 'said', value: '+12025550101' },
      { name: 'reason', state: 'said', value: 'my wheel is bent', quote: 'my wheel is bent', turn: 2 },
    ],
  });
  expect(twilio.state.texts[0]).toMatchObject({ to: '+12025550143', from: BUSINESS });
  expect(twilio.state.texts[0]?.body).toMatch(/: Ada, \+12025550101: my wheel is bent$/);
  expect(mail.letters[0]).toContain('my wheel is bent');
  expect(mail.letters[0]).toMatch(/^Subject: Message for .*: Ada/m);
  const shown = await (
    await fetch(`${frontdesk.url}/notifications`, { headers: { authorization: `Bearer ${TOKEN}` } })
  ).text();
  expect(shown).toContain('ada@example.com');
  for (const secret of [PASSWORD, String(made.body['secret'])]) expect(shown).not.toContain(secret);
});

test('test calls tell nobody', async () => {
  const { receiver, frontdesk } = await start();
  await api(frontdesk, 'POST /api/events/subscribers', { url: receiver.url, events: ['call.started', 'call.ended'] });
  const { body } = await api(frontdesk, 'POST /api/try');
  expect(body['success']).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await api(frontdesk, `POST /api/try/${String(body['id'])}/hang-up`);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(receiver.received).toEqual([]);
});

test.each([
  ['subscribers', { url: 'ftp://example.com', events: ['call.ended'] }, 'url'],
  ['subscribers', { url: 'https://a:b@example.com', events: ['call.ended'] }, 'url'],
  ['subscribers', { url: 'https://example.com', events: ['call.lost'] }, 'events'],
  ['subscribers', { url: 'http://192.168.1.10/hook', events: ['call.ended'] }, 'url'],
  ['subscribers', { url: 'http://[::7f00:1]:9/hook', events: ['call.ended'] }, 'url'],
  ['subscribers', { url: 'http://localhost:5678/hook', events: ['call.ended'] }, 'url'],
])('bad input for %s is refused by its field: %j', async (_, body, field) => {
  const { frontdesk } = await start();
  const answer = await api(frontdesk, 'POST /api/events/subscribers', body);
  expect([answer.status, answer.body['field']]).toEqual([400, field]);
});

test.each([
  [{ server: 'mail.example.com', from: 'desk@example.com', to: 'ada@example.com' }, 'server'],
  [{ server: 'smtp://desk:pa%ss@mail.example.com', from: 'desk@example.com', to: 'ada@example.com' }, 'server'],
  [{ server: 'smtp://mail.example.com', from: 'desk', to: 'ada@example.com' }, 'from'],
  [{ server: 'smtp://mail.example.com', from: 'desk@example.com', to: '' }, 'to'],
])('a mail server that cannot be is refused by its field: %j', async (body, field) => {
  const { frontdesk } = await start();
  const answer = await api(frontdesk, 'POST /notifications/email', body);
  expect([answer.status, answer.body['field']]).toEqual([400, field]);
});

test('a mail server that does not let us in is said at once, and nothing is changed', async () => {
  const { mail, frontdesk } = await start();
  const server = `smtp://desk:wrong@127.0.0.1:${mail.port}`;
  const answer = await api(frontdesk, 'POST /notifications/email', {
    ...{ server, from: 'desk@example.com', to: 'ada@example.com' },
  });
  expect([answer.status, answer.body['field'], answer.body['error']]).toEqual([
    502,
    'server',
    expect.stringContaining('EAUTH 535') as string,
  ]);
  expect(JSON.stringify(answer.body)).not.toContain('wrong@');
});

test('a number that cannot get texts is refused; an emergency number is none', async () => {
  const { frontdesk } = await start();
  for (const texts of ['555', '+1 900 555 0100']) {
    const answer = await api(frontdesk, 'POST /notifications/texts', { texts });
    expect([answer.status, answer.body['field']]).toEqual([400, 'texts']);
  }
});

test('whether the number may send texts is said on the page', async () => {
  const { twilio, frontdesk } = await start();
  const page = async () =>
    (await fetch(`${frontdesk.url}/notifications`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
  expect(await page()).toContain('not registered for texts');
  twilio.state.campaign = 'VERIFIED';
  expect(await page()).toContain('The number is registered for texts.');
});

test('an address of our own network is refused with the way to allow it', async () => {
  const { frontdesk } = await start();
  const subscriber = { url: 'http://192.168.1.10:5678/hook', events: ['call.ended'] };
  const { body } = await api(frontdesk, 'POST /api/events/subscribers', subscriber);
  expect(body).toMatchObject({
    code: 'private_address',
    remedy: expect.stringMatching(/192\.168\.1\.10:5678 in WEBHOOK_ALLOWED_HOSTS/) as string,
  });
  expect((await api(frontdesk, 'GET /api/events/subscribers')).body).toEqual({ subscribers: [] });
});

test('a subscriber that said Gone is off until the owner turns it on again', async () => {
  const { receiver, frontdesk } = await start();
  const subscriber = { url: receiver.url, events: ['call.ended'] };
  const { body } = await api(frontdesk, 'POST /api/events/subscribers', subscriber);
  receiver.state.answer = 410;
  await leaveMessage(frontdesk);
  const off = async () =>
    ((await api(frontdesk, 'GET /api/events/subscribers')).body['subscribers'] as { off?: string }[])[0]?.off;
  while ((await off()) === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await off()).toBe('answered 410');
  const [dead] = (await api(frontdesk, 'GET /api/events/deliveries')).body['deliveries'] as { id: string }[];
  const replay = `POST /api/events/deliveries/${dead?.id}/replay`;
  const refused = await api(frontdesk, replay);
  expect([refused.status, refused.body['error']]).toEqual([409, 'It is not sent again: the subscriber is off.']);
  const page = async () =>
    (await fetch(`${frontdesk.url}/notifications`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
  const action = `/notifications/subscribers/${String(body['id'])}/on`;
  expect(await page()).toContain(action);
  receiver.state.answer = 200;
  expect((await api(frontdesk, `POST /api/events/subscribers/${String(body['id'])}/on`)).status).toBe(200);
  expect((await api(frontdesk, 'POST /api/events/subscribers/none/on')).status).toBe(404);
  expect([await off(), (await page()).includes(action)]).toEqual([undefined, false]);
  expect((await api(frontdesk, replay)).status).toBe(200);
  await until(() => receiver.received.length === 2);
});
