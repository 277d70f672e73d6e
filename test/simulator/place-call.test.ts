import { gzipSync } from 'node:zlib';
import { sayInTurn } from '../../src/simulator/caller';
import type { CallEvent } from '../../src/simulator/call-report';
import { placeCall } from '../../src/simulator/place-call';
import { makeWav } from './make-wav';
import { startStubApp, twiml } from './stub-app';
import type { Answer, Routes, StubApp } from './stub-app';

let app: StubApp;
const answering = async (routes: Routes): Promise<void> => {
  app = await startStubApp(routes);
};
afterEach(() => app.close());

test('a call begins as Twilio begins one', async () => {
  await answering({ '/api/voice/incoming': '<Hangup/>' });
  const report = await placeCall({ url: app.url, extraFields: { ForwardedFrom: '+12025550177' } }, sayInTurn([]));
  const [incoming] = app.to('/api/voice/incoming');
  expect(incoming?.headers).toMatchObject({
    'user-agent': 'TwilioProxy/1.1',
    accept: '*/*',
    'accept-encoding': 'gzip',
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
  });
  expect(incoming?.fields).toMatchObject({
    CallSid: report.callSid,
    From: '+12025550101',
    Caller: '+12025550101',
    To: '+12025550100',
    Called: '+12025550100',
    CallStatus: 'ringing',
    Direction: 'inbound',
    ApiVersion: '2010-04-01',
    StirVerstat: 'TN-Validation-Passed-A',
    FromCity: 'WASHINGTON',
    ForwardedFrom: '+12025550177',
  });
  expect(incoming?.body).toMatch(/^Called=%2B12025550100&ToState=DC&CallerCountry=US&Direction=inbound&/);
  expect(report.callSid).toMatch(/^CA[0-9a-f]{32}$/);
  expect(incoming?.fields['AccountSid']).toMatch(/^AC[0-9a-f]{32}$/);
});

test('the app is told how the call ended', async () => {
  await answering({
    '/api/voice/incoming': '<Gather input="speech" timeout="90"><Pause length="20"/></Gather>',
  });
  await placeCall({ url: app.url }, sayInTurn([]));
  expect(app.to('/api/voice/status')[0]?.fields).toMatchObject({
    CallStatus: 'completed',
    CallDuration: '110',
    Duration: '2',
    SequenceNumber: '0',
    CallbackSource: 'call-progress-events',
    Timestamp: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} \+0000$/) as string,
  });
});

test.each([
  ['busy', '<Reject reason="busy"/>', true],
  ['no-answer', '<Reject/>', false],
])('a refused caller hears %s', async (status, verbs, busy) => {
  await answering({ '/api/voice/incoming': verbs });
  const report = await placeCall({ url: app.url }, sayInTurn([]));
  expect(report).toMatchObject({ busy, endedBy: 'server', problems: [] });
  expect(app.to('/api/voice/status')[0]?.fields).toMatchObject({ CallStatus: status, CallDuration: '0' });
});

test('a Reject that comes too late is warned of', async () => {
  await answering({ '/api/voice/incoming': '<Say>Hello</Say><Reject/>' });
  const report = await placeCall({ url: app.url }, sayInTurn([]));
  expect(report.warnings).toHaveLength(1);
  expect(app.to('/api/voice/status')[0]?.fields['CallStatus']).toBe('completed');
});

