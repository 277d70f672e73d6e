import request from 'supertest';
import { CREDENTIALS, startConsole, type RunningConsole } from './kit';

const PATH = '/api/twilio/credentials';
const NOTHING = { configured: false, source: null, account_sid: null, auth_token: null, phone_number: null };
const MASKED = {
  configured: true,
  source: 'page',
  account_sid: 'AC01…cdef',
  auth_token: '••••face',
  phone_number: CREDENTIALS.phone_number,
};

const post = ({ url }: RunningConsole, body: object) => request(url).post(PATH).send(body);

describe('the Twilio credentials', () => {
  test('are shown masked, and not at all before there are any', async () => {
    const running = await startConsole();
    expect((await request(running.url).get(PATH)).body).toEqual(NOTHING);
    await post(running, CREDENTIALS);
    expect((await request(running.url).get(PATH)).body).toEqual(MASKED);
  });

  test.each<[string, (running: RunningConsole) => request.Test]>([
    ['JSON', (running) => post(running, CREDENTIALS)],
    [
      'JSON in camel case',
      (running) =>
        post(running, {
          accountSid: CREDENTIALS.account_sid,
          authToken: CREDENTIALS.auth_token,
          phoneNumber: CREDENTIALS.phone_number,
        }),
    ],
    ['a form', ({ url }) => request(url).post(PATH).type('form').send(CREDENTIALS)],
    [
      'a form with blanks around',
      ({ url }) =>
        request(url)
          .post(PATH)
          .type('form')
          .send({ ...CREDENTIALS, auth_token: ` ${CREDENTIALS.auth_token}\n` }),
    ],
  ])('are taken as %s, checked, and kept', async (_, send) => {
    const running = await startConsole();
    const answer = await send(running);
    expect(answer).toMatchObject({ status: 200, body: { success: true, ...MASKED } });
    const kept = {
      accountSid: CREDENTIALS.account_sid,
      authToken: CREDENTIALS.auth_token,
      phoneNumber: CREDENTIALS.phone_number,
    };
    expect(running.outside.asked).toEqual([kept]);
    expect(running.settings.twilio()).toEqual({ ...kept, source: 'page' });
  });

  test('may come with an API key', async () => {
    const running = await startConsole();
    await post(running, { ...CREDENTIALS, api_key_sid: 'SK1', apiKeySecret: 'secret of the key' });
    expect(running.settings.twilio()).toMatchObject({ apiKeySid: 'SK1', apiKeySecret: 'secret of the key' });
  });

  test.each(['account_sid', 'auth_token', 'phone_number'])(
    'are refused without %s, and Twilio is not asked',
    async (field) => {
      const running = await startConsole();
      for (const value of [undefined, '', '  ', 12025550100, ['a'], { length: 1 }, null]) {
        const answer = await post(running, { ...CREDENTIALS, [field]: value });
        expect(answer).toMatchObject({ status: 400, body: { success: false, field, code: 'missing' } });
      }
      expect(running.outside.asked).toEqual([]);
      expect(running.settings.twilio()).toBeUndefined();
    },
  );

  test.each([400, 502, 504])(
    'that Twilio does not accept give %i with the reason, and nothing is kept',
    async (status) => {
      const running = await startConsole();
      await post(running, CREDENTIALS);
      const verdict = {
        status,
        field: 'auth_token',
        code: 'wrong_token',
        error: 'Not accepted.',
        remedy: 'Copy it again.',
      };
      running.outside.twilio = { ok: false, ...verdict };
      const answer = await post(running, { ...CREDENTIALS, auth_token: '0'.repeat(32) });
      expect(answer.status).toBe(status);
      const { status: _, ...body } = verdict;
      expect(answer.body).toEqual({ success: false, ...body });
      expect(running.settings.twilio()?.authToken).toBe(CREDENTIALS.auth_token);
    },
  );

  test('that are good with a doubt come with the warning', async () => {
    const running = await startConsole();
    running.outside.twilio = { ok: true, warnings: ['Twilio does not say whether the number takes calls.'] };
    expect((await post(running, CREDENTIALS)).body).toMatchObject({
      success: true,
      warnings: [expect.stringContaining('takes calls')],
    });
  });

  test('are forgotten', async () => {
    const running = await startConsole();
    await post(running, CREDENTIALS);
    expect((await request(running.url).delete(PATH)).body).toEqual({
      success: true,
      ...NOTHING,
      warnings: [expect.stringContaining('still sends its calls here')],
    });
    expect(running.settings.twilio()).toBeUndefined();
  });

  test.each<[string, string, number]>([
    ['application/json', '{"account_sid":', 400],
    ['application/json', '"text"', 400],
    ['application/json', JSON.stringify({ a: 'x'.repeat(2_000_000) }), 413],
    ['application/x-www-form-urlencoded; charset=utf-7', 'a=1', 415],
    ['text/plain', 'account_sid=1', 400],
  ])('as %s that cannot be read are refused in JSON', async (type, body, status) => {
    const { url } = await startConsole();
    const answer = await request(url).post(PATH).set('Content-Type', type).send(body);
    expect(answer).toMatchObject({ status, body: { success: false } });
  });
});

