import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { stubNumber } from '../support/twilio-rest-state';
import { startTwilioRestStub, type TwilioRestStub } from '../support/twilio-rest-stub';
import { ownersCredentials, telephonyAt } from './kit';

let stub: TwilioRestStub;
beforeEach(async () => {
  stub = await startTwilioRestStub();
});
afterEach(() => stub.close());

const check = (changes: Parameters<typeof ownersCredentials>[1] = {}) =>
  telephonyAt(stub).checkCredentials(ownersCredentials(stub, changes));

const KEY = { sid: 'SK00112233445566778899aabbccddeeff', secret: 'CanarySecretOfTheApiKey012345678' };

describe('the owner enters credentials that are right', () => {
  test('and is told the name of the account, and no warning', async () => {
    expect(await check()).toEqual({
      ok: true,
      trial: false,
      accountName: stub.state.account.friendlyName,
      warnings: [],
    });
  });

  test('and is told that it is a trial account', async () => {
    stub.state.account.type = 'Trial';
    expect(await check()).toMatchObject({ ok: true, trial: true, warnings: [] });
  });

  test('and the number is found on a later page, beyond numbers that only contain it', async () => {
    stub.state.pageSize = 2;
    const others = ['+120255501000', '+120255501001', '+120255501002', '+120255501003', '+120255501004'];
    stub.state.numbers.unshift(...others.map((number) => stubNumber(number, { capabilities: { voice: false } })));
    expect(await check()).toMatchObject({ ok: true, warnings: [] });
    expect(stub.lines.filter((line) => line.endsWith('IncomingPhoneNumbers.json'))).toHaveLength(3);
  });

  test('and a number that does not state its capabilities is a warning', async () => {
    stub.state.numbers = [stubNumber('+12025550100', { capabilities: null })];
    expect(await check()).toMatchObject({ ok: true, warnings: [expect.stringContaining('+12025550100')] });
  });

  test('with an API key, which is then what asks for the number', async () => {
    stub.state.apiKey = KEY;
    expect(await check({ apiKeySid: KEY.sid, apiKeySecret: KEY.secret })).toMatchObject({ ok: true });
    expect(stub.requests.map(({ user }) => user)).toEqual([stub.state.account.sid, KEY.sid]);
  });

  test('on a trial account whose number is lent to it and in no list, with a warning', async () => {
    stub.state.account.type = 'Trial';
    stub.state.numbers = [];
    expect(await check()).toMatchObject({
      ok: true,
      trial: true,
      warnings: [expect.stringContaining('lists no number')],
    });
  });
});

describe('the owner mistypes a field', () => {
  test.each([
    ['account_sid', { accountSid: 'AC0011' }],
    ['account_sid', { accountSid: '' }],
    ['account_sid', { accountSid: `AC${'z'.repeat(32)}` }],
    ['auth_token', { authToken: '0123456789abcdef' }],
    ['auth_token', { authToken: '0123456789abcdef0123456789abcdeg' }],
    ['phone_number', { phoneNumber: '202 555 0100' }],
    ['phone_number', { phoneNumber: '12025550100' }],
    ['phone_number', { phoneNumber: '+1 202 555 0100' }],
    ['api_key_sid', { apiKeySid: 'SK1', apiKeySecret: KEY.secret }],
    ['api_key_secret', { apiKeySid: KEY.sid, apiKeySecret: 'short' }],
    ['api_key_secret', { apiKeySid: KEY.sid }],
    ['api_key_sid', { apiKeySecret: KEY.secret }],
  ])('%s %j is named, with a remedy, and Twilio is not asked', async (field, changes) => {
    expect(await check(changes)).toEqual({
      ok: false,
      status: 400,
      field,
      code: 'format',
      error: expect.any(String) as string,
      remedy: expect.stringMatching(/\w+/) as string,
    });
    expect(stub.requests).toHaveLength(0);
  });
});

