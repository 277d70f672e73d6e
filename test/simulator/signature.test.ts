import { createHmac } from 'node:crypto';
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks';
import { sayInTurn } from '../../src/simulator/caller';
import { placeCall } from '../../src/simulator/place-call';
import { sign } from '../../src/simulator/signature';
import { startStubApp } from './stub-app';

const page = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const params = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
};

const sha = (hex: string): string => `${page}&bodySHA256=${hex}`;

// Published by Twilio: the worked example of its security page, and the vectors of its own library. Token 12345.
test.each([
  ['RSOYDt4T1cUTdK1PDd93/VVr8B8=', page, params],
  ['kvajT1Ptam85bY51eRf/AJRuM3w=', page.replace('.com', '.com:443'), params],
  ['Zmvh+3yNM1Phv2jhDCwEM3q5ebU=', 'http://mycompany.com:1234/myapp.php?foo=1&bar=2', params],
  ['CukzLTc1tT5dXEDIHm/tKBanW10=', page.replace('://', '://user:pass@'), params],
  [
    'L/OH5YylLD5NRKLltdqwSvS0BnU=',
    'https://example.com/myapp.php?foo=1&bar=2',
    { ...params, Caller: '+14158675310', From: '+14158675310' },
  ],
  ['83O6e2vORAoJHUNzJjDWN1jz+BA=', page, { 'MessagingBinding.Address': ['+1325xxxxxxx', '+1415xxxxxxx'] }],
  ['IK+Dwps556ElfBT0I3Rgjkr1wJU=', page, { Sid: 'CA123', SidAccount: 'AC123', Digits: ['5678', '1234', '1234'] }],
  ['a9nBmqA0ju/hNViExpshrM61xv4=', sha('0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620'), {}],
])('the simulator signs as Twilio has published: %s', (signature, url, fields) => {
  expect(sign('12345', url, fields)).toBe(signature);
});

test.each([
  ['words beyond ASCII', { SpeechResult: 'Café à 5 €, s’il vous plaît 👋' }],
  ['empty values', { SpeechResult: '', Digits: '' }],
  ['names in capitals and small letters', { msg: 'x', Zed: '1', apple: '2', CallSid: 'CA1' }],
])('the simulator signs as Twilio’s own library does: %s', (_, fields) => {
  const url = 'https://example.com/gather';
  expect(sign('secret', url, fields)).toBe(getExpectedTwilioSignature('secret', url, fields));
});

test('the fragment of a webhook is not signed', () => {
  expect(sign('secret', `${page}#rc=2`, params)).toBe(sign('secret', page, params));
});

/** A second way to the same signature, so that the simulator does not judge itself. */
function independently(token: string, url: string, body: string): string {
  const pairs = [...new URLSearchParams(body)].sort(([left], [right]) => (left < right ? -1 : 1));
  return createHmac('sha1', token)
    .update(url + pairs.map((pair) => pair.join('')).join(''))
    .digest('base64');
}

test('every webhook of a call carries a true signature, the clips none', async () => {
  const app = await startStubApp({
    '/api/voice/incoming': '<Gather input="speech" action="/process?turn=1"><Play>/tone.wav</Play></Gather>',
    '/process': '<Redirect>/more</Redirect>',
    '/more': '<Hangup/>',
  });
  await placeCall({ url: app.url, authToken: 'secret' }, sayInTurn([{ say: 'Ça va? 100% & more' }]));
  await app.close();

  const posts = app.received.filter(({ method }) => method === 'POST');
  expect(posts.map(({ path }) => path)).toEqual([
    '/api/voice/incoming',
    '/process?turn=1',
    '/more',
    '/api/voice/status',
  ]);
  for (const { path, body, fields, headers } of posts) {
    expect(headers['x-twilio-signature']).toBe(independently('secret', app.url + path, body));
    expect(validateRequest('secret', String(headers['x-twilio-signature']), app.url + path, fields)).toBe(true);
  }
  expect(app.to('/tone.wav')[0]?.headers).not.toHaveProperty('x-twilio-signature');
});

test('a webhook by GET signs its address with everything in it', async () => {
  const app = await startStubApp({
    '/api/voice/incoming': '<Redirect method="GET">/more?part=2</Redirect>',
    '/more': '<Hangup/>',
  });
  await placeCall({ url: app.url, authToken: 'secret' }, sayInTurn([]));
  await app.close();
  const [request] = app.to('/more');
  expect(request).toMatchObject({ method: 'GET', body: '' });
  expect(request?.path).toContain('?part=2&Called=%2B12025550100&');
  expect(request?.headers['x-twilio-signature']).toBe(independently('secret', app.url + (request?.path ?? ''), ''));
});

test('without a token a call is not signed', async () => {
  const app = await startStubApp({ '/api/voice/incoming': '' });
  await placeCall({ url: app.url }, sayInTurn([]));
  await app.close();
  expect(app.received).toHaveLength(2);
  for (const { headers } of app.received) expect(headers).not.toHaveProperty('x-twilio-signature');
});

test('a call signed for the public address is posted to the local one', async () => {
  const publicUrl = 'https://desk.example.com';
  const app = await startStubApp({
    '/api/voice/incoming': `<Play>${publicUrl}/tone.wav</Play><Gather input="speech" action="${publicUrl}/process"/>`,
    '/process': '<Redirect>more</Redirect>',
    '/more': '',
  });
  const line = { url: app.url, authToken: 'secret', publicUrl };
  const report = await placeCall(line, sayInTurn([{ say: 'Hello' }]));
  await app.close();
  expect(report.problems).toEqual([]);
  for (const { path, body, headers } of app.received.filter(({ method }) => method === 'POST')) {
    expect(headers['x-twilio-signature']).toBe(independently('secret', publicUrl + path, body));
  }
  expect(app.received.map(({ path }) => path)).toEqual([
    '/api/voice/incoming',
    '/tone.wav',
    '/process',
    '/more',
    '/api/voice/status',
  ]);
});

test('a call can be signed for the address it is posted to, although the app believes in a public one', async () => {
  const publicUrl = 'https://desk.example.com';
  const app = await startStubApp({
    '/api/voice/incoming': `<Redirect>${publicUrl}/more</Redirect>`,
    '/more': '',
  });
  await placeCall({ url: app.url, authToken: 'secret', publicUrl, signFor: 'posted' }, sayInTurn([]));
  await app.close();
  const [more] = app.to('/more');
  expect(more?.headers['x-twilio-signature']).toBe(independently('secret', `${app.url}/more`, more?.body ?? ''));
});

test('an address that only begins like the public one is not the app’s', async () => {
  const app = await startStubApp({
    '/api/voice/incoming': '<Play>https://desk.example.com.invalid/tone.wav</Play>',
  });
  const report = await placeCall({ url: app.url, publicUrl: 'https://desk.example.com' }, sayInTurn([]));
  await app.close();
  expect(report.problems.map(({ code }) => code)).toEqual([11210]);
  expect(app.to('/tone.wav')).toEqual([]);
});

test('an address of this machine stays what it is, whatever the public address', async () => {
  const media = await startStubApp({});
  const app = await startStubApp({ '/api/voice/incoming': `<Play>${media.url}/tone.wav</Play>` });
  const report = await placeCall({ url: app.url, publicUrl: 'https://desk.example.com' }, sayInTurn([]));
  await Promise.all([app.close(), media.close()]);
  expect(report.problems).toEqual([]);
  expect(media.to('/tone.wav')).toHaveLength(1);
});
