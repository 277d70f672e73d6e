import { api, BASE, outbound, pageOf, place, startCalling, webhook } from '../support/calls-of-ours';
import { addressIn, saidIn } from '../support/frontdesk';

test('a machine gets a message, and nobody waited to find out', async () => {
  const { twilio, frontdesk } = await startCalling({ outbound: { detectMachines: true } });
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

test.each<[string, string, readonly ('found' | 'over')[]]>([
  ['machine_end_beep', 'machine', ['found', 'over']],
  ['machine_end_other', 'machine', ['over', 'found']],
  ['human', 'person', ['found', 'over']],
  ['human', 'person', ['over', 'found']],
])('%s: the book says that a %s answered, whatever Twilio tells first: %j', async (AnsweredBy, by, order) => {
  const { twilio, frontdesk } = await startCalling({ outbound: { detectMachines: true } });
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
  const { twilio, frontdesk } = await startCalling({ outbound: { detectMachines: true } });
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
