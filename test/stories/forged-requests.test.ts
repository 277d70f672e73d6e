import { request, type IncomingHttpHeaders } from 'node:http';
import { AUTH_TOKEN, sign, startFrontdesk, type Running } from '../support/frontdesk';

const PUBLIC = 'https://phone.example.com';
const FORM = { CallSid: 'CA' + '2'.repeat(32), From: '+12025550101', SpeechResult: 'When are you open?' };
const PATH = '/api/voice/process?call_sid=x&turn=1';

/** By node:http, since fetch does not let a caller choose the Host header. */
function post(frontdesk: Running, path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; type: string; headers: IncomingHttpHeaders; text: string }>(
    (resolve, reject) => {
      const body = new URLSearchParams(FORM).toString();
      const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
      const sent = request(frontdesk.url + path, { method: 'POST', headers: { ...form, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            headers: response.headers,
            text,
          }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

describe('a request that Twilio did not sign is refused before anything is paid for', () => {
  const good = sign(PUBLIC + PATH, FORM);
  const FORGERIES: [string, Record<string, string>][] = [
    ['without a signature', {}],
    ['with an empty signature', { 'x-twilio-signature': '' }],
    ['with an invented signature', { 'x-twilio-signature': 'bm90IGEgc2lnbmF0dXJlIGF0IGFsbA==' }],
    ['with a truncated signature', { 'x-twilio-signature': good.slice(0, -3) }],
    ['signed with another token', { 'x-twilio-signature': sign(PUBLIC + PATH, FORM, 'f'.repeat(32)) }],
    ['signed for another host', { 'x-twilio-signature': sign(`https://evil.example.com${PATH}`, FORM) }],
    [
      'signed for the Host header',
      { 'x-twilio-signature': sign(`https://evil.example.com${PATH}`, FORM), host: 'evil.example.com' },
    ],
    [
      'signed for a forwarded host',
      { 'x-twilio-signature': sign(`https://evil.example.com${PATH}`, FORM), 'x-forwarded-host': 'evil.example.com' },
    ],
    ["signed for another turn's URL", { 'x-twilio-signature': sign(PUBLIC + PATH.replace('turn=1', 'turn=2'), FORM) }],
    ['signed for other words', { 'x-twilio-signature': sign(PUBLIC + PATH, { ...FORM, SpeechResult: 'Bye' }) }],
  ];

  test.each(FORGERIES)('%s', async (_, headers) => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true, env: { PUBLIC_BASE_URL: PUBLIC } });
    const response = await post(frontdesk, PATH, headers);
    expect(response.status).toBe(403);
    expect(frontdesk.groq.requests).toHaveLength(0);
    expect(frontdesk.voice.requests).toHaveLength(0);
    const health = (await (await fetch(`${frontdesk.url}/health`)).json()) as { active_calls: number };
    expect(health.active_calls).toBe(0);
  });

  test('the same request with its own signature is answered', async () => {
    const frontdesk = await startFrontdesk({ groq: true, env: { PUBLIC_BASE_URL: PUBLIC } });
    const response = await post(frontdesk, PATH, {
      'x-twilio-signature': good,
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil',
    });
    expect(response.status).toBe(200);
    expect(response.type).toBe('text/xml; charset=utf-8');
    expect(response.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    for (const useless of ['etag', 'x-powered-by']) expect(response.headers).not.toHaveProperty(useless);
    expect(response.text).toContain(`action="${PUBLIC}/api/voice/process?call_sid=`);
    expect(frontdesk.groq.requests).toHaveLength(1);
  });

  test.each(['incoming', 'process', 'continue', 'status', 'fallback', 'nothing-there'])(
    'every POST is guarded: %s',
    async (route) => {
      const frontdesk = await startFrontdesk({ groq: true });
      expect((await post(frontdesk, `/api/voice/${route}`, {})).status).toBe(403);
    },
  );

  test.each([undefined, 'no signature at all', 'A'.repeat(200)])(
    'its body is not even waited for when the signature is %j',
    async (signature) => {
      const frontdesk = await startFrontdesk({ env: { PUBLIC_BASE_URL: PUBLIC } });
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': 200_000,
        ...(signature === undefined ? {} : { 'x-twilio-signature': signature }),
      };
      const status = await new Promise((resolve, reject) => {
        const sent = request(frontdesk.url + PATH, { method: 'POST', headers }, (response) => {
          resolve(response.statusCode);
          sent.destroy();
        });
        sent.on('error', reject);
        sent.flushHeaders();
      });
      expect(status).toBe(403);
    },
  );

  test('the refusal is logged with what to set', async () => {
    const frontdesk = await startFrontdesk({ env: { PUBLIC_BASE_URL: PUBLIC } });
    await post(frontdesk, PATH, { 'x-twilio-signature': 'x' });
    const line = frontdesk.events.find(({ eventType }) => eventType === 'webhook_refused');
    expect(String(line?.data?.['remedy'])).toContain('PUBLIC_BASE_URL');
  });
});

describe('with no auth token, this machine alone may call', () => {
  test.each<[string, Record<string, string>]>([
    ['a web page that somebody has open', { origin: 'https://evil.example.com' }],
    ['a cross-site form', { 'sec-fetch-site': 'cross-site' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['another proxy', { via: '1.1 tunnel' }],
    ['a tunnel with its own header', { 'x-real-ip': '203.0.113.7' }],
    ['RFC 7239', { forwarded: 'for=203.0.113.7' }],
    ['a name that was pointed here', { host: 'rebound.example.com' }],
  ])('%s is refused', async (_, headers) => {
    const frontdesk = await startFrontdesk({ signed: false, groq: true });
    expect((await post(frontdesk, PATH, headers)).status).toBe(403);
    expect(frontdesk.groq.requests).toHaveLength(0);
  });

  test('a program on this machine is answered, with addresses on this machine', async () => {
    const frontdesk = await startFrontdesk({ signed: false, env: { PUBLIC_BASE_URL: PUBLIC } });
    const response = await post(frontdesk, PATH, {});
    expect(response.status).toBe(200);
    expect(response.text).toContain('action="/api/voice/process?call_sid=');
  });

  test('code alone can let everything in', async () => {
    const frontdesk = await startFrontdesk({ overrides: { verifySignatures: false } });
    expect((await post(frontdesk, PATH, { origin: 'https://evil.example.com' })).status).toBe(200);
  });
});

describe('floods', () => {
  test('forgeries are told to stop, while what is signed is always answered', async () => {
    const frontdesk = await startFrontdesk({ env: { PUBLIC_BASE_URL: PUBLIC } });
    const statuses = new Set<number>();
    for (let count = 0; count < 80; count += 1) statuses.add((await post(frontdesk, PATH, {})).status);
    expect([...statuses]).toEqual([403, 429]);
    const signed = await post(frontdesk, PATH, { 'x-twilio-signature': sign(PUBLIC + PATH, FORM, AUTH_TOKEN) });
    expect(signed.status).toBe(200);
  });

  test('a body over 256 kB is refused, 50 kB of percent-encoded euros are not', async () => {
    const frontdesk = await startFrontdesk();
    const send = (speech: string) => frontdesk.post('process?turn=1', { SpeechResult: speech });
    expect((await send('€'.repeat(17_000))).status).toBe(200);
    expect((await send('x'.repeat(300_000))).status).toBe(413);
  });
});
