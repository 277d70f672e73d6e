import request from 'supertest';
import { createSetupKey } from '../../src/console/door/setup-link';
import { PASSWORD, startConsole } from './kit';

const HOUR = 60 * 60_000;
const PAGES = ['/', '/credentials', '/access', '/nowhere', '/LOGIN/x', '/console', '/setup/x', '//login', '/login/../'];
const APIS = [
  '/api/twilio/credentials',
  '/API/twilio/credentials',
  '/api/settings',
  '/api/voice',
  '/api/calls',
  '/api/messages',
];

describe('before a password is set', () => {
  test('a browser on this machine is the owner', async () => {
    const running = await startConsole();
    const here = running.ownersBrowser();
    expect((await here.open('/')).status).toBe(200);
    expect((await here.open('/', { 'Sec-Fetch-Site': 'same-origin', Origin: running.url })).status).toBe(200);
    await here.open('/credentials');
    expect((await here.submit('/credentials/public-address', { public_base_url: 'https://x.example' })).status).toBe(
      303,
    );
    expect(running.settings.publicBaseUrl()?.value).toBe('https://x.example');
  });

  test('a script on this machine is the owner, without any token', async () => {
    const { url } = await startConsole();
    const answer = await request(url).delete('/api/twilio/credentials');
    expect(answer.status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ['another host name', { Host: 'phone.example.com' }],
    ['a name that begins like this machine', { Host: 'localhost.example.com' }],
    ['a proxy', { 'X-Forwarded-For': '203.0.113.9' }],
    ['a tunnel that keeps the local host', { 'X-Forwarded-Host': 'abc.tunnel.example', Host: 'localhost' }],
    ['the standard forwarding header', { Forwarded: 'for=203.0.113.9' }],
    ["somebody else's page", { Origin: 'https://evil.example' }],
    ['a page on another port', { Origin: 'http://localhost:1' }],
    ['a page without an origin', { Origin: 'null' }],
    ['a cross-site request', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a page of another port, as the browser says', { 'Sec-Fetch-Site': 'same-site' }],
  ])('%s is a stranger', async (_, headers) => {
    const { url } = await startConsole();
    expect((await request(url).get('/').set(headers)).headers['location']).toBe('/login');
    expect((await request(url).get('/api/twilio/credentials').set(headers)).status).toBe(401);
    expect((await request(url).delete('/api/twilio/credentials').set(headers)).status).toBeGreaterThanOrEqual(401);
  });

  test("a page that the owner has open cannot use the owner's machine", async () => {
    const running = await startConsole();
    const here = running.ownersBrowser();
    await here.open('/credentials');
    const path = '/credentials/public-address';
    const form = { public_base_url: 'https://evil.example' };
    const refused = [
      await here.submit(path, form, { Origin: 'https://evil.example' }),
      await here.submit(path, form, { 'Sec-Fetch-Site': 'cross-site' }),
      await here.submit(path, { ...form, csrf: 'guessed' }),
      await here.submit(path, { ...form, csrf: '' }, { Referer: `${running.url}/credentials` }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(running.settings.publicBaseUrl()).toBeUndefined();
  });

  test('with ADMIN_TOKEN this machine is no longer the owner by itself, and the token is', async () => {
    const { url } = await startConsole({ adminToken: 'a-token-of-the-environment' });
    expect((await request(url).get('/')).headers['location']).toBe('/login');
    expect((await request(url).get('/api/twilio/credentials')).status).toBe(401);
    const withToken = (token: string) =>
      request(url).get('/api/twilio/credentials').set('Authorization', `Bearer ${token}`);
    expect((await withToken('a-token-of-the-environment')).status).toBe(200);
    for (const wrong of ['a-token-of-the-environmenT', 'a-token', ''])
      expect((await withToken(wrong)).status).toBe(401);
  });

  test('a wrong token is refused even from this machine', async () => {
    const { url } = await startConsole();
    expect((await request(url).get('/api/twilio/credentials').set('Authorization', 'Bearer wrong')).status).toBe(401);
    expect((await request(url).get('/api/twilio/credentials').set('Authorization', 'Basic b3duZXI6')).status).toBe(401);
  });
});

describe('the set-up link', () => {
  test('leads from elsewhere to a password and into the console, once', async () => {
    const running = await startConsole();
    const link = (await running.console.setupLink()) ?? '';
    const owner = running.browser();
    expect((await owner.open(link)).text).toContain('Choose a password');
    expect((await owner.open(link)).status).toBe(200); // a preview of the link does not use it up
    await owner.submit('/setup', { password: PASSWORD, password_again: PASSWORD });
    expect((await owner.open('/')).text).toContain('Checklist');
    const second = running.browser();
    expect((await second.open(link)).headers['location']).toBe('/login?said=setup-link');
    const key = new URL(link, running.url).searchParams.get('key') ?? '';
    const again = await second.submit('/setup', {
      key,
      password: 'another password',
      password_again: 'another password',
    });
    expect(again.headers['location']).toBe('/login?said=setup-link');
    expect((await second.open('/')).headers['location']).toBe('/login');
    expect(await running.console.setupLink()).toBeUndefined();
  });

  test('is used by one of two who come at the same moment', async () => {
    const running = await startConsole();
    const key = new URL((await running.console.setupLink()) ?? '', running.url).searchParams.get('key') ?? '';
    const both = await Promise.all(
      [running.browser(), running.browser()].map((browser) => browser.submit('/setup', { key, password: PASSWORD })),
    );
    expect(both.map(({ headers }) => headers['location']).sort()).toEqual(['/', '/login?said=setup-link']);
  });

  test('holds a key that works once, by itself', () => {
    const setupKey = createSetupKey({ now: () => 0 });
    const key = setupKey.issue();
    expect([setupKey.use('guess'), setupKey.use(key), setupKey.use(key), setupKey.isValid(key)]).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  test('is not needed on this machine, where of two pages at the same moment one sets the password', async () => {
    const running = await startConsole();
    const pages = [running.ownersBrowser(), running.ownersBrowser()];
    for (const page of pages) await page.open('/setup');
    const both = await Promise.all(pages.map((page) => page.submit('/setup', { password: PASSWORD })));
    expect(both.map(({ headers }) => headers['location']).sort()).toEqual(['/', '/login?said=setup-link']);
  });

  test('expires after a day, and is void when a new one is made', async () => {
    const running = await startConsole();
    const first = (await running.console.setupLink()) ?? '';
    const second = (await running.console.setupLink()) ?? '';
    const guest = running.browser();
    expect((await guest.open(first)).status).toBe(303);
    expect((await guest.open(second)).status).toBe(200);
    running.passTime(24 * HOUR);
    expect((await guest.open(second)).status).toBe(303);
    expect(Buffer.from(new URL(second, running.url).searchParams.get('key') ?? '', 'base64url')).toHaveLength(32);
  });

  test.each(['short', 'password123', 'aaaaaaaaaaaa', 'QwErTy1234', 'x'.repeat(201)])(
    'refuses the password %s',
    async (password) => {
      const running = await startConsole();
      const owner = running.browser();
      await owner.open((await running.console.setupLink()) ?? '');
      const answer = await owner.submit('/setup', { password, password_again: password });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('aria-describedby="password-hint password-error"');
      expect(answer.text).not.toContain(password);
      expect(await running.console.setupLink()).toBeDefined();
    },
  );

  test('refuses two passwords that differ, and then takes the same form again', async () => {
    const running = await startConsole();
    const owner = running.browser();
    await owner.open((await running.console.setupLink()) ?? '');
    expect((await owner.submit('/setup', { password: PASSWORD, password_again: 'four quiet hens' })).status).toBe(400);
    expect((await owner.submit('/setup', { password: PASSWORD, password_again: PASSWORD })).status).toBe(303);
  });

  test('a stranger without it cannot set the password', async () => {
    const running = await startConsole();
    await running.console.setupLink();
    const stranger = running.browser();
    for (const key of ['', 'guess', 'x'.repeat(43)]) await stranger.submit('/setup', { key, password: PASSWORD });
    expect((await stranger.open('/')).headers['location']).toBe('/login');
    expect(await running.console.setupLink()).toBeDefined();
  });
});

describe('once a password is set', () => {
  test('a stranger who asks for any page is sent to the login page', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    for (const browser of [running.browser(), running.ownersBrowser()]) {
      for (const path of PAGES) {
        expect(await browser.open(path)).toMatchObject({ status: 303, headers: { location: '/login' } });
      }
    }
  });

  test('a stranger who asks for anything of the API gets 401 in JSON', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    for (const path of APIS) {
      for (const method of ['get', 'post', 'put', 'delete'] as const) {
        const answer = await request(running.url)[method](path);
        expect(answer).toMatchObject({ status: 401, type: 'application/json', body: { code: 'not_signed_in' } });
        expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
      }
    }
    expect((await request(running.url).get('/').set('Accept', 'application/json')).status).toBe(401);
  });

  test('nothing but the login page, the set-up page and static files answers a stranger', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const stranger = running.browser();
    expect((await stranger.open('/login')).status).toBe(200);
    expect((await stranger.open('/login?said=<script>')).status).toBe(200);
    expect((await stranger.open('/console/style.css')).status).toBe(200);
    expect((await stranger.open('/console/page.js')).status).toBe(200);
    for (const path of [
      '/console/../../package.json',
      '/console/%2e%2e/%2e%2e/package.json',
      '/console/..%2f..%2f.env',
    ]) {
      expect((await stranger.open(path)).text).not.toContain('frontdesk"');
    }
  });

  test('/metrics answers this machine, a token and the owner, and nobody else', async () => {
    const running = await startConsole({ adminToken: 'a-token-of-the-environment' });
    const owner = await running.ownerSignsUp();
    expect((await request(running.url).get('/metrics')).text).toBe('figures');
    expect((await owner.open('/metrics')).text).toBe('figures');
    const from = (headers: Record<string, string>) => request(running.url).get('/metrics').set(headers);
    expect((await from({ Host: 'phone.example.com', Authorization: 'Bearer a-token-of-the-environment' })).text).toBe(
      'figures',
    );
    for (const headers of [
      { Host: 'phone.example.com' },
      { 'X-Forwarded-For': '203.0.113.9' },
      { Authorization: 'Bearer no' },
    ]) {
      expect((await from({ ...headers, Accept: 'text/plain' })).status).toBe(401);
    }
  });
});
