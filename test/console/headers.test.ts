import request from 'supertest';
import { startConsole, type RunningConsole } from './kit';

describe('every answer', () => {
  const everything: readonly [string, (running: RunningConsole) => Promise<request.Response>][] = [
    ['a page', ({ url }) => request(url).get('/')],
    ['the login page', ({ url }) => request(url).get('/login').set('Host', 'phone.example.com')],
    ['a stranger’s redirection', ({ url }) => request(url).get('/').set('Host', 'phone.example.com')],
    ['a refusal', ({ url }) => request(url).get('/api/x').set('Host', 'phone.example.com')],
    ['the API', ({ url }) => request(url).get('/api/twilio/credentials')],
    ['what is not there', ({ url }) => request(url).get('/nowhere')],
    ['what cannot be read', ({ url }) => request(url).post('/login').set('Content-Type', 'application/json').send('{')],
  ];

  test.each(everything)('%s has strict headers and is kept by nobody', async (_, ask) => {
    const { headers } = await ask(await startConsole());
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none';style-src 'self';script-src 'self';img-src 'self' data:;media-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a static file is kept by browsers, which ask whether it is still the same', async () => {
    const { url } = await startConsole();
    const { headers } = await request(url).get('/console/style.css');
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'text/css; charset=utf-8' });
    const again = request(url)
      .get('/console/style.css')
      .set('If-None-Match', headers['etag'] ?? '');
    expect((await again).status).toBe(304);
  });

  test('binds browsers to https only where the public address is https', async () => {
    const running = await startConsole();
    await running.settings.savePublicBaseUrl('https://phone.example.com');
    expect((await request(running.url).get('/login')).headers['strict-transport-security']).toContain('max-age=');
  });

  test('lets in pages of the origins that the operator named, with a token, and no others', async () => {
    const ours = 'https://desk.example.com';
    const { url } = await startConsole({ corsOrigins: [ours], adminToken: 'a-token-of-the-environment' });
    const preflight = (origin: string) =>
      request(url)
        .options('/api/twilio/credentials')
        .set({ Origin: origin, 'Access-Control-Request-Method': 'DELETE' });
    expect((await preflight(ours)).headers).toMatchObject({
      'access-control-allow-origin': ours,
      vary: expect.stringContaining('Origin') as string,
    });
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
    const forget = (origin: string, authorization = 'Bearer a-token-of-the-environment') =>
      request(url).delete('/api/twilio/credentials').set({ Origin: origin, Authorization: authorization });
    const answer = await forget(ours);
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await forget('https://evil.example')).status).toBe(403);
    expect((await request(url).delete('/api/twilio/credentials').set('Origin', ours)).status).toBe(401);
  });
});
