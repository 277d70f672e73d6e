import { quietWav } from '../../src/speech/wav';
import { writeWav } from '../../src/speech/wav-writing';
import { startTwilioRestStub, type TwilioRestStub } from '../support/twilio-rest-stub';
import { newSid, type StubRecording } from '../support/twilio-rest-state';
import { ownersCredentials, telephonyAt } from './kit';

let stub: TwilioRestStub;
beforeEach(async () => {
  stub = await startTwilioRestStub();
});
afterEach(() => stub.close());

const owner = () => ownersCredentials(stub);
const call = {
  to: '+12025550143',
  url: 'https://desk.example.com/api/voice/outbound?placed=1',
  fallbackUrl: 'https://desk.example.com/api/voice/fallback',
  statusUrl: 'https://desk.example.com/api/voice/status',
  machineUrl: 'https://desk.example.com/api/voice/machine',
  longestS: 900,
};

function recorded(wav: Buffer): StubRecording {
  const recording = {
    ...{ sid: newSid('RE'), call_sid: newSid('CA'), duration: '7', wav },
    date_created: new Date().toUTCString(),
  };
  stub.state.recordings.push(recording);
  return recording;
}

test('a call is placed with everything it needs to go on without us, by one request', async () => {
  const placed = await telephonyAt(stub).placeCall(owner(), call);
  expect(placed).toMatchObject({ ok: true, sid: stub.state.calls[0]?.sid });
  expect(Object.fromEntries(stub.requests[0]?.form ?? [])).toMatchObject({
    From: '+12025550100',
    FallbackUrl: call.fallbackUrl,
    AsyncAmd: 'true',
    MachineDetection: 'DetectMessageEnd',
  });
});

test('a call that may have been placed is not placed again', async () => {
  stub.state.trouble = { kind: 'hang' };
  expect(await telephonyAt(stub, { timeoutMs: 200 }).placeCall(owner(), call)).toMatchObject({ status: 504 });
  expect(stub.requests).toHaveLength(1);
});

test('a call is ended once, and one that is over stays so', async () => {
  const telephony = telephonyAt(stub);
  const placed = await telephony.placeCall(owner(), call);
  const sid = placed.ok ? placed.sid : '';
  expect(await telephony.endCall(owner(), sid)).toEqual({ ok: true });
  expect(await telephony.endCall(owner(), sid)).toEqual({ ok: true });
  expect(await telephony.endCall(owner(), newSid('CA'))).toMatchObject({ code: 'no_call' });
});

test('a recording is fetched whole, and removed at Twilio; twice is once', async () => {
  const telephony = telephonyAt(stub);
  const { sid, wav } = recorded(quietWav(700));
  expect(await telephony.fetchRecording(owner(), sid)).toEqual({ ok: true, wav, seconds: 0.7 });
  expect(await telephony.removeRecording(owner(), sid)).toEqual({ ok: true });
  expect(await telephony.removeRecording(owner(), sid)).toEqual({ ok: true });
  expect(stub.state.recordings).toEqual([]);
});

test.each<[string, Buffer]>([
  ['a web page', Buffer.from('<html>Please sign in</html>'.padEnd(100))],
  ['half a file', quietWav(700).subarray(0, 500)],
  ['a file without any sound', writeWav({ format: 'pcm16', sampleRate: 8_000, channels: 1, samples: Buffer.alloc(0) })],
])('%s is no recording', async (_what, wav) => {
  expect(await telephonyAt(stub).fetchRecording(owner(), recorded(wav).sid)).toMatchObject({ code: 'not_whole' });
});

test('a recording that is not there yet is asked again later', async () => {
  const { sid } = recorded(quietWav(700));
  stub.state.recordingMisses = 1;
  const telephony = telephonyAt(stub);
  expect(await telephony.fetchRecording(owner(), sid)).toMatchObject({ code: 'not_yet' });
  expect(await telephony.fetchRecording(owner(), sid)).toMatchObject({ ok: true });
});

test('what came while we were away is listed', async () => {
  const began = Date.now() - 60_000;
  const missed = { from: '+12025550143', to: '+12025550100', direction: 'inbound', status: 'completed' };
  const times = { start_time: new Date(began + 10_000).toUTCString(), end_time: new Date().toUTCString() };
  stub.state.calls.push({ sid: newSid('CA'), ...missed, ...times, duration: '31' });
  recorded(quietWav(700));
  const history = await telephonyAt(stub).history(owner(), began);
  expect(history).toMatchObject({
    ok: true,
    calls: [{ from: '+12025550143', status: 'completed', seconds: 31 }],
    recordings: [{ seconds: 7 }],
  });
});

test('a text is sent, or why not is said', async () => {
  const text = { to: '+12025550143', words: 'A message.' };
  expect(await telephonyAt(stub).sendText(owner(), text)).toMatchObject({ ok: true });
  expect(stub.state.texts).toEqual([{ to: text.to, from: '+12025550100', body: text.words }]);
  stub.state.textError = 30034;
  expect(await telephonyAt(stub).sendText(owner(), text)).toMatchObject({ ok: false });
});

test.each([
  [undefined, 'unregistered'],
  ['IN_PROGRESS', 'waiting'],
  ['VERIFIED', 'ready'],
  ['FAILED', 'refused'],
])('a campaign that is %s leaves texts %s', async (campaign, state) => {
  stub.state.campaign = campaign;
  expect(await telephonyAt(stub).textState(owner())).toMatchObject({ ok: true, state });
});
