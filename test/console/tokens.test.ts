import request from 'supertest';
import { startConsole } from './kit';

describe('a token', () => {
  test('is shown once, opens the API, is kept as a hash, and dies when it is revoked', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    await owner.open('/access');
    const made = await owner.submit('/access/tokens', { name: 'backup script' });
    const token = /<code id="made-token">(fd_[\w-]{43})<\/code>/.exec(made.text)?.[1] ?? '';
    expect((await owner.open('/access')).text).not.toContain(token);
    expect(JSON.stringify(await running.database.selectFrom('tokens').selectAll().execute())).not.toContain(token);
    expect(JSON.stringify(running.logged)).not.toContain(token);
    const use = () =>
      request(running.url)
        .get('/api/twilio/credentials')
        .set({ Host: 'phone.example.com', Authorization: `Bearer ${token}` });
    expect((await use()).status).toBe(200);
    const page = (await owner.open('/access')).text;
    expect(page).toContain('last used 2026-01-05');
    await owner.submit(/\/access\/tokens\/\d+\/revoke/.exec(page)?.[0] ?? '');
    expect((await use()).status).toBe(401);
  });

  test('cannot change who has access, unless it is the environment’s', async () => {
    const running = await startConsole({ adminToken: 'a-token-of-the-environment' });
    await running.ownerSignsUp();
    const send = (path: string, token: string, body: object) =>
      request(running.url).post(path).set('Authorization', `Bearer ${token}`).send(body);
    const made = await send('/access/tokens', 'a-token-of-the-environment', { name: 'script' });
    const { token } = made.body as { token: string };
    const change = { password: 'five loud herons' };
    expect((await send('/access/password', token, change)).status).toBe(403);
    expect((await send('/access/tokens', token, { name: 'another' })).status).toBe(403);
    expect((await send('/access/password', 'a-token-of-the-environment', change)).body).toMatchObject({
      success: true,
    });
    expect((await running.browser().submit('/login', change)).status).toBe(303);
  });

  test('of the page cannot set the first password', async () => {
    const running = await startConsole();
    const made = await request(running.url).post('/access/tokens').send({ name: 'script' });
    const { token } = made.body as { token: string };
    const from = { Host: 'phone.example.com', Authorization: `Bearer ${token}` };
    const answer = await request(running.url).post('/setup').set(from).send({ password: 'five loud herons' });
    expect(answer.headers['location']).toBe('/login?said=setup-link');
    expect(await running.console.setupLink()).toBeDefined();
  });
});