describe('Twilio refuses', () => {
  const refuses = (field: string | null, code: string) => ({ ok: false, status: 400, field, code });

  test('a wrong token', async () => {
    expect(await check({ authToken: 'f'.repeat(32) })).toMatchObject(refuses('auth_token', 'wrong_token'));
  });

  test('an account it does not know', async () => {
    stub.state.trouble = { kind: 'error', status: 404, code: 20404 };
    expect(await check()).toMatchObject(refuses('account_sid', 'account_not_found'));
  });

  test.each(['suspended', 'closed'] as const)('an account that is %s', async (status) => {
    stub.state.account.status = status;
    expect(await check()).toMatchObject(refuses('account_sid', `account_${status}`));
  });

  test('an account that is not active, by its error code alone', async () => {
    stub.state.trouble = { kind: 'error', status: 403, code: 20005 };
    expect(await check()).toMatchObject(refuses('account_sid', 'account_suspended'));
  });

  test('test credentials', async () => {
    stub.state.trouble = { kind: 'error', status: 403, code: 20008 };
    expect(await check()).toMatchObject(refuses('auth_token', 'test_credentials'));
  });

  test('a number of another account, and the owner is told which numbers there are', async () => {
    expect(await check({ phoneNumber: '+12025550199' })).toMatchObject({
      ...refuses('phone_number', 'number_not_found'),
      remedy: expect.stringContaining('+12025550100') as string,
    });
  });

  test('a number that is only a part of one of the account', async () => {
    expect(await check({ phoneNumber: '+1202555010' })).toMatchObject(refuses('phone_number', 'number_not_found'));
  });

  test('any number for a full account that has none', async () => {
    stub.state.numbers = [];
    expect(await check()).toMatchObject(refuses('phone_number', 'number_not_found'));
  });

  test('a number without voice', async () => {
    stub.state.numbers = [stubNumber('+12025550100', { capabilities: { voice: false, sms: true } })];
    expect(await check()).toMatchObject(refuses('phone_number', 'number_without_voice'));
  });

  test('a wrong API key beside a right token', async () => {
    expect(await check({ apiKeySid: KEY.sid, apiKeySecret: KEY.secret })).toMatchObject(
      refuses('api_key_secret', 'wrong_api_key'),
    );
  });

  test('a restricted API key', async () => {
    stub.state.apiKey = KEY;
    stub.state.refuses.add('numbers');
    expect(await check({ apiKeySid: KEY.sid, apiKeySecret: KEY.secret })).toMatchObject(
      refuses('api_key_sid', 'not_permitted'),
    );
  });

  test('for a reason nobody foresaw, which is passed on with its code', async () => {
    stub.state.trouble = { kind: 'error', status: 400, code: 21999, message: 'The moon is in the wrong phase' };
    expect(await check()).toMatchObject({
      ...refuses(null, 'refused'),
      error: expect.stringContaining('The moon is in the wrong phase') as string,
      remedy: expect.stringContaining('21999') as string,
    });
  });
});

describe('Twilio cannot be asked', () => {
  test.each(['hang', 'drip'] as const)('because it is slow (%s): 504 within the time set', async (kind) => {
    stub.state.trouble = { kind };
    const verdict = await telephonyAt(stub, { timeoutMs: 150 }).checkCredentials(ownersCredentials(stub));
    expect(verdict).toMatchObject({ ok: false, status: 504, field: null, code: 'twilio_slow' });
  });

  test('for longer than the time set: what is not answered by then is not asked for any more', async () => {
    stub.state.pageSize = 1;
    stub.state.numbers = Array.from({ length: 1_900 }, () => stubNumber('+120255501001'));
    const verdict = await telephonyAt(stub, { timeoutMs: 500 }).checkCredentials(ownersCredentials(stub));
    expect(verdict).toMatchObject({ ok: false, status: 504, code: 'twilio_slow' });
    await sleep(50);
    const asked = stub.requests.length;
    await sleep(100);
    expect(asked).toBeGreaterThan(1);
    expect(stub.requests).toHaveLength(asked);
  });

  test('because nobody listens: 502', async () => {
    const verdict = await telephonyAt({ url: await addressOfNobody() }).checkCredentials(ownersCredentials(stub));
    expect(verdict).toMatchObject({ ok: false, status: 502, field: null, code: 'twilio_unreachable' });
  });

  test('because the connection is cut: 502', async () => {
    stub.state.trouble = { kind: 'cut' };
    expect(await check()).toMatchObject({ ok: false, status: 502, code: 'twilio_unreachable' });
  });

  test.each([{ kind: 'html' }, { kind: 'error', status: 503 }, { kind: 'error', status: 302 }] as const)(
    'because something else answers, or it is in trouble itself (%j): 502',
    async (trouble) => {
      stub.state.trouble = trouble;
      expect(await check()).toMatchObject({ ok: false, status: 502, code: 'twilio_in_trouble' });
    },
  );

  test('because it was asked too often: 502', async () => {
    stub.state.trouble = { kind: 'error', status: 429, code: 20429 };
    expect(await check()).toMatchObject({ ok: false, status: 502, code: 'twilio_busy' });
  });
});

/** An address that had a server a moment ago. */
async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
