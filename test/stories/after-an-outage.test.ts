import { join } from 'node:path';
import { quietWav } from '../../src/speech/wav';
import { addressIn, AUTH_TOKEN, BUSINESS, CALLER, startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import type { StubCall } from '../support/twilio-rest-state';
import { startTwilioRestStub } from '../support/twilio-rest-stub';

const TOKEN = 'an-admin-token-of-tests';
const MIN = 60_000;
const NOW = Date.UTC(2026, 10, 20, 15);
const sid = (n: number) => `CA${String(n).padStart(32, '0')}`;
const recordingSid = (n: number) => `RE${String(n).padStart(32, '0')}`;

async function startTwilio() {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  twilio.state.account.authToken = AUTH_TOKEN;
  return twilio;
}
type Twilio = Awaited<ReturnType<typeof startTwilio>>;

/** Starts Frontdesk at a time, on the data of an earlier one if that is named. */
const start = (twilio: Twilio, { at, before }: { at: number; before?: Running }) =>
  startFrontdesk({
    env: {
      ADMIN_TOKEN: TOKEN,
      TWILIO_API_BASE_URL: twilio.url,
      TWILIO_ACCOUNT_SID: twilio.state.account.sid,
      TWILIO_PHONE_NUMBER: BUSINESS,
      ...(before ? { DATA_DIR: join(before.directory, 'data') } : {}),
    },
    overrides: { clock: { now: () => at } },
  });

const callAt = (n: number, at: number, more: Partial<StubCall> = {}): StubCall => ({
  ...{ sid: sid(n), from: CALLER, to: BUSINESS, direction: 'inbound', status: 'completed' },
  ...{ start_time: new Date(at).toUTCString(), end_time: new Date(at + MIN).toUTCString(), duration: '60' },
  ...more,
});
const recordingOf = (n: number, at: number) => ({
  ...{ sid: recordingSid(n), call_sid: sid(n), duration: '9', wav: quietWav(9_000) },
  date_created: new Date(at).toUTCString(),
});

async function read<T>({ url }: Running, path: string): Promise<T> {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${TOKEN}` } });
  return (await answer.json()) as T;
}
interface Listed {
  calls: { sid: string; outcome: string; from: string; direction: string }[];
}
interface Inbox {
  messages: {
    call_sid: string;
    name: string | null;
    reason: string | null;
    voicemail: { url: string | null } | null;
  }[];
}
async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Frontdesk answers one call and is closed. */
async function beforeTheOutage(twilio: Twilio, at: number): Promise<Running> {
  const before = await start(twilio, { at });
  await before.post('incoming', {}, sid(1));
  await before.post('status', { CallStatus: 'completed', CallDuration: '5' }, sid(1));
  await before.app.close();
  return before;
}

test('an hour of outage: every missed call and the voicemail of our fallback are in the book afterwards', async () => {
  const twilio = await startTwilio();
  const before = await beforeTheOutage(twilio, NOW - 60 * MIN);
  const ends = ['completed', 'no-answer', 'busy', 'completed', 'canceled'];
  for (const [n, status] of ends.entries())
    twilio.state.calls.push(callAt(n + 2, NOW - (50 - 10 * n) * MIN, { status }));
  twilio.state.calls.push(callAt(9, NOW - MIN, { status: 'in-progress', end_time: null, duration: null }));
  twilio.state.recordings.push(recordingOf(5, NOW - 20 * MIN));
  const after = await start(twilio, { at: NOW, before });
  await until(async () => (await read<Inbox>(after, '/api/messages')).messages[0]?.voicemail?.url != null);
  const { calls } = await read<Listed>(after, '/api/calls');
  const outcomes = Object.fromEntries(calls.map((call) => [Number(call.sid.slice(2)), call.outcome]));
  expect(outcomes).toEqual({ 1: 'abandoned', 2: 'missed', 3: 'missed', 4: 'failed', 5: 'message', 6: 'missed' });
  expect(calls.every(({ from, direction }) => from === CALLER && direction === 'inbound')).toBe(true);
  const { messages } = await read<Inbox>(after, '/api/messages');
  expect(messages.map((message) => message.call_sid)).toEqual([sid(5)]);
  await after.app.close();
  const again = await start(twilio, { at: NOW + 5 * MIN, before });
  await until(() => twilio.requests.filter(({ path }) => path.includes('/Recordings')).length > 2);
  expect((await read<Listed>(again, '/api/calls')).calls).toHaveLength(6);
  expect((await read<Inbox>(again, '/api/messages')).messages).toHaveLength(1);
});

test('what another system answered and recorded before is not ours: it stays where it is', async () => {
  const twilio = await startTwilio();
  twilio.state.calls.push(callAt(5, NOW - 20 * 60 * MIN));
  twilio.state.recordings.push(recordingOf(5, NOW - 20 * 60 * MIN));
  const first = await start(twilio, { at: NOW });
  await first.post('incoming', {}, sid(1));
  await first.post('status', { CallStatus: 'completed', CallDuration: '5' }, sid(1));
  await first.app.close();
  twilio.state.calls.push(callAt(6, NOW + MIN), callAt(7, NOW + MIN));
  twilio.state.recordings.push({ ...recordingOf(6, NOW + MIN), source: 'DialVerb' }, recordingOf(7, NOW + MIN));
  const second = await start(twilio, { at: NOW + 60 * MIN, before: first });
  await until(async () => (await read<Inbox>(second, '/api/messages')).messages[0]?.voicemail?.url != null);
  const { calls } = await read<Listed>(second, '/api/calls');
  expect(calls.map((call) => call.sid)).toEqual([sid(7), sid(6), sid(1)]);
  expect((await read<Inbox>(second, '/api/messages')).messages.map((each) => each.call_sid)).toEqual([sid(7)]);
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // longer than between two looks at what is to be removed
  expect(twilio.state.recordings.map((each) => each.call_sid)).toEqual([sid(5), sid(6), sid(7)]);
});

test('a message that was begun before the outage is kept though its caller hung up meanwhile', async () => {
  const twilio = await startTwilio();
  const before = await start(twilio, { at: NOW - 5 * MIN });
  let { xml } = await before.post('incoming', {}, sid(1));
  for (const SpeechResult of ["I'd like to leave a message", 'my wheel is bent', 'Ada'])
    ({ xml } = await before.post(addressIn(xml, 'process'), { SpeechResult }, sid(1)));
  twilio.state.calls.push(callAt(1, NOW - 5 * MIN));
  const after = await start(twilio, { at: NOW, before });
  await until(async () => (await read<Inbox>(after, '/api/messages')).messages.length > 0);
  const { messages } = await read<Inbox>(after, '/api/messages');
  expect(messages).toEqual([expect.objectContaining({ name: 'Ada', reason: 'my wheel is bent' })]);
  expect((await read<Listed>(after, '/api/calls')).calls[0]?.outcome).toBe('message');
});

test('a recording that comes to be known after its caller was forgotten is removed at Twilio', async () => {
  const twilio = await startTwilio();
  const before = await start(twilio, { at: NOW - 60 * MIN });
  for (const [n, From] of [CALLER, '+12025550177'].entries()) {
    await before.post('incoming', { From }, sid(n + 1));
    await before.post('status', { From, CallStatus: 'completed', CallDuration: '5' }, sid(n + 1));
  }
  const forgotten = await fetch(`${before.url}/api/callers/${encodeURIComponent(CALLER)}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  expect(forgotten.status).toBe(200);
  await before.app.close();
  twilio.state.recordings.push(recordingOf(1, NOW - 59 * MIN));
  const after = await start(twilio, { at: NOW, before });
  await until(() => twilio.state.recordings.length === 0);
  expect((await read<Listed>(after, '/api/calls')).calls.map((call) => call.sid)).toEqual([sid(2)]);
  expect((await read<Inbox>(after, '/api/messages')).messages).toEqual([]);
}, 20_000);