test('a caller is heard, answered, and hung up on, and the report tells it all', async () => {
  await answering({
    '/api/voice/incoming':
      '<Gather input="speech" action="api/x/../process?turn=1"><Say>Hello.  How are\nyou?</Say></Gather>',
    '/api/voice/api/process': '<Play>/tone.wav</Play><Redirect>/continue</Redirect>',
    '/continue': '<Say>Goodbye.</Say><Hangup/>',
  });
  const events: CallEvent[] = [];
  const report = await placeCall(
    { url: app.url, onEvent: (event) => events.push(event) },
    sayInTurn([{ say: 'Fine', confidence: 0.5 }]),
  );
  expect(report).toMatchObject({ endedBy: 'server', busy: false, problems: [], warnings: [], hops: 2 });
  expect(report.documents.map(({ verbs, status }) => [status, ...verbs])).toEqual([
    [200, 'Gather'],
    [200, 'Play', 'Redirect'],
    [200, 'Say', 'Hangup'],
  ]);
  expect(report.documents[1]?.fields).toEqual({ SpeechResult: 'Fine', Confidence: '0.5' });
  expect(report.heard).toMatchObject([
    { by: 'say', turn: 1, text: 'Hello. How are you?', insideGather: true },
    { by: 'play', turn: 2, clipUrl: `${app.url}/tone.wav`, durationMs: 500, insideGather: false },
    { by: 'say', turn: 2, text: 'Goodbye.' },
  ]);
  expect(app.to('/continue')[0]?.fields).toMatchObject({ CallStatus: 'in-progress' });
  expect(app.to('/continue')[0]?.fields).not.toHaveProperty('SpeechResult');
  expect(events.map(({ kind }) => kind)).toEqual([
    'document',
    'heard',
    'listening',
    'caller',
    'document',
    'heard',
    'document',
    'heard',
    'ended',
  ]);
});

test('the wait for the first sound runs from what the caller said to the end of fetching the clip', async () => {
  await answering({
    '/api/voice/incoming': '<Gather input="speech" action="/process"/>',
    '/process': { afterMs: 30, body: '<Response><Play>/late.wav</Play><Play>/tone.wav</Play></Response>' },
    '/late.wav': { afterMs: 30, type: 'audio/wav', body: makeWav({}) },
  });
  const report = await placeCall({ url: app.url }, sayInTurn([{ say: 'Hello' }]));
  expect(report.heard.map(({ turn }) => turn)).toEqual([2, 2]);
  expect(report.heard[0]?.msAfterRequest).toBeGreaterThanOrEqual(58);
});

test('an HTTP redirect is followed, without what the caller said', async () => {
  await answering({
    '/api/voice/incoming': '<Gather input="speech" action="/process"/>',
    '/process': { status: 307, type: null, headers: { location: 'moved?a=1' } },
    '/moved': '<Say>Here.</Say>',
  });
  const report = await placeCall({ url: app.url }, sayInTurn([{ say: 'Hello' }]));
  expect(report.heard).toMatchObject([{ text: 'Here.' }]);
  expect(app.to('/moved')[0]).toMatchObject({ method: 'GET' });
  expect(app.to('/moved')[0]?.path).not.toContain('SpeechResult');
  expect(report.documents[1]?.url).toBe(`${app.url}/moved?a=1`);
});

test('a slow webhook is warned of', async () => {
  await answering({ '/api/voice/incoming': { afterMs: 40, body: '<Response/>' } });
  const report = await placeCall({ url: app.url, limits: { slowMs: 20 } }, sayInTurn([]));
  expect(report.warnings).toHaveLength(1);
  expect(report.problems).toEqual([]);
});

test('a trial account ends a call after ten hops', async () => {
  await answering({
    '/api/voice/incoming': '<Redirect>/again</Redirect>',
    '/again': (_, count) => (count < 11 ? '<Redirect>/again</Redirect>' : '<Hangup/>'),
  });
  const full = await placeCall({ url: app.url }, sayInTurn([]));
  expect(full).toMatchObject({ problems: [], hops: 11 });
  app.received.length = 0;
  const trial = await placeCall({ url: app.url, trial: true }, sayInTurn([]));
  expect(trial).toMatchObject({ endedBy: 'problem', problems: [{ code: 'trial-hops' }] });
  expect(app.to('/again')).toHaveLength(10);
});

