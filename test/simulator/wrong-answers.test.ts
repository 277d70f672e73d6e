import { sayInTurn } from '../../src/simulator/caller';
import type { CallerAct } from '../../src/simulator/caller';
import type { PhoneLine } from '../../src/simulator/phone-line';
import { placeCall } from '../../src/simulator/place-call';
import { chunk, makeWav } from './make-wav';
import { startStubApp, twiml } from './stub-app';
import type { Answer, Routes } from './stub-app';

interface Wrong {
  code: number | string;
  incoming: Answer;
  routes?: Routes;
  line?: Partial<PhoneLine>;
  acts?: CallerAct[];
  fatal?: boolean;
}

const sayOf = (length: number, voice: string): string => `<Say voice="${voice}">${'a'.repeat(length)}</Say>`;
const clip = (body: Buffer, type = 'audio/wav'): Pick<Wrong, 'incoming' | 'routes'> => ({
  incoming: '<Play>/clip.wav</Play>',
  routes: { '/clip.wav': { type, body } },
});
const redirectTo = (location: string): Answer => ({ status: 302, type: null, headers: { location } });

const wrongAnswers: Record<string, Wrong> = {
  'a page that is not there': { code: 11217, incoming: { status: 404, body: 'no' }, fatal: true },
  'an app that failed': { code: 11217, incoming: { status: 500, body: 'no' }, fatal: true },
  'an app that asks to slow down': { code: 11217, incoming: { status: 429, body: 'no' }, fatal: true },
  'an answer that is not modified': { code: 11200, incoming: { status: 304, type: null }, fatal: true },
  'a webhook that takes too long': {
    code: 11200,
    incoming: { afterMs: 2000, body: twiml('') },
    line: { limits: { webhookMs: 60 } },
    fatal: true,
  },
  'an answer that breaks off': { code: 11200, incoming: { body: '<Response><Say>He', cutOff: true }, fatal: true },
  'a redirect in circles': { code: 11215, incoming: redirectTo('/api/voice/incoming'), fatal: true },
  'an empty answer': { code: 11770, incoming: { body: '' }, fatal: true },
  'more than 64 kB': { code: 11750, incoming: `<Say>${'word '.repeat(14_000)}</Say>`, fatal: true },
  'no content type': { code: 12300, incoming: { type: null, body: twiml('') }, fatal: true },
  JSON: { code: 12300, incoming: { type: 'application/json', body: '{"say":"hello"}' }, fatal: true },
  'plain text': { code: 12300, incoming: { type: 'text/plain', body: 'Hello' }, fatal: true },
  'a tag left open': { code: 12100, incoming: { body: '<Response><Say>Hello</Response>' }, fatal: true },
  'a bare ampersand': { code: 12100, incoming: '<Say>Cut & Dried</Say>', fatal: true },
  'an unknown entity': { code: 12100, incoming: '<Say>Caf&eacute;</Say>', fatal: true },
  'a control character': { code: 12100, incoming: '<Say>ding\u0007</Say>', fatal: true },
  'something before the XML declaration': { code: 12100, incoming: { body: `\n${twiml('')}` }, fatal: true },
  'two roots': { code: 12100, incoming: { body: '<Response/><Response/>' }, fatal: true },
  'bytes that are not UTF-8': {
    code: 12100,
    incoming: { body: Buffer.from('<Response><Say>caf\xe9</Say></Response>', 'latin1') },
    fatal: true,
  },
  'a page instead of TwiML': { code: 12102, incoming: { type: 'text/html', body: '<html></html>' }, fatal: true },
  'an unknown verb': { code: 12200, incoming: '<Speak>Hello</Speak>' },
  'a verb in the wrong case': { code: 12200, incoming: '<say>Hello</say>' },
  'an unknown attribute': { code: 12200, incoming: '<Say volume="9">Hello</Say>' },
  'an attribute in the wrong case': { code: 12200, incoming: '<Gather numdigits="1"/>' },
  'text between the verbs': { code: 12200, incoming: 'Hello <Hangup/>' },
  'text inside a Gather': { code: 12200, incoming: '<Gather>Hello</Gather>' },
  'a verb inside a Say': { code: 12200, incoming: '<Say>Hello<Play>/tone.wav</Play></Say>' },
  'a verb inside a Pause': { code: 12200, incoming: '<Pause><Say>Hello</Say></Pause>' },
  'a verb that cannot be simulated': { code: 'not-simulated', incoming: '<Connect/>' },
  'a verb after a Hangup': { code: 'unreachable-verb', incoming: '<Hangup/><Say>Hello</Say>' },
  'a verb after a Reject': { code: 'unreachable-verb', incoming: '<Reject/><Say>Hello</Say>' },
  'a verb after a Redirect': {
    code: 'unreachable-verb',
    incoming: '<Redirect>/end</Redirect><Hangup/>',
    routes: { '/end': '' },
  },
  'a Redirect inside a Gather': { code: 13320, incoming: '<Gather><Redirect>/x</Redirect></Gather>' },
  'a Dial inside a Gather': { code: 13320, incoming: '<Gather><Dial>+12025550123</Dial></Gather>' },
  'played keys inside a Gather': { code: 13320, incoming: '<Gather><Play digits="1"/></Gather>' },
  'a finishing key of two': { code: 13310, incoming: '<Gather finishOnKey="#*"/>' },
  'a Gather method nobody knows': { code: 13312, incoming: '<Gather method="PUT"/>' },
  'a timeout in words': { code: 13313, incoming: '<Gather timeout="auto"/>' },
  'no digits to wait for': { code: 13314, incoming: '<Gather numDigits="0"/>' },
  'an input with a comma': { code: 13326, incoming: '<Gather input="dtmf,speech"/>' },
  'half a second of speech timeout': { code: 13327, incoming: '<Gather speechTimeout="0.5"/>' },
  'a partial-result method nobody knows': { code: 13329, incoming: '<Gather partialResultCallbackMethod="PUT"/>' },
  'a hint of more than 100 characters': { code: 13330, incoming: `<Gather hints="${'a'.repeat(101)}"/>` },
  'more than 500 hints': { code: 13330, incoming: `<Gather hints="${'a,'.repeat(500)}a"/>` },
  'a language in words': { code: 13331, incoming: '<Gather language="English"/>' },
  'a Gather in all languages at once': { code: 13331, incoming: '<Gather language="multi"/>' },
  'a profanity filter that is neither on nor off': { code: 13333, incoming: '<Gather profanityFilter="no"/>' },
  'a model without its maker': { code: 13334, incoming: '<Gather speechModel="nova-3" speechTimeout="1"/>' },
  'auto with a model': { code: 13335, incoming: '<Gather speechModel="phone_call" speechTimeout="auto"/>' },
  'an empty result that is neither wanted nor not': { code: 13338, incoming: '<Gather actionOnEmptyResult="TRUE"/>' },
  'an action that is no address': { code: 11100, incoming: '<Gather action="mailto:a@example.com"/>' },
  'a Redirect to nowhere': { code: 11100, incoming: '<Redirect></Redirect>', fatal: true },
  'a Play of nothing': { code: 11100, incoming: '<Play></Play>', fatal: true },
  'a Play that loops once and a half': { code: 13410, incoming: '<Play loop="1.5">/tone.wav</Play>' },
  'a Play of letters as keys': { code: 13430, incoming: '<Play digits="xyz"/>' },
  'a Say that loops less than never': { code: 13510, incoming: '<Say loop="-1">Hello</Say>' },
  'a voice nobody has': { code: 13511, incoming: '<Say voice="Robert">Hello</Say>' },
  'a Google voice without its maker': { code: 13511, incoming: '<Say voice="en-US-Neural2-F">Hello</Say>' },
  'a voice that speaks another language': {
    code: 13512,
    incoming: '<Say voice="Google.en-US-Neural2-F" language="de-DE">Hallo</Say>',
  },
  'a Say of nothing': { code: 13520, incoming: '<Say> </Say>' },
  'speech markup for a basic voice': { code: 13520, incoming: '<Say voice="man">Hello <break/></Say>' },
  'a basic voice that is given too much': { code: 13521, incoming: sayOf(4097, 'man') },
  'a Polly voice that is given too much': { code: 13521, incoming: sayOf(3001, 'Polly.Joanna-Neural') },
  'a Google voice that is given too much': { code: 13521, incoming: sayOf(5001, 'Google.en-US-Neural2-F') },
  'a Record method nobody knows': {
    code: 13610,
    incoming: '<Record method="PUT"/>',
    line: { recording: { seconds: 0 } },
  },
  'a Record timeout in words': { code: 13611, incoming: '<Record timeout="5s"/>', line: { recording: { seconds: 0 } } },
  'a Record of two days': {
    code: 13612,
    incoming: '<Record maxLength="172800"/>',
    line: { recording: { seconds: 0 } },
  },
  'a Record that ends on letters': {
    code: 13613,
    incoming: '<Record finishOnKey="a"/>',
    line: { recording: { seconds: 0 } },
  },
  'a beep that is neither on nor off': {
    code: 13616,
    incoming: '<Record playBeep="yes"/>',
    line: { recording: { seconds: 0 } },
  },
  'a Record trimmed somehow': { code: 13699, incoming: '<Record trim="true"/>', line: { recording: { seconds: 0 } } },
  'a Redirect method nobody knows': {
    code: 13710,
    incoming: '<Redirect method="PUT">/end</Redirect>',
    routes: { '/end': '' },
  },
  'a Reject for a reason of its own': { code: 13810, incoming: '<Reject reason="closed"/>' },
  'a Pause of no time': { code: 13910, incoming: '<Pause length="0"/>' },
  'a Dial timeout in words': { code: 13212, incoming: '<Dial timeout="20s">+12025550123</Dial>' },
  'a caller ID that is no number': { code: 13214, incoming: '<Dial callerId="us">+12025550123</Dial>' },
  'a Say inside a Dial': { code: 13215, incoming: '<Dial><Say>Hello</Say></Dial>' },
  'a number without its country': { code: 13223, incoming: '<Dial><Number>2025550123</Number></Dial>' },
  'a Dial of nobody': { code: 13223, incoming: '<Dial/>' },
  'a clip that is not there': { code: 11217, incoming: '<Gather><Play>/gone.wav</Play></Gather>', fatal: true },
  'a clip on a server that is down': { code: 11205, incoming: '<Play>http://127.0.0.1:1/a.wav</Play>', fatal: true },
  'a clip that is a page': { code: 12300, ...clip(Buffer.from('<html>'), 'text/html'), fatal: true },
  'a clip in a Gather that is a page': {
    code: 13325,
    ...clip(Buffer.from('<html>'), 'text/html'),
    incoming: '<Gather><Play>/clip.wav</Play></Gather>',
    fatal: true,
  },
  'a clip that is no WAV file': { code: 'clip-format', ...clip(Buffer.from('ID3 this is not RIFF')) },
  'a clip nobody can check': { code: 'clip-format', ...clip(makeWav({}), 'audio/mpeg') },
  'a clip in high fidelity': { code: 'clip-format', ...clip(makeWav({ rate: 24_000 })) },
  'a clip in stereo': { code: 'clip-format', ...clip(makeWav({ channels: 2 })) },
  'a clip in 8-bit PCM': { code: 'clip-format', ...clip(makeWav({ bits: 8 })) },
  'a clip in floating point': { code: 'clip-format', ...clip(makeWav({ format: 3, bits: 32 })) },
  'a clip without sound': { code: 'clip-format', ...clip(chunk('RIFF', Buffer.from('WAVE'))) },
  'a clip cut off in the middle': { code: 'clip-truncated', ...clip(makeWav({}).subarray(0, 4000)) },
  'a clip whose length was never filled in': {
    code: 'clip-truncated',
    ...clip(makeWav({ declaredBytes: 0xffffffff })),
  },
  'a clip that ends within a sample': { code: 'clip-truncated', ...clip(makeWav({ data: Buffer.alloc(801, 60) })) },
  'a silent clip': { code: 'clip-silent', ...clip(makeWav({ data: Buffer.alloc(48_000) })) },
  'a short silent clip': { code: 'clip-silent', ...clip(makeWav({ data: Buffer.alloc(8_000) })) },
  'silence in mu-law': { code: 'clip-silent', ...clip(makeWav({ format: 7, data: Buffer.alloc(8_000, 0xff) })) },
  'silence in A-law': { code: 'clip-silent', ...clip(makeWav({ format: 6, data: Buffer.alloc(8_000, 0xd5) })) },
  'speech to a Gather for keys': { code: 'not-heard', incoming: '<Gather/>', acts: [{ say: 'Hello' }] },
  'keys to a Gather for speech': { code: 'not-heard', incoming: '<Gather input="speech"/>', acts: [{ press: '1' }] },
  'keys after the last one': {
    code: 'not-heard',
    incoming: '<Gather numDigits="1" action="/end"/>',
    routes: { '/end': '' },
    acts: [{ press: '12' }],
  },
  'an endless loop': {
    code: 'too-many-documents',
    incoming: '<Redirect>/api/voice/incoming</Redirect>',
    line: { limits: { documents: 7 } },
    fatal: true,
  },
  'a status callback that fails': { code: 15003, incoming: '', routes: { '/api/voice/status': { status: 500 } } },
};

