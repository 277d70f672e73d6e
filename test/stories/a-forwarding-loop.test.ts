import { setTimeout as pause } from 'node:timers/promises';
import { profileSchema } from '../../src/common/profile';
import { openBook } from '../calls/kit';
import { addressIn, BUSINESS, startFrontdesk } from '../support/frontdesk';

const PERSON = '+12025550177';
const BACK = `CA${'c'.repeat(32)}`;

test.each([
  ['from our own number', { From: BUSINESS }],
  ['forwarded by the person who was rung', { ForwardedFrom: '12025550177' }],
])('a call of ours that comes back %s is in the book as failed, and the owner sees why', async (_, facts) => {
  const profile = profileSchema.parse({ businessName: 'Juniper Lane Opticians', transfer: { number: PERSON } });
  const frontdesk = await startFrontdesk({ overrides: { profile }, signed: false });
  expect((await frontdesk.post('incoming', facts, BACK)).xml).toContain('<Reject reason="busy"/>');
  await frontdesk.post('status', { ...facts, CallStatus: 'busy', CallDuration: '0' }, BACK);
  const answer = await fetch(`${frontdesk.url}/api/calls/${BACK}`);
  expect(await answer.json()).toMatchObject({ outcome: 'failed', status: 'busy' });
  const page = await fetch(`${frontdesk.url}/calls/${BACK}`, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('our own call coming back');
});

test('the telephone that is rung, calling in with its own number, is our call coming back; before and after it is not', async () => {
  const profile = profileSchema.parse({
    businessName: 'Juniper Lane Opticians',
    transfer: { number: PERSON, outsideHours: true },
  });
  const frontdesk = await startFrontdesk({ overrides: { profile }, signed: false });
  const sid = (letter: string) => BACK.replaceAll('c', letter);
  const callIn = async (letter: string) => (await frontdesk.post('incoming', { From: PERSON }, sid(letter))).xml;
  expect(await callIn('a')).toContain('<Gather');
  const greeting = await frontdesk.post('incoming');
  const dial = await frontdesk.post(addressIn(greeting.xml, 'process'), { SpeechResult: 'Can I speak to a person?' });
  expect(dial.xml).toContain('<Dial');
  expect(await callIn('b')).toContain('<Reject reason="busy"/>');
  const address = /action="([^"]*transferred[^"]*)"/.exec(dial.xml)?.[1]?.replaceAll('&amp;', '&') ?? '';
  await frontdesk.post(address, { DialCallStatus: 'no-answer' });
  expect(await callIn('d')).toContain('<Gather');
});

const report = (callSid: string, status: string) => ({
  ...{ callSid, status, sequence: 1, seconds: 0, direction: 'inbound', test: false },
  ...{ from: '+12025550101', to: BUSINESS, at: Date.UTC(2026, 10, 20, 9, 1) },
});

test('nobody is told of it, whatever Twilio says of its end, and it is no missed call', async () => {
  const { calls, told, now } = await openBook();
  for (const callSid of ['CA1', 'CA2', 'CA3']) await calls.reported({ ...report(callSid, 'ringing'), sequence: 0 });
  for (const callSid of ['CA1', 'CA2'])
    calls.book.refused({ callSid, from: BUSINESS, to: BUSINESS, test: false, at: now(), why: 'loop' });
  await calls.reported(report('CA1', 'busy'));
  await calls.reported(report('CA2', 'completed'));
  await calls.reported(report('CA3', 'no-answer'));
  for (let ms = 0; ms < 5_000 && told.length === 0; ms += 20) await pause(20);
  await pause(50);
  expect(told.map(({ type, data }) => [type, (data as { call_sid: string }).call_sid])).toEqual([
    ['call.ended', 'CA3'],
  ]);
  const outcomes = (await calls.search({ limit: 9 })).map(({ sid, outcome }) => `${sid} ${outcome}`);
  expect(outcomes.sort()).toEqual(['CA1 failed', 'CA2 failed', 'CA3 missed']);
});