test('a message left after the tone is posted with its recording', async () => {
  await answering({
    '/api/voice/incoming': '<Record action="/left" recordingStatusCallback="/recorded"/><Say>Nothing left.</Say>',
    '/left': '<Hangup/>',
    '/recorded': { status: 204, type: null },
  });
  const left = await placeCall({ url: app.url, recording: { seconds: 12, endedBy: '#' } }, sayInTurn([]));
  expect(left).toMatchObject({ problems: [], warnings: [], heard: [] });
  expect(app.to('/left')[0]?.fields).toMatchObject({ RecordingDuration: '12', Digits: '#' });
  expect(app.to('/recorded')[0]?.fields).toMatchObject({ RecordingStatus: 'completed', CallSid: left.callSid });
  const silent = await placeCall({ url: app.url, recording: { seconds: 0 } }, sayInTurn([]));
  expect(silent.heard).toMatchObject([{ text: 'Nothing left.' }]);
});

test('a caller who is put through comes back when nobody picks up', async () => {
  await answering({
    '/api/voice/incoming': '<Dial action="/dialled" timeout="20"><Number url="/screen">+12025550123</Number></Dial>',
    '/dialled': '<Say>Nobody is there.</Say>',
  });
  await placeCall({ url: app.url }, sayInTurn([]));
  expect(app.to('/dialled')[0]?.fields).toMatchObject({ DialCallStatus: 'no-answer', DialBridged: 'false' });
  await placeCall({ url: app.url, dial: { status: 'completed', seconds: 31 } }, sayInTurn([]));
  expect(app.to('/dialled')[1]?.fields).toMatchObject({
    DialCallStatus: 'completed',
    DialCallDuration: '31',
    DialBridged: 'true',
  });
});

test('a caller may hang up, and the app learns of it', async () => {
  await answering({ '/api/voice/incoming': '<Gather input="speech" action="/process"/>' });
  const report = await placeCall({ url: app.url }, sayInTurn([], 'hang up'));
  expect(report.endedBy).toBe('caller');
  expect(app.to('/process')).toEqual([]);
  expect(app.to('/api/voice/status')).toHaveLength(1);
});

test('a caller who gives up while the app still thinks ends the call', async () => {
  const hangUp = new AbortController();
  await answering({
    '/api/voice/incoming': () => {
      setTimeout(() => hangUp.abort(), 10);
      return { afterMs: 2000, body: '<Response/>' };
    },
  });
  const report = await placeCall({ url: app.url, signal: hangUp.signal }, sayInTurn([]));
  expect(report).toMatchObject({ endedBy: 'caller', problems: [] });
});

test('a caller who gives up in the middle is reported to the app', async () => {
  const hangUp = new AbortController();
  await answering({ '/api/voice/incoming': '<Gather input="speech" action="/process"/>' });
  const report = await placeCall({ url: app.url, signal: hangUp.signal }, () => {
    hangUp.abort();
    return new Promise(() => undefined);
  });
  expect(report).toMatchObject({ endedBy: 'caller', problems: [] });
  expect(app.to('/api/voice/status')).toHaveLength(1);
});

test('a compressed answer is unpacked, and its size is that of what was packed', async () => {
  const headers = { 'content-encoding': 'gzip' };
  const answer = (verbs: string): Answer => ({ headers, body: gzipSync(twiml(verbs)) });
  await answering({
    '/api/voice/incoming': answer('<Say>Hello</Say>'),
  });
  expect(await placeCall({ url: app.url }, sayInTurn([]))).toMatchObject({ problems: [], heard: [{ text: 'Hello' }] });
  await app.close();
  await answering({ '/api/voice/incoming': answer('a'.repeat(70_000)) });
  expect(await placeCall({ url: app.url }, sayInTurn([]))).toMatchObject({ problems: [{ code: 11750 }] });
});

test('a trial account turns a Redirect by GET into a POST', async () => {
  await answering({ '/api/voice/incoming': '<Redirect method="GET">/more</Redirect>', '/more': '' });
  await placeCall({ url: app.url }, sayInTurn([]));
  await placeCall({ url: app.url, trial: true }, sayInTurn([]));
  expect(app.to('/more').map(({ method }) => method)).toEqual(['GET', 'POST']);
});

test('a caller script that fails is not mistaken for a bad call', async () => {
  await answering({ '/api/voice/incoming': '<Gather input="speech"/>' });
  const broken = placeCall({ url: app.url }, () => Promise.reject(new Error('lost my voice')));
  await expect(broken).rejects.toThrow('lost my voice');
});
