import request from 'supertest';
import { PASSWORD, PUBLIC_HOST, startConsole } from './kit';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const COOKIE = '__Host-frontdesk';

describe('signing in', () => {
  test('gives a cookie that scripts, other hosts and plain http never see', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const answer = await running.browser().submit('/login', { password: PASSWORD });
    const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^__Host-frontdesk=[\w-]{43}; /);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(attribute);
    expect(cookie).not.toMatch(/domain/i);
  });

  test('sets a cookie as strict as browsers allow where they are', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const places: readonly [Record<string, string>, boolean][] = [
      [{ Host: 'localhost:3000', Origin: 'http://localhost:3000' }, false],
      [{ Host: '192.168.1.5:3000', Origin: 'http://192.168.1.5:3000' }, false],
      [{ Host: '127.0.0.1:3000', 'X-Forwarded-Proto': 'https' }, true],
      [{ Host: 'phone.example.com' }, true],
    ];
    for (const [headers, secure] of places) {
      const login = request(running.url).post('/login').set(headers).type('form');
      const [cookie = ''] = (await login.send({ password: PASSWORD })).headers['set-cookie'] as unknown as string[];
      expect(cookie.startsWith(secure ? `${COOKIE}=` : 'frontdesk=')).toBe(true);
      expect(/secure/i.test(cookie)).toBe(secure);
    }
  });

  test('works on http://localhost from the form to the page', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const here = running.browser({ host: 'localhost:3000', scheme: 'http' });
    await here.submit('/login', { password: PASSWORD });
    expect((await here.open('/')).status).toBe(200);
  });

  test('over https a plain cookie, which a neighbouring host could have set, is not read', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    const id = owner.cookies.get(COOKIE) ?? '';
    const send = (cookie: string) =>
      request(running.url).get('/').set({ Host: PUBLIC_HOST, 'X-Forwarded-Proto': 'https', Cookie: cookie });
    expect((await send(`${COOKIE}=${id}`)).status).toBe(200);
    expect((await send(`frontdesk=${id}`)).status).toBe(303);
  });

  test('renews the session id: one that an attacker planted does not come alive', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const planted = 'A'.repeat(43);
    const victim = running.browser();
    victim.cookies.set(COOKIE, planted);
    await victim.submit('/login', { password: PASSWORD });
    const first = victim.cookies.get(COOKIE);
    expect(first).not.toBe(planted);
    await victim.submit('/login', { password: PASSWORD });
    expect(victim.cookies.get(COOKIE)).not.toBe(first);
    const attacker = running.browser();
    attacker.cookies.set(COOKIE, planted);
    expect((await attacker.open('/')).status).toBe(303);
  });

  test('a script may sign in with JSON and gets what its changes must bear', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const answer = await request(running.url).post('/login').send({ password: PASSWORD });
    expect(answer.body).toEqual({ success: true, csrf_token: expect.any(String) as string });
    expect(
      (
        await request(running.url)
          .post('/login')
          .send({ password: [PASSWORD] })
      ).status,
    ).toBe(401);
  });

  test('the database knows neither the password nor a session id', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    const rows = JSON.stringify([
      await running.database.selectFrom('settings').selectAll().execute(),
      await running.database.selectFrom('sessions').selectAll().execute(),
    ]);
    expect(rows).not.toContain(PASSWORD);
    expect(rows).not.toContain(owner.cookies.get(COOKIE));
    expect(rows).toContain('id_hash');
  });
});

describe('a session', () => {
  test('stolen from a browser is worth nothing after that browser signs out', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    const thief = running.browser();
    thief.cookies.set(COOKIE, owner.cookies.get(COOKIE) ?? '');
    expect((await thief.open('/')).status).toBe(200);
    await owner.open('/');
    expect((await owner.submit('/logout')).headers['location']).toBe('/login?said=signed-out');
    expect(owner.cookies.has(COOKIE)).toBe(false);
    expect((await thief.open('/')).status).toBe(303);
  });

  test('is not ended by a link', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    expect((await owner.open('/logout')).status).toBe(404);
    expect((await owner.open('/')).status).toBe(200);
  });

  test('ends after 12 hours without use, and lives on while it is used', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    running.passTime(11 * HOUR);
    expect((await owner.open('/')).status).toBe(200);
    running.passTime(11 * HOUR);
    expect((await owner.open('/')).status).toBe(200);
    running.passTime(12 * HOUR);
    expect((await owner.open('/')).status).toBe(303);
  });

  test('ends after 7 days however much it is used, and is cleared away', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    for (let hours = 0; hours < 7 * 24 - 8; hours += 8) {
      running.passTime(8 * HOUR);
      expect((await owner.open('/')).status).toBe(200);
    }
    running.passTime(8 * HOUR);
    expect((await owner.open('/')).status).toBe(303);
    await running.browser().submit('/login', { password: PASSWORD });
    expect(await running.database.selectFrom('sessions').selectAll().execute()).toHaveLength(1);
  });

  test('does not survive a new password, except for the browser that chose it', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    const other = running.browser();
    await other.submit('/login', { password: PASSWORD });
    await owner.open('/access');
    const password = 'five loud herons';
    const fields = { current_password: PASSWORD, password, password_again: password };
    const answer = await owner.submit('/access/password', fields);
    expect((await owner.open(answer.headers['location'] ?? '')).text).toContain('The password is changed');
    expect((await other.open('/')).status).toBe(303);
    expect((await other.submit('/login', { password: PASSWORD })).status).toBe(401);
    expect((await other.submit('/login', { password })).status).toBe(303);
  });

  test('a new password needs the present one', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    await owner.open('/access');
    const fields = { current_password: 'wrong', password: 'five loud herons', password_again: 'five loud herons' };
    const answer = await owner.submit('/access/password', fields);
    expect((await owner.open(answer.headers['location'] ?? '')).text).toContain('This is not the present password.');
    expect((await running.browser().submit('/login', { password: PASSWORD })).status).toBe(303);
  });

  test('all of them end when the owner signs out everywhere', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    const other = running.browser();
    await other.submit('/login', { password: PASSWORD });
    await owner.open('/access');
    await owner.submit('/access/sign-out-everywhere');
    expect((await other.open('/')).status).toBe(303);
    expect((await owner.open('/')).status).toBe(303);
  });
});
