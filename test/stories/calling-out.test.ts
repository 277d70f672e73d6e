import { api, BASE, outbound, place, postForm, startCalling, THEM, wanted, webhook } from '../support/calls-of-ours';
import { addressIn, BUSINESS, saidIn } from '../support/frontdesk';
import type { Trouble } from '../support/twilio-rest-state';

test('a call is placed, the receptionist speaks first, and it is in the book as ours', async () => {
  const { twilio, frontdesk } = await startCalling({ outbound: { quietFrom: '22:00', quietUntil: '06:00' } });
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
  const { twilio, frontdesk } = await startCalling();
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
  const { twilio, frontdesk } = await startCalling({ privacy: { consent: 'We write this call down.' } });
  const CallSid = String((await place(frontdesk)).body['call_sid']);
  const { xml } = await webhook(frontdesk, twilio.requests.at(-1)?.form.get('Url') ?? '', { CallSid, ...outbound });
  const [said, asked] = xml.split('<Gather');
  expect([saidIn(said ?? ''), saidIn(asked ?? '')]).toEqual([
    expect.stringMatching(/^Hello, this is the automated assistant of .* We write this call down\.$/),
    expect.stringMatching(/^I am calling about your bicycle/),
  ]);
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
  const { twilio, frontdesk } = await startCalling(rules);
  const answer = await place(frontdesk, body);
  expect([answer.status, answer.body['code'], answer.body['success']]).toEqual([...refusal, false]);
  expect(twilio.lines.filter((line) => line.startsWith('POST') && line.includes('Calls'))).toEqual([]);
});

test('calls with a person are found by their number, whoever called whom', async () => {
  const { frontdesk } = await startCalling();
  const placed = String((await place(frontdesk)).body['call_sid']);
  const CallSid = `CA${'a'.repeat(32)}`;
  await webhook(frontdesk, `${BASE}/api/voice/incoming`, { CallSid, From: THEM, To: BUSINESS });
  await webhook(frontdesk, `${BASE}/api/voice/incoming`, {
    ...{ CallSid: `CA${'b'.repeat(32)}`, From: '+12025550101', To: BUSINESS },
  });
  const { body } = await api(frontdesk, `GET /api/calls?from=${encodeURIComponent(THEM)}`);
  expect((body['calls'] as { sid: string }[]).map(({ sid }) => sid).sort()).toEqual([placed, CallSid].sort());
});

test('another country is called where the rules say so', async () => {
  const { frontdesk } = await startCalling({ outbound: { countries: ['US', 'GB'] } });
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
    const { twilio, frontdesk } = await startCalling({ outbound: { callsPerDay: 1 } });
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
  const { twilio, frontdesk } = await startCalling({ outbound: { callsPerDay: 1 } });
  twilio.state.trouble = trouble;
  const { body } = await place(frontdesk);
  expect([body['success'], String(body['remedy'])]).toEqual([false, expect.not.stringContaining('under way')]);
  twilio.state.trouble = undefined;
  expect((await place(frontdesk)).status).toBe(200);
});

test('once the calls of a day have cost what they may, none is placed', async () => {
  const { twilio, frontdesk } = await startCalling({ limits: { spendPerDay: 0.05 } });
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

const other = { to: '+12025550144', reason: 'your bicycle, which is ready' };

test('nobody is called twice at a time: not by two clicks, not while it rings or Twilio has not answered', async () => {
  const { twilio, frontdesk } = await startCalling();
  const both = await Promise.all([place(frontdesk), place(frontdesk)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const callSid = String(both.find(({ status }) => status === 200)?.body['call_sid']);
  const again = await place(frontdesk);
  expect([again.status, again.body['code']]).toEqual([409, 'already_calling']);
  expect(again.body['remedy']).toContain(`/calls/${callSid}`);
  expect((await place(frontdesk, other)).status).toBe(200);
  const over = { CallSid: callSid, ...outbound, CallStatus: 'no-answer' };
  await webhook(frontdesk, `${BASE}/api/voice/status`, over);
  expect((await place(frontdesk)).status).toBe(200);
  expect(twilio.state.calls).toHaveLength(3);
});

test('nobody is called while all lines are busy; who is called already is talked to', async () => {
  const { twilio, frontdesk } = await startCalling({}, { MAX_CONCURRENT_CALLS: '1' });
  const CallSid = String((await place(frontdesk)).body['call_sid']);
  const url = twilio.requests.at(-1)?.form.get('Url') ?? '';
  for (const letter of ['a', 'b']) {
    const came = { CallSid: `CA${letter.repeat(32)}`, From: '+12025550101', To: BUSINESS };
    await webhook(frontdesk, `${BASE}/api/voice/incoming`, came);
  }
  const { xml } = await webhook(frontdesk, url, { CallSid, ...outbound });
  expect(saidIn(xml)).toContain('I am calling about your bicycle');
  const refused = await place(frontdesk, other);
  expect([refused.status, refused.body['code']]).toEqual([409, 'lines_busy']);
});

test('what was entered stays in the form when a call is not placed', async () => {
  const { frontdesk } = await startCalling();
  const { status, text } = await postForm(frontdesk, '/call', { to: '(202) 555-0143', reason: '' });
  expect([status, text.includes('value="(202) 555-0143"')]).toEqual([400, true]);
  expect(text).toContain('reason-error');
});

test('a call that goes on is hung up, one alone or all of them', async () => {
  const { twilio, frontdesk } = await startCalling();
  const [one, two] = [await place(frontdesk), await place(frontdesk, other)].map(({ body }) =>
    String(body['call_sid']),
  );
  expect(await api(frontdesk, `POST /api/calls/${one}/hangup`)).toMatchObject({ status: 200, body: { success: true } });
  expect(twilio.state.calls[0]?.status).toBe('completed');
  expect(await api(frontdesk, 'POST /api/calls/hangup')).toMatchObject({ body: { success: true, ended: 2 } });
  expect(twilio.state.calls[1]?.status).toBe('completed');
  expect((await api(frontdesk, `POST /api/calls/CA${'9'.repeat(32)}/hangup`)).status).toBe(404);
  expect(two).toMatch(/^CA/);
});

test('a stranger cannot have a webhook say that we placed a call', async () => {
  const { frontdesk } = await startCalling();
  const answer = await webhook(frontdesk, `${BASE}/api/voice/outbound?placed=nothing`, {
    CallSid: 'CA' + '8'.repeat(32),
    ...outbound,
  });
  expect(answer.xml).toContain('<Response><Hangup/></Response>');
});