test.each(Object.entries(wrongAnswers))('the caller is not left with %s', async (_, wrong) => {
  const app = await startStubApp({ '/api/voice/incoming': wrong.incoming, ...wrong.routes });
  try {
    const report = await placeCall({ url: app.url, ...wrong.line }, sayInTurn(wrong.acts ?? []));
    expect(report.problems.map(({ code }) => code)).toEqual([wrong.code]);
    expect(report.endedBy).toBe(wrong.fatal === true ? 'problem' : 'server');
  } finally {
    await app.close();
  }
});

test('a faultless call has no problem at all', async () => {
  const app = await startStubApp({
    '/api/voice/incoming':
      '<!-- hello --><Say voice="Polly.Joanna-Neural">Hello <break time="1s"/> there</Say><Pause/>' +
      '<Gather input="speech dtmf" numDigits="1" timeout="6" speechTimeout="auto" actionOnEmptyResult="true" ' +
      'profanityFilter="false" hints="Acme, open" action="/process?turn=1"><Play>/tone.wav</Play></Gather>',
    '/process': '<Say voice="Google.en-US-Chirp3-HD-Kore" language="en-US">We are open.</Say><Hangup/>',
  });
  const report = await placeCall({ url: app.url }, sayInTurn([{ say: 'Are you open?' }]));
  await app.close();
  expect(report.problems).toEqual([]);
  expect(report.warnings).toEqual([]);
});

test('a server that has gone away is a call nobody answers', async () => {
  const app = await startStubApp({});
  await app.close();
  const report = await placeCall({ url: app.url }, sayInTurn([]));
  expect(report.problems.map(({ code }) => code)).toEqual([11205]);
  expect(report.documents).toEqual([]);
});

test('a host that does not exist is told from one that does not answer', async () => {
  const report = await placeCall({ url: 'http://frontdesk.invalid' }, sayInTurn([]));
  expect(report.problems.map(({ code }) => code)).toEqual([11210]);
});
