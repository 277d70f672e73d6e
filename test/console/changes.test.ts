import request from 'supertest';
import { PASSWORD, PUBLIC_HOST, startConsole } from './kit';

const COOKIE = '__Host-frontdesk';

describe('a change', () => {
  const CHANGES = [
    '/logout',
    '/api/twilio/credentials',
    '/credentials/groq',
    '/credentials/twilio/forget',
    '/access/tokens',
    '/access/password',
    '/nowhere',
  ];

  test('is refused without the token of its own session', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    const other = running.browser();
    await other.submit('/login', { password: PASSWORD });
    await other.open('/access');
    await owner.open('/access');
    const own = owner.csrf();
    const Cookie = `${COOKIE}=${owner.cookies.get(COOKIE) ?? ''}`;
    for (const path of CHANGES) {
      const answers = [
        await owner.submit(path, { csrf: '' }),
        await owner.submit(path, { csrf: 'guessed' }),
        await owner.submit(path, { csrf: other.csrf() }),
        await owner.submit(path, { csrf: '' }, { 'X-CSRF-Token': other.csrf() }),
        await request(running.url)
          .post(`${path}?csrf=${own}`)
          .set({ Host: PUBLIC_HOST, Cookie })
          .type('form')
          .send({ name: 'x' }),
        await request(running.url)
          .post(path)
          .set({ Host: PUBLIC_HOST, Cookie })
          .send({ csrf: [own] }),
        await owner.submit(path, { csrf: own }, { Origin: 'https://evil.example' }),
        await owner.submit(path, { csrf: own }, { Origin: 'null' }),
        await owner.submit(path, { csrf: own }, { 'Sec-Fetch-Site': 'same-site' }),
      ];
      expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(403));
    }
    expect((await owner.open('/')).status).toBe(200);
  });

  test('with the token in a header or in the form is made', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    await owner.open('/access');
    const inHeader = await owner.submit('/access/tokens', { csrf: '', name: 'one' }, { 'X-CSRF-Token': owner.csrf() });
    const inForm = await owner.submit('/access/tokens', { name: 'two' });
    expect([inHeader.status, inForm.status]).toEqual([200, 200]);
  });

  test('with files may bear the token in its address, because they are read late', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    await owner.open('/access');
    const Cookie = `${COOKIE}=${owner.cookies.get(COOKIE) ?? ''}`;
    const upload = (csrf: string) =>
      request(running.url)
        .post(`/nowhere?csrf=${csrf}`)
        .set({ Host: PUBLIC_HOST, Cookie })
        .attach('file', Buffer.from('x'), 'x');
    expect((await upload(owner.csrf())).status).toBe(404);
    expect((await upload('guessed')).status).toBe(403);
  });

  test('behind a proxy that changes the host, the public address and the browser itself vouch for our own page', async () => {
    const running = await startConsole();
    const owner = await running.ownerSignsUp();
    await owner.open('/access');
    const inside = { Host: '127.0.0.1:3000', Origin: `https://${PUBLIC_HOST}`, 'X-Forwarded-Proto': 'https' };
    expect((await owner.submit('/access/tokens', { name: 'a' }, inside)).status).toBe(403);
    await owner.open('/access');
    expect(
      (await owner.submit('/access/tokens', { name: 'a' }, { ...inside, 'Sec-Fetch-Site': 'same-origin' })).status,
    ).toBe(200);
    await running.settings.savePublicBaseUrl(`https://${PUBLIC_HOST}`);
    expect((await owner.submit('/access/tokens', { name: 'a' }, inside)).status).toBe(200);
  });

  test('a stranger cannot be signed in or out by another page', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const victim = running.browser();
    const answer = await victim.submit('/login', { password: PASSWORD }, { Origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(victim.cookies.size).toBe(0);
  });
});
