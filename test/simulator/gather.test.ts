import { sayInTurn } from '../../src/simulator/caller';
import type { CallerAct, HeardSoFar } from '../../src/simulator/caller';
import type { CallReport } from '../../src/simulator/call-report';
import type { PhoneLine } from '../../src/simulator/phone-line';
import { placeCall } from '../../src/simulator/place-call';
import { startStubApp } from './stub-app';
import type { Received } from './stub-app';

/** Calls an app whose greeting is this Gather, followed by a Say. */
async function callGather(
  attributes: string,
  acts: CallerAct[],
  line: Partial<PhoneLine> = {},
): Promise<{ report: CallReport; action: Received | undefined; partials: Received[] }> {
  const app = await startStubApp({
    '/api/voice/incoming': `<Gather ${attributes} action="/process"><Say>Hello</Say></Gather><Say>Nobody there?</Say>`,
    '/process': '<Hangup/>',
    '/partial': { status: 204, type: null },
  });
  try {
    const report = await placeCall({ url: app.url, ...line }, sayInTurn(acts));
    return { report, action: app.to('/process')[0], partials: app.to('/partial') };
  } finally {
    await app.close();
  }
}

const typed = ({ fields }: Received): unknown => [fields['Digits'], fields['FinishedOnKey'], fields['msg']];

test.each([
  ['numDigits="1"', '1', ['1', '', 'Gather End']],
  ['numDigits="4"', '1234', ['1234', '', 'Gather End']],
  ['', '123#', ['123', '#', 'Gather End']],
  ['', '2025550123', ['2025550123', '', 'Gather End']],
  ['finishOnKey="*"', '12#3*', ['12#3', '*', 'Gather End']],
  ['finishOnKey=""', '12#', ['12#', '', 'Gather End']],
  ['', '#12#', ['12', '#', 'Gather End']],
])('a caller types into <Gather %s>: %s', async (attributes, press, expected) => {
  const { report, action } = await callGather(attributes, [{ press }]);
  expect(report.problems).toEqual([]);
  expect(action && typed(action)).toEqual(expected);
  expect(action?.fields).not.toHaveProperty('SpeechResult');
});

test('typed keys wait for the timeout only when nothing else ends them', async () => {
  const waits: number[] = [];
  const pace = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
  await callGather('timeout="9"', [{ press: '12' }], { pace });
  expect(waits).toContain(9000);
  waits.length = 0;
  await callGather('timeout="9" numDigits="2"', [{ press: '12' }], { pace });
  expect(waits).not.toContain(9000);
});

test('what a caller says arrives with a confidence, or without', async () => {
  const usual = await callGather('input="dtmf speech"', [{ say: ' I’d like a table. ' }]);
  expect(usual.action?.fields).toMatchObject({ SpeechResult: 'I’d like a table.', Confidence: '0.9273' });
  const without = await callGather('input="speech"', [{ say: 'Hello', confidence: null }]);
  expect(without.action?.fields).not.toHaveProperty('Confidence');
});

test('silence falls through to the next verb', async () => {
  const { report, action } = await callGather('input="speech"', []);
  expect(action).toBeUndefined();
  expect(report.heard.map(({ text }) => text)).toEqual(['Hello', 'Nobody there?']);
});

test('silence is posted where the app asks for empty results, with the fields absent or empty', async () => {
  const absent = await callGather('input="speech" actionOnEmptyResult="true"', []);
  expect(absent.action).toBeDefined();
  expect(absent.action?.fields).not.toHaveProperty('SpeechResult');
  const empty = await callGather('input="speech" actionOnEmptyResult="true"', [], { emptyResult: 'empty' });
  expect(empty.action?.fields).toMatchObject({ SpeechResult: '', Digits: '' });
});

test('a Gather without an action asks the same document again', async () => {
  const app = await startStubApp({
    '/api/voice/incoming': '<Redirect>/menu?level=1</Redirect>',
    '/menu': (_, count) => (count === 1 ? '<Gather/>' : '<Hangup/>'),
  });
  const report = await placeCall({ url: app.url }, sayInTurn([{ press: '5#' }]));
  await app.close();
  expect(report.problems).toEqual([]);
  expect(app.to('/menu').map(({ path, fields }) => [path, fields['Digits']])).toEqual([
    ['/menu?level=1', undefined],
    ['/menu?level=1', '5'],
  ]);
});

test('a caller’s words are told before they are finished, where the app asks for it', async () => {
  const { report, partials } = await callGather('input="speech" partialResultCallback="/partial"', [
    { say: 'are you open' },
  ]);
  expect(report.warnings).toEqual([]);
  expect(partials.map(({ fields }) => [fields['SequenceNumber'], fields['UnstableSpeechResult']])).toEqual([
    ['0', 'are'],
    ['1', 'are you'],
    ['2', 'are you open'],
  ]);
});

test('a caller is asked once the prompt is known, and told what was heard since they last spoke', async () => {
  const app = await startStubApp({
    '/api/voice/incoming': '<Say>Hello.</Say><Gather input="speech" action="/process" hints="open, closed"/>',
    '/process': '<Play>/tone.wav</Play><Gather input="speech" timeout="7" action="/end"><Say>What else?</Say></Gather>',
    '/end': '<Hangup/>',
  });
  const asked: HeardSoFar[] = [];
  await placeCall({ url: app.url }, (heard) => {
    asked.push({ ...heard, all: [...heard.all] });
    return { say: 'Something' };
  });
  await app.close();
  expect(asked).toMatchObject([
    {
      turn: 1,
      sinceLastAct: [{ text: 'Hello.' }],
      listening: { speech: true, keys: false, hints: ['open', 'closed'] },
    },
    { turn: 2, sinceLastAct: [{ by: 'play' }, { text: 'What else?' }], listening: { timeoutMs: 7000 } },
  ]);
});

test('a caller hears the prompt out, or talks over it', async () => {
  const waits: number[] = [];
  const pace = (ms: number): Promise<void> => Promise.resolve(void waits.push(Math.ceil(ms / 10) * 10));
  await callGather('input="speech" speechTimeout="auto"', [{ say: 'Yes please' }], { pace });
  // "Hello" takes 325 ms, each of two words 350, the pause after them 800.
  expect(waits).toEqual([330, 350, 350, 800]);
  waits.length = 0;
  await callGather('input="speech" speechTimeout="2"', [{ say: 'Yes please', afterMs: 100 }], { pace });
  expect(waits).toEqual([100, 350, 350, 2000]);
});

test('a clip outside a Gather is deaf: nobody is asked while it plays', async () => {
  const app = await startStubApp({ '/api/voice/incoming': '<Play>/tone.wav</Play><Say>Bye.</Say>' });
  const caller = jest.fn(sayInTurn([{ say: 'Hello?' }]));
  const report = await placeCall({ url: app.url }, caller);
  await app.close();
  expect(caller).not.toHaveBeenCalled();
  expect(report.heard).toMatchObject([{ insideGather: false }, { insideGather: false }]);
});

test('on a real line, time passes', async () => {
  const before = Date.now();
  const app = await startStubApp({ '/api/voice/incoming': '<Play>/tone.wav</Play>' });
  await placeCall({ url: app.url, pace: 'real' }, sayInTurn([]));
  await app.close();
  expect(Date.now() - before).toBeGreaterThanOrEqual(490);
});

test('keys that no telephone has are a mistake of the script', async () => {
  await expect(callGather('', [{ press: '12a' }])).rejects.toThrow(TypeError);
});
