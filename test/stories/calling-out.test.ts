import {
  addressIn,
  AUTH_TOKEN,
  BUSINESS,
  saidIn,
  sign,
  startFrontdesk,
  whenDone,
  type Running,
} from '../support/frontdesk';
import type { Trouble } from '../support/twilio-rest-state';
import { startTwilioRestStub } from '../support/twilio-rest-stub';

const TOKEN = 'an-admin-token-of-tests';
const THEM = '+12025550143';
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const BASE = 'https://desk.example.com';
/** Ten in the morning in New York, where the business is. */
const MORNING = Date.UTC(2026, 10, 20, 15);

async function start(rules: object = {}, at = MORNING) {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  twilio.state.account.authToken = AUTH_TOKEN;
  const clock = { now: () => at + Math.round(performance.now()) };
  const env = {
    ADMIN_TOKEN: TOKEN,
    PUBLIC_BASE_URL: BASE,
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: twilio.state.account.sid,
    TWILIO_PHONE_NUMBER: BUSINESS,
  };
  const frontdesk = await startFrontdesk({ env, groq: true, overrides: { clock } });
  expect((await api(frontdesk, 'PUT /api/settings/rules', rules)).status).toBe(200);
  return { twilio, frontdesk };
}

async function api({ url }: Running, line: string, body?: object) {
  const [method = '', path = ''] = line.split(' ');
  const answer = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const wanted = { to: '(202) 555-0143', reason: 'your bicycle, which is ready' };
const place = (frontdesk: Running, body: object = wanted) => api(frontdesk, 'POST /api/calls', body);
const outbound = { Direction: 'outbound-api', From: BUSINESS, To: THEM };

/** A webhook of a call of ours, at an address that Twilio was told. */
async function webhook({ url }: Running, address: string, fields: Record<string, string>) {
  const signature = sign(address, fields);
  const target = address.replace(BASE, url);
  const answer = await fetch(target, {
    method: 'POST',
    headers: { 'x-twilio-signature': signature },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, xml: await answer.text() };
}

test('a call is placed, the receptionist speaks first, and it is in the book as ours', async () => {
  const { twilio, frontdesk } = await start({ outbound: { quietFrom: '22:00', quietUntil: '06:00' } });
  const { status, body } = await place(frontdesk);
  expect([status, body['success']]).toEqual([200, true]);
  const callSid = String(body['call_sid']);
  const form = twilio.requests.at(-1)?.form;
  expect([form?.get('To'), form?.get('From'), form?.get('MachineDetection')]).toEqual([THEM, BUSINESS, null]);
  expect(form?.get('FallbackUrl')).toMatch(new RegExp(`^${BASE}/api/voice/fallback\\?placed=[\\w-]+$`));
  expect(form?.get('TimeLimit')).toBe(String(4 * 3_600)); // the owner's limit ends a call politely, not Twilio's
  frontdesk.groq.reply('Good, we will see you then.');
  const first = await webhook(frontdesk, form?.get('Url') ?? '', { CallSid: callSid, ...outbound });
  expect(saidIn(first.xml)).toMatch(/automated assistant of .*I am calling about your bicycle, which is ready\. /);
  const next = await webhook(frontdesk, addressIn(first.xml, 'process'), {
    CallSid: callSid,
    ...outbound,
    SpeechResult: 'Yes, I will come at noon.',
  });
  expect(saidIn(next.xml)).toContain('Good, we will see you then.');
  expect(String(frontdesk.groq.requests[0]?.body.messages[0]?.['content'])).toContain(
    'You have called this person yourself, about: your bicycle, which is ready.',
  );
  await webhook(frontdesk, `${BASE}/api/voice/status`, {
    CallSid: callSid,
    ...outbound,
    CallStatus: 'completed',
    CallDuration: '30',
  });
  const call = (await api(frontdesk, `GET /api/calls/${callSid}`)).body;
  expect(call).toMatchObject({
    direction: 'outbound',
    from: BUSINESS,
    to: THEM,
    outcome: 'answered',
    status: 'completed',
  });
});

test('a call of ours whose first webhook failed is introduced by the fallback, and stays ours in the book', async () => {
  const { twilio, frontdesk } = await start();
  const callSid = String((await place(frontdesk)).body['call_sid']);
  const address = twilio.requests.at(-1)?.form.get('FallbackUrl') ?? '';
  const fields = { CallSid: callSid, ...outbound, ErrorCode: '11200', ErrorUrl: `${BASE}/api/voice/outbound` };
  const first = await webhook(frontdesk, address, fields);
  expect(saidIn(first.xml)).toMatch(/automated assistant of .*I am calling about your bicycle, which is ready\. /);
  const later = await webhook(frontdesk, address, { ...fields, ErrorUrl: `${BASE}/api/voice/process` });
  expect(saidIn(later.xml)).toContain('something went wrong');
  const { body } = await api(frontdesk, `GET /api/calls/${callSid}`);
  expect(body).toMatchObject({ direction: 'outbound', from: BUSINESS, to: THEM });
  await webhook(frontdesk, `${BASE}/api/voice/status`, { CallSid: callSid, ...outbound, CallStatus: 'completed' });
  const gone = await api(frontdesk, `DELETE /api/callers/${encodeURIComponent(THEM)}`);
  expect(Object.values(gone.body)).toContainEqual(expect.objectContaining({ calls: 1, placed_calls: 1 }));
});

test('consent is said on a call of ours before the question, where nobody can talk over it', async () => {
  const { twilio, frontdesk } = await start({ privacy: { consent: 'We write this call down.' } });
  const CallSid = String((await place(frontdesk)).body['call_sid']);
  const { xml } = await webhook(frontdesk, twilio.requests.at(-1)?.form.get('Url') ?? '', { CallSid, ...outbound });
  const [said, asked] = xml.split('<Gather');
  expect([saidIn(said ?? ''), saidIn(asked ?? '')]).toEqual([
    expect.stringMatching(/^Hello, this is the automated assistant of .* We write this call down\.$/),
    expect.stringMatching(/^I am calling about your bicycle/),
  ]);
});

test('a machine gets a message, and nobody waited to find out', async () => {
  const { twilio, frontdesk } = await start({ outbound: { detectMachines: true } });
  const callSid = String((await place(frontdesk)).body['call_sid']);
  const form = twilio.requests.at(-1)?.form;
  expect([form?.get('AsyncAmd'), form?.get('MachineDetection')]).toEqual(['true', 'DetectMessageEnd']);
  const first = await webhook(frontdesk, form?.get('Url') ?? '', { CallSid: callSid, ...outbound });
  expect(saidIn(first.xml)).toContain('Do you have a moment?');
  const told = await webhook(frontdesk, form?.get('AsyncAmdStatusCallback') ?? '', {
    CallSid: callSid,
    AccountSid: twilio.state.account.sid,
    AnsweredBy: 'machine_end_beep',
  });
  expect(told.status).toBe(204);
  const led = twilio.requests.at(-1)?.form.get('Url') ?? '';
  const message = await webhook(frontdesk, led, { CallSid: callSid, ...outbound });
  expect(saidIn(message.xml)).toMatch(
    /We called about your bicycle, which is ready\. Please call us back on 2 0 2, 5 5 5, 0 1 0 0\./,
  );
  expect(message.xml).toContain('<Hangup/>');
});

const pageOf = async ({ url }: Running, path: string) =>
  (await fetch(url + path, { headers: { ...headers, accept: 'text/html' } })).text();

test.each<[string, string, readonly ('found' | 'over')[]]>([
  ['machine_end_beep', 'machine', ['found', 'over']],
  ['machine_end_other', 'machine', ['over', 'found']],
  ['human', 'person', ['found', 'over']],
  ['human', 'person', ['over', 'found']],
])('%s: the book says that a %s answered, whatever Twilio tells first: %j', async (AnsweredBy, by, order) => {
  const { twilio, frontdesk } = await start({ outbound: { detectMachines: true } });
  const CallSid = String((await place(frontdesk)).body['call_sid']);
  const form = twilio.requests.at(-1)?.form;
  await webhook(frontdesk, form?.get('Url') ?? '', { CallSid, ...outbound });
  const told = {
    found: [form?.get('AsyncAmdStatusCallback') ?? '', { CallSid, AnsweredBy }],
    over: [`${BASE}/api/voice/status`, { CallSid, ...outbound, CallStatus: 'completed', CallDuration: '20' }],
  } as const;
  for (const each of order) await webhook(frontdesk, told[each][0], told[each][1]);
  const outcome = by === 'machine' ? 'answered' : 'abandoned';
  expect((await api(frontdesk, `GET /api/calls/${CallSid}`)).body).toMatchObject({ answered_by: by, outcome });
  const words = by === 'machine' ? 'A machine, which got a message' : 'A person';
  expect(await pageOf(frontdesk, `/calls/${CallSid}`)).toContain(words);
  expect((await pageOf(frontdesk, '/calls')).includes('Answered by a machine, outgoing')).toBe(by === 'machine');
  expect(await pageOf(frontdesk, '/calls/export.csv')).toContain(`"${by}"`);
});

/** A call of ours, what was said on it, and then the late word that a machine had answered. */
async function takenForMachine(words: readonly string[]) {
  const { twilio, frontdesk } = await start({ outbound: { detectMachines: true } });
  const transfer = { businessName: 'Juniper Lane Opticians', transfer: { number: '+12025550177', outsideHours: true } };
  expect((await api(frontdesk, 'PUT /api/settings', transfer)).status).toBe(200);
  const CallSid = String((await place(frontdesk)).body['call_sid']);
  const form = twilio.requests.at(-1)?.form;
  let { xml } = await webhook(frontdesk, form?.get('Url') ?? '', { CallSid, ...outbound });
  for (const SpeechResult of words) {
    if (/leave a message/.test(SpeechResult)) frontdesk.groq.reply({ calls: [{ name: 'take_message', args: {} }] });
    ({ xml } = await webhook(frontdesk, addressIn(xml, 'process'), { CallSid, ...outbound, SpeechResult }));
  }
  const before = twilio.requests.length;
  const found = { CallSid, AccountSid: twilio.state.account.sid, AnsweredBy: 'machine_end_other' };
  await webhook(frontdesk, form?.get('AsyncAmdStatusCallback') ?? '', found);
  const url = `${form?.get('Url')}&machine=1`;
  return { xml, led: twilio.requests.length - before, leave: () => webhook(frontdesk, url, { CallSid, ...outbound }) };
}

test.each<[string, readonly string[], string]>([
  ['is put through', ['Can I speak to a person?'], '<Dial'],
  ['leaves a message', ['I want to leave a message', 'my wheel is bent'], '<Gather'],
  ['talks', ['Who is this?', 'Which bicycle?', 'Is it the red one?'], '<Gather'],
])('a person who %s is never cut off because Twilio took them for a machine', async (_, words, answer) => {
  const { xml, led, leave } = await takenForMachine(words);
  expect([xml.includes(answer), led]).toEqual([true, 0]);
  const late = (await leave()).xml;
  expect([late.includes('<Gather'), late.includes('<Hangup')]).toEqual([true, false]);
});

test('a mailbox whose greeting was answered as if a person spoke still gets its message', async () => {
  const { led, leave } = await takenForMachine(['You have reached Ada.', 'Please leave a message after the tone.']);
  expect([led, saidIn((await leave()).xml)]).toEqual([1, expect.stringContaining('We called about your bicycle')]);
});

test.each<[string, object, object, readonly [number, string]]>([
  ['no number', { to: 'Ada', reason: 'x' }, {}, [400, 'invalid_number']],
  ['nothing to say', { to: THEM }, {}, [400, 'invalid_reason']],
  ['a premium number', { to: '+19005550143', reason: 'x' }, {}, [403, 'number_not_allowed']],
  ['an emergency number', { to: '911', reason: 'x' }, {}, [400, 'invalid_number']],
  ['another country', { to: '+442079460143', reason: 'x' }, {}, [403, 'country_not_allowed']],
  ['our own number', { to: BUSINESS, reason: 'x' }, {}, [400, 'own_number']],
  ['a blocked number', wanted, { blocked: [THEM] }, [403, 'blocked']],
  ['quiet hours', wanted, { outbound: { quietFrom: '09:00', quietUntil: '11:00' } }, [409, 'quiet_hours']],
  ['no calls today', wanted, { outbound: { callsPerDay: 0 } }, [429, 'daily_limit']],
])('%s: refused with its reason, and Twilio is not asked', async (...[, body, rules, refusal]) => {
  const { twilio, frontdesk } = await start(rules);
  const answer = await place(frontdesk, body);
  expect([answer.status, answer.body['code'], answer.body['success']]).toEqual([...refusal, false]);
  expect(twilio.lines.filter((line) => line.startsWith('POST') && line.includes('Calls'))).toEqual([]);
});

test('another country is called where the rules say so', async () => {
  const { frontdesk } = await start({ outbound: { countries: ['US', 'GB'] } });
  expect((await place(frontdesk, { to: '+442079460143', reason: 'a parcel' })).status).toBe(200);
});

test.each<[string, Trouble, readonly [number, string]]>([
  ['takes too long', { kind: 'hang' }, [504, 'twilio_slow']],
  ['cuts the connection', { kind: 'cut' }, [502, 'twilio_unreachable']],
  ['has an error of its own', { kind: 'error', status: 503 }, [502, 'twilio_in_trouble']],
  ['answers what cannot be read', { kind: 'html' }, [502, 'twilio_in_trouble']],
])(
  'Twilio %s: asked exactly once, counted, and said not to be tried blindly again',
  async (_, trouble, failure) => {
    const { twilio, frontdesk } = await start({ outbound: { callsPerDay: 1 } });
    twilio.state.trouble = trouble;
    const { status, body } = await place(frontdesk);
    expect([status, body['code']]).toEqual(failure);
    expect(body['error']).toContain('It is not known whether the call was placed.');
    expect(body['remedy']).toBe('It may be under way: look at the list of calls before you try again.');
    expect(twilio.lines.filter((line) => line.startsWith('POST') && line.includes('Calls'))).toHaveLength(1);
    twilio.state.trouble = undefined;
    expect((await place(frontdesk)).body['code']).toBe('daily_limit');
  },
  30_000,
);

test.each([
  { kind: 'error', status: 400, code: 21211 },
  { kind: 'error', status: 429 },
] as const)('what Twilio has surely not placed does not count: %j', async (trouble) => {
  const { twilio, frontdesk } = await start({ outbound: { callsPerDay: 1 } });
  twilio.state.trouble = trouble;
  const { body } = await place(frontdesk);
  expect([body['success'], String(body['remedy'])]).toEqual([false, expect.not.stringContaining('under way')]);
  twilio.state.trouble = undefined;
  expect((await place(frontdesk)).status).toBe(200);
});

test('once the calls of a day have cost what they may, none is placed', async () => {
  const { twilio, frontdesk } = await start({ limits: { spendPerDay: 0.05 } });
  const callSid = 'CA' + '7'.repeat(32);
  const came = { CallSid: callSid, From: THEM, To: BUSINESS };
  await webhook(frontdesk, `${BASE}/api/voice/incoming`, came);
  expect((await place(frontdesk)).status).toBe(200);
  const ended = { ...came, CallStatus: 'completed', CallDuration: '1200' };
  await webhook(frontdesk, `${BASE}/api/voice/status`, ended);
  const refused = await place(frontdesk);
  expect([refused.status, refused.body['code']]).toEqual([429, 'spend_limit']);
  expect(twilio.lines.filter((line) => line.startsWith('POST') && line.includes('Calls'))).toHaveLength(1);
});

test('a call that goes on is hung up, one alone or all of them', async () => {
  const { twilio, frontdesk } = await start();
  const [one, two] = [await place(frontdesk), await place(frontdesk)].map(({ body }) => String(body['call_sid']));
  expect(await api(frontdesk, `POST /api/calls/${one}/hangup`)).toMatchObject({ status: 200, body: { success: true } });
  expect(twilio.state.calls[0]?.status).toBe('completed');
  expect(await api(frontdesk, 'POST /api/calls/hangup')).toMatchObject({ body: { success: true, ended: 2 } });
  expect(twilio.state.calls[1]?.status).toBe('completed');
  expect((await api(frontdesk, `POST /api/calls/CA${'9'.repeat(32)}/hangup`)).status).toBe(404);
  expect(two).toMatch(/^CA/);
});

test('a stranger cannot have a webhook say that we placed a call', async () => {
  const { frontdesk } = await start();
  const answer = await webhook(frontdesk, `${BASE}/api/voice/outbound?placed=nothing`, {
    CallSid: 'CA' + '8'.repeat(32),
    ...outbound,
  });
  expect(answer.xml).toContain('<Response><Hangup/></Response>');
});
