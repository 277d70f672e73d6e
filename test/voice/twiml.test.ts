import fc from 'fast-check';
import type { ListeningMode, Step, Utterance } from '../../src/conversations/step';
import { addressesOf } from '../../src/voice/addresses';
import { renderTwiml } from '../../src/voice/twiml';
import { parseTwiml, type Element } from './parse-twiml';

const BASE = 'https://phone.example.com';
const VOICE = { name: 'Google.en-US-Neural2-F', language: 'en-US' };
const SPOKEN = { voice: VOICE.name, language: VOICE.language };
const CALL = `CA${'1'.repeat(32)}`;

const render = (steps: Step[], callSid = CALL) =>
  renderTwiml(steps, { addresses: addressesOf(BASE, callSid), voice: VOICE });
const verbs = (steps: Step[]): Element[] => parseTwiml(render(steps)).children;
const listen = (
  mode: ListeningMode,
  utterances: Utterance[] = [],
  hints: string[] = ['Harbour Bikes', 'puncture'],
): Step => ({
  kind: 'listen',
  utterances,
  mode,
  turn: 3,
  hints,
});
const clip = (name: string): Utterance => ({ text: 'x', clip: { name, durationMs: 1 } });
const say = (text: string): Element => ({ name: 'Say', attributes: SPOKEN, text, children: [] });
const play = (name: string): Element => ({
  name: 'Play',
  attributes: {},
  text: `${BASE}/api/voice/audio/${name}`,
  children: [],
});

const HOSTILE = [
  ...[
    ']]>',
    '<![CDATA[',
    '&',
    '&amp;',
    '<',
    '>',
    '"',
    "'",
    '</Say>',
    '<?xml?>',
    '<!--',
    '-->',
    '\r',
    '\n',
    '\t',
    '\u0085',
    '\u2028',
  ],
  ...[
    '\u0000',
    '\u0007',
    '\u000b',
    '\u001f',
    '\u007f',
    '\ud800',
    '\udfff',
    '\ufffe',
    '\uffff',
    '\u{1ffff}',
    '👍🏽',
    '\u202e',
    ' ',
    'a',
  ],
];
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));
const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '');
const legal = (text: string) => wellFormed(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
const squeezed = (text: string) => legal(text).replace(/\s+/g, '');

test('whatever is said, hinted or called, the document is well formed and holds all of it that XML can hold', () => {
  const utterances = fc.array(
    words.map((text) => ({ text })),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(utterances, fc.array(words, { maxLength: 3 }), words, (said, hints, callSid) => {
      const xml = render([listen('open', said, hints), { kind: 'speak', utterances: said }], wellFormed(callSid));
      const root = parseTwiml(xml);
      const gather = root.children[0];
      expect(gather?.name).toBe('Gather');
      expect(squeezed(gather?.children[0]?.text ?? '')).toBe(squeezed(said.map(({ text }) => text).join(' ')));
      expect(new URL(gather?.attributes['action'] ?? '').searchParams.get('call_sid')).toBe(wellFormed(callSid));
      expect(xml).not.toMatch(/\p{Cs}/u);
    }),
    { numRuns: 1_000 },
  );
});

test.each(['€', '<', '&', '"', '\ud800', ']]>', 'a '])('50 kB of %j are no trouble', (piece) => {
  const began = performance.now();
  const text = piece.repeat(50_000 / Buffer.byteLength(piece));
  expect(squeezed(verbs([{ kind: 'speak', utterances: [{ text }] }])[0]?.text ?? '')).toBe(squeezed(text));
  expect(performance.now() - began).toBeLessThan(20_000);
});

test('every kind of step has its verb', () => {
  const steps: Step[] = [
    { kind: 'speak', utterances: [{ text: 'Hi.' }] },
    { kind: 'comeBack', turn: 2, part: 1 },
    { kind: 'hangUp' },
  ];
  expect(verbs(steps)).toEqual([
    say('Hi.'),
    {
      name: 'Redirect',
      attributes: { method: 'POST' },
      text: `${BASE}/api/voice/continue?call_sid=${CALL}&turn=2&part=1`,
      children: [],
    },
    { name: 'Hangup', attributes: {}, text: '', children: [] },
  ]);
  expect(verbs([{ kind: 'refuse' }])).toEqual([
    { name: 'Reject', attributes: { reason: 'busy' }, text: '', children: [] },
  ]);
  expect(render([])).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
});

test('neighbouring words without a clip are said in one breath, clips are played in their place', () => {
  const utterances = [{ text: 'One.' }, { text: 'Two.' }, clip('a.wav'), clip('b.wav'), { text: 'Three.' }];
  const expected = [say('One. Two.'), play('a.wav'), play('b.wav'), say('Three.')];
  expect(verbs([{ kind: 'speak', utterances }])).toEqual(expected);
  expect(verbs([listen('open', utterances)])[0]?.children).toEqual(expected);
});

test('nothing to say is not said', () => {
  expect(verbs([{ kind: 'speak', utterances: [{ text: '' }, { text: ' \u0000\ud800 ' }] }])).toEqual([]);
  expect(verbs([listen('open', [])])[0]?.children).toEqual([]);
});

const ALWAYS = {
  action: `${BASE}/api/voice/process?call_sid=${CALL}&turn=3`,
  method: 'POST',
  input: 'speech dtmf',
  profanityFilter: 'false',
  language: 'en-US',
};
const HINTS = { hints: 'Harbour Bikes,puncture' };
const ONE_KEY = { numDigits: '1', actionOnEmptyResult: 'true' };

test.each<[ListeningMode, Record<string, string>]>([
  ['open', { ...ALWAYS, ...HINTS, ...ONE_KEY, timeout: '6', speechTimeout: 'auto' }],
  ['dictating', { ...ALWAYS, actionOnEmptyResult: 'true', finishOnKey: '#', timeout: '10', speechTimeout: '3' }],
  ['yesNo', { ...ALWAYS, ...ONE_KEY, hints: 'yes,no', timeout: '5', speechTimeout: '1' }],
  ['moment', { ...ALWAYS, ...HINTS, ...ONE_KEY, timeout: '25', speechTimeout: 'auto' }],
  ['closing', { ...ALWAYS, ...HINTS, numDigits: '1', timeout: '4', speechTimeout: 'auto' }],
])('it listens in its own way: %s', (mode, attributes) => {
  expect(verbs([listen(mode)])[0]?.attributes).toEqual(attributes);
});

test('without hints there is no attribute for them', () => {
  expect(verbs([listen('open', [], [])])[0]?.attributes).not.toHaveProperty('hints');
});