describe('the credentials page', () => {
  test('sends a browser back to itself with the verdict, and names the field that was wrong', async () => {
    const running = await startConsole();
    const owner = running.ownersBrowser();
    running.outside.twilio = {
      ok: false,
      status: 400,
      field: 'auth_token',
      code: 'x',
      error: 'Twilio says no.',
      remedy: 'Copy it.',
    };
    await owner.open('/credentials');
    const answer = await owner.submit(PATH, CREDENTIALS);
    expect(answer).toMatchObject({
      status: 303,
      headers: { location: expect.stringMatching(/^\/credentials\?said=[\w-]{43}$/) as string },
    });
    const page = (await owner.open(answer.headers['location'] ?? '')).text;
    expect(page).toMatch(/role="alert"[^>]*>\s*<p>\s*<a href="#auth_token">Twilio says no\.<\/a>/);
    expect(page).toMatch(/id="auth_token-error">Twilio says no\./);
    expect(page).toMatch(/id="auth_token"[^>]*aria-invalid="true"\s+aria-describedby="auth_token-error"/);
    running.outside.twilio = { ok: true, warnings: ['A trial account.'] };
    const good = await owner.submit(PATH, CREDENTIALS);
    const shown = (await owner.open(good.headers['location'] ?? '')).text;
    expect(shown).toContain('role="status"');
    expect(shown).toContain('A trial account.');
    expect(shown).toContain('••••face');
  });

  test.each<[string, Record<string, string>, (running: RunningConsole) => unknown]>([
    ['groq', { groq_key: 'gsk_0123456789' }, ({ settings }) => settings.groqKey()?.value],
    ['google', { google_api_key: 'AIza0123456789' }, ({ settings }) => settings.google()?.apiKey],
    ['google', { google_service_account: '{"type":"service_account"}' }, ({ settings }) => settings.google()],
    [
      'public-address',
      { public_base_url: 'https://phone.example.com' },
      ({ settings }) => settings.publicBaseUrl()?.value,
    ],
  ])('keeps what was entered for %s, and forgets it again', async (name, fields, kept) => {
    const running = await startConsole();
    const owner = running.ownersBrowser();
    await owner.open('/credentials');
    const saved = await owner.submit(`/credentials/${name}`, fields);
    expect((await owner.open(saved.headers['location'] ?? '')).text).toContain('class="notice"');
    expect(kept(running)).toBeTruthy();
    await owner.submit(`/credentials/${name}/forget`);
    expect(kept(running)).toBeUndefined();
  });

  test.each<[string, 'groq' | 'google', Record<string, string>]>([
    ['groq', 'groq', { groq_key: 'gsk_0123456789' }],
    ['google', 'google', { google_api_key: 'AIza0123456789' }],
  ])('does not keep a %s key that did not pass its try', async (name, service, fields) => {
    const running = await startConsole();
    const owner = running.ownersBrowser();
    running.outside[service] = { ok: false, message: 'The key is wrong.', remedy: 'Make a new one.' };
    await owner.open('/credentials');
    const answer = await owner.submit(`/credentials/${name}`, fields);
    const page = (await owner.open(answer.headers['location'] ?? '')).text;
    expect(page).toContain('The key is wrong.');
    expect(page).toContain('Make a new one.');
    expect([running.settings.groqKey(), running.settings.google()]).toEqual([undefined, undefined]);
  });

  test('wants one way to know Google, not two or none, and a Groq key that is there', async () => {
    const running = await startConsole();
    const owner = running.ownersBrowser();
    await owner.open('/credentials');
    for (const fields of [{}, { google_api_key: 'AIza0123456789', google_service_account: '{}' }]) {
      const answer = await owner.submit('/credentials/google', fields);
      expect((await owner.open(answer.headers['location'] ?? '')).text).toContain('either an API key or a key file');
    }
    const answer = await owner.submit('/credentials/groq', { groq_key: ' ' });
    expect((await owner.open(answer.headers['location'] ?? '')).text).toContain('The key is missing.');
    expect(running.outside.asked).toEqual([]);
  });

  test('opens what is folded away when the error is in there', async () => {
    const running = await startConsole();
    const owner = running.ownersBrowser();
    expect((await owner.open('/credentials')).text).toMatch(/<details\s*>/);
    running.outside.twilio = {
      ok: false,
      status: 400,
      field: 'api_key_sid',
      code: 'format',
      error: 'No.',
      remedy: 'So.',
    };
    const { headers } = await owner.submit(PATH, CREDENTIALS);
    expect((await owner.open(headers['location'] ?? '')).text).toMatch(/<details open>/);
  });

  test('a verdict is shown for ten minutes at its own address and nowhere else', async () => {
    const running = await startConsole();
    const owner = running.ownersBrowser();
    await owner.open('/credentials');
    const { headers } = await owner.submit('/credentials/groq', { groq_key: ' ' });
    expect((await owner.open('/credentials')).text).not.toContain('The key is missing.');
    expect((await owner.open('/credentials?said=constructor')).text).not.toContain('role="alert"');
    running.passTime(10 * 60_000);
    expect((await owner.open(headers['location'] ?? '')).text).not.toContain('The key is missing.');
  });
});
