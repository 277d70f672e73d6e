import { isSigned } from '../../src/voice/signature';

type Form = Record<string, string | string[]>;
type Vector = [name: string, address: string, form: Form, signature: string];

/** Whether a webhook to a full address passes, the way a configured base and a path make it up again. */
function passes([, address, form, signature]: Vector, token: string): boolean {
  const base = /^[a-z]+:\/\/[^/]+/.exec(address)?.[0] ?? '';
  return isSigned({ path: address.slice(base.length), form, signature }, [token], [base]);
}

const OFFICIAL_TOKEN = '12345';
const ADDRESS = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const SHA = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
const SHA_OF_EMPTY = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
const FORM: Form = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
};

/** From twilio-node's own tests and from twilio.com/docs/usage/security. */
const OFFICIAL: Vector[] = [
  ['a form', ADDRESS, FORM, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
  ['https, its port left out', ADDRESS.replace('.com/', '.com:1234/'), FORM, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
  ['http, its port kept', 'http://mycompany.com:1234/myapp.php?foo=1&bar=2', FORM, 'Zmvh+3yNM1Phv2jhDCwEM3q5ebU='],
  ['https with :443', ADDRESS, FORM, 'kvajT1Ptam85bY51eRf/AJRuM3w='],
  ['http with :80', 'http://mycompany.com/myapp.php?foo=1&bar=2', FORM, '0ZXoZLH/DfblKGATFgpif+LLRf4='],
  ['user and password', ADDRESS.replace('//', '//user:pass@'), FORM, 'CukzLTc1tT5dXEDIHm/tKBanW10='],
  ['user alone', ADDRESS.replace('//', '//user@'), FORM, '2YRLlVAflCqxaNicjMpJcSTgzSs='],
  ['user, password and :443', ADDRESS.replace('//', '//user:pass@'), FORM, 'ZQFR1PTIZXF2MXB8ZnKCvnnA+rI='],
  ['an apostrophe in the query', `${ADDRESS}&Body=It's+amazing`, FORM, 'TfZzewPq8wqrGlMfyAud8+/IvJ0='],
  [
    'a field given twice',
    ADDRESS,
    { 'MessagingBinding.Address': ['+1325xxxxxxx', '+1415xxxxxxx'] },
    '83O6e2vORAoJHUNzJjDWN1jz+BA=',
  ],
  [
    'a field given thrice, a name that begins with another',
    ADDRESS,
    { Sid: 'CA123', SidAccount: 'AC123', Digits: ['5678', '1234', '1234'] },
    'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
  ],
  ['JSON, by its hash in the query', `${ADDRESS}&bodySHA256=${SHA}`, {}, 'a9nBmqA0ju/hNViExpshrM61xv4='],
  ['empty JSON', `${ADDRESS}&bodySHA256=${SHA_OF_EMPTY}`, {}, 'Ldidvp12m26NI7eqEvxnEpkd9Hc='],
  [
    'JSON, nothing else in the query',
    `https://mycompany.com/myapp.php?bodySHA256=${SHA}`,
    {},
    'y77kIzt2vzLz71DgmJGsen2scGs=',
  ],
  [
    'the worked example',
    'https://example.com/myapp.php?foo=1&bar=2',
    { ...FORM, Caller: '+14158675310', From: '+14158675310' },
    'L/OH5YylLD5NRKLltdqwSvS0BnU=',
  ],
];

const TOKEN = '0123456789abcdef0123456789abcdef';
const CALL = 'CA00000000000000000000000000000001';
const ACCOUNT = 'AC00000000000000000000000000000001';

/** Computed with twilio 6.2.0 for a token of our own. */
const COMPUTED: Vector[] = [
  [
    'the fewest fields',
    'https://example.com/voice',
    {
      CallSid: CALL,
      AccountSid: ACCOUNT,
      From: '+15551230001',
      To: '+15551230002',
      CallStatus: 'ringing',
      ApiVersion: '2010-04-01',
      Direction: 'inbound',
    },
    'FmM07bkc7ExW5FA/d7lYlbuTkw8=',
  ],
  [
    'words beyond ASCII',
    'https://example.com/gather',
    { CallSid: CALL, SpeechResult: 'Café à 5 €, s’il vous plaît', Confidence: '0.93' },
    'qSHBnToNJ0DyQXgxAiAbJrFyiTk=',
  ],
  [
    'empty fields',
    'https://example.com/gather',
    { CallSid: CALL, SpeechResult: '', Digits: '' },
    '0poudskAYT6Cjp+AoTXADgdeZsc=',
  ],
  [
    'names in the order of their bytes',
    'https://example.com/gather',
    { msg: 'x', Zed: '1', apple: '2', CallSid: 'CA1' },
    'Y5sgGgW5o/ub/7geVsEeJ3gcoTc=',
  ],
  ['GET', `https://example.com/voice?CallSid=${CALL}&From=%2B15551230001`, {}, 'zc0GRe/7CPcFGCMI/NYz86s9XII='],
  ['a WebSocket', 'wss://example.com/media', {}, 'u6yVGYYgdxsJERZoxWB5zASv/UU='],
  ['a WebSocket with a slash', 'wss://example.com/media/', {}, 'VejL6zcGqNLHmy0aybgMGtGuN0k='],
];

/** The fields of nearly every webhook. */
const COMMON =
  'Called=%2B15550100002&Caller=%2B15550100001&From=%2B15550100001&To=%2B15550100002' +
  `&CallSid=${CALL}&AccountSid=${ACCOUNT}&ApiVersion=2010-04-01&ToState=CA&CallerCountry=US&CallerState=CA&ToZip=` +
  '&CallerZip=91604&ToCountry=US&CalledZip=&CalledCity=&CalledCountry=US&CallerCity=LOS+ANGELES&ToCity=&FromCountry=US' +
  '&FromCity=LOS+ANGELES&CalledState=CA&FromZip=91604&FromState=CA';
const INBOUND = `${COMMON}&Direction=inbound`;
const ONGOING = `${INBOUND}&CallStatus=in-progress`;
const CALL_TOKEN =
  '%257B%2522parentCallInfoToken%2522%253A%2522eyJhbGciOiJFUzI1NiJ9.e30.sig%2522%252C%2522identityHeaderTokens%2522%253A%255B%255D%257D';

/** Whole bodies, as they come over the wire. */
const BODIES: [name: string, path: string, body: string, signature: string][] = [
  [
    'incoming',
    '',
    `${INBOUND}&CallStatus=ringing&StirVerstat=TN-Validation-Passed-A&CallToken=${CALL_TOKEN}`,
    'qwbmDsuZ7naMt+qvOgfWr+6AQcI=',
  ],
  [
    'speech',
    '/turn?n=1',
    `${ONGOING}&SpeechResult=I%27d+like+to+book+a+table.&Confidence=0.9273`,
    'r2eonCUk2du50nlS/dDhjk8zKgg=',
  ],
  ['keys', '/turn?n=1', `${ONGOING}&Digits=1234&FinishedOnKey=%23&msg=Gather+End`, '3dG+9YAan1Fn00Q3WtLrm397h8g='],
  ['silence', '/turn?n=1', ONGOING, 'ZVmM5PcOTbISkfZi9gol5IKIf9M='],
  ['silence in empty fields', '/turn?n=1', `${ONGOING}&SpeechResult=&Digits=`, 'GDjNi4VnCPzG87uxYStiTvPHBKE='],
  [
    'partial result',
    '/partial',
    `${ONGOING}&UnstableSpeechResult=I%27d+like&StableSpeechResult=&Stability=0.9&SequenceNumber=3`,
    '51dy0FoDlg31p7wI6hxuUnaQO40=',
  ],
  ['redirect', '/next', ONGOING, 's+6YbFjqSI+V9tT0d/rVHb7c8UM='],
  [
    'after a transfer',
    '/dialed',
    `${ONGOING}&DialCallStatus=no-answer&DialCallSid=CA00000000000000000000000000000002&DialBridged=false`,
    'efpXwkLA6N6JZIa0/lEeN0fyh38=',
  ],
  [
    'recording',
    '/rec',
    `${ONGOING}&RecordingUrl=https%3A%2F%2Fapi.twilio.com%2F2010-04-01%2FAccounts%2F${ACCOUNT}%2FRecordings%2FRE00000000000000000000000000000001&RecordingDuration=7&Digits=hangup`,
    'AXYcoRqVVY1hX8FGNzW2w092C+Q=',
  ],
  [
    'fallback',
    '/fallback',
    `${ONGOING}&ErrorCode=11200&ErrorUrl=https%3A%2F%2Fexample.com%2Fvoice`,
    'VtxKEyKlOuRqHvMZZ36Xh1X8Puc=',
  ],
  [
    'status',
    '/status',
    `${INBOUND}&CallStatus=completed&Duration=1&CallDuration=49&SequenceNumber=0&CallbackSource=call-progress-events&Timestamp=Sun%2C+25+Mar+2018+09%3A53%3A19+%2B0000`,
    'fBnJJn/UU7P7gD+lw6w8VoUNBfo=',
  ],
  [
    'status of a call we placed',
    '/status',
    `${COMMON}&Direction=outbound-api&CallStatus=busy&Duration=0&CallDuration=0&SipResponseCode=486&SequenceNumber=2&CallbackSource=call-progress-events&Timestamp=Sat%2C+07+May+2022+14%3A30%3A14+%2B0000`,
    'kJ/WeAYr8UvQrr25J8pGboon3S0=',
  ],
  [
    'who answered',
    '/out',
    `${COMMON}&Direction=outbound-api&CallStatus=in-progress&AnsweredBy=human`,
    'BYFJ3ZphsbvrWrAxIx/GRQOXRFI=',
  ],
  [
    'who answered, told later',
    '/amd',
    `CallSid=${CALL}&AccountSid=${ACCOUNT}&AnsweredBy=machine_end_beep&MachineDetectionDuration=4520`,
    '7SEokEyQl4+GrxccjL140naasnE=',
  ],
];
const WHOLE: Vector[] = BODIES.map(([name, path, body, signature]) => [
  name,
  `https://example.com/voice${path}`,
  Object.fromEntries(new URLSearchParams(body)),
  signature,
]);

test.each(OFFICIAL)('Twilio’s own example passes: %s', (...vector) =>
  expect(passes(vector, OFFICIAL_TOKEN)).toBe(true),
);
test.each(COMPUTED)('signed as Twilio does: %s', (...vector) => expect(passes(vector, TOKEN)).toBe(true));
test.each(WHOLE)('a whole webhook passes: %s', (...vector) => expect(passes(vector, TOKEN)).toBe(true));

test.each([...OFFICIAL, ...COMPUTED, ...WHOLE])('no change goes unnoticed: %s', (...vector) => {
  const [name, address, form, signature] = vector;
  const token = OFFICIAL.some((official) => official[3] === signature) ? OFFICIAL_TOKEN : TOKEN;
  const base = /^[a-z]+:\/\/[^/]+/.exec(address)?.[0] ?? '';
  const forgeries: Vector[] = [
    [name, address, form, signature.slice(0, -1)],
    [name, address, form, signature.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))],
    [name, address, form, ` ${signature}`],
    [name, `${address}x`, form, signature],
    [name, address.replace(base, 'https://other.example.com'), form, signature],
    [name, address, { ...form, Extra: '' }, signature],
    [name, address, { ...form, CallSid: 'CA2' }, signature],
    ...Object.keys(form).map((field): Vector => [
      name,
      address,
      Object.fromEntries(Object.entries(form).filter(([other]) => other !== field)),
      signature,
    ]),
  ];
  for (const forgery of forgeries) expect(passes(forgery, token)).toBe(false);
  expect(passes(vector, `${token}0`)).toBe(false);
});

const SIGNED = { path: '/myapp.php?foo=1&bar=2', form: FORM, signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' };
const BASES = ['https://mycompany.com'];

test('the right token and the right base may be any of several', () => {
  expect(isSigned(SIGNED, ['old', OFFICIAL_TOKEN], ['https://other.example.com', ...BASES])).toBe(true);
  expect(isSigned(SIGNED, [], BASES)).toBe(false);
  expect(isSigned(SIGNED, [OFFICIAL_TOKEN], [])).toBe(false);
});

test.each([undefined, '', 'WRONG_SIGNATURE', 'é', '\u0000', 'A'.repeat(100_000)])('%j is no signature', (signature) => {
  expect(isSigned({ ...SIGNED, signature }, [OFFICIAL_TOKEN], BASES)).toBe(false);
});

test('an address or a form that cannot be read is refused, never a crash', () => {
  expect(isSigned(SIGNED, [OFFICIAL_TOKEN], ['', 'no address', 'https://['])).toBe(false);
  const form = null as unknown as undefined;
  expect(isSigned({ ...SIGNED, form }, [OFFICIAL_TOKEN], BASES)).toBe(false);
});
