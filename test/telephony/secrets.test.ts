import { createTelephony } from '../../src/telephony/telephony';
import { startTwilioRestStub, type TwilioRestStub } from '../support/twilio-rest-stub';
import { ownersCredentials, telephonyAt, textLog } from './kit';

let stub: TwilioRestStub;
beforeEach(async () => {
  stub = await startTwilioRestStub();
});
afterEach(() => stub.close());

const KEY = { sid: 'SK00112233445566778899aabbccddeeff', secret: 'CanarySecretOfTheApiKey012345678' };

describe('secrets', () => {
  test.each<[string, (stub: TwilioRestStub) => void]>([
    ['all is right', () => undefined],
    ['the token is wrong', ({ state }) => (state.account.authToken = 'e'.repeat(32))],
    ['Twilio quotes the token', ({ state }) => (state.trouble = quoting(state.account.authToken))],
    ['Twilio quotes the key', ({ state }) => (state.trouble = quoting(KEY.secret))],
    ['the connection is cut', ({ state }) => (state.trouble = { kind: 'cut' })],
    ['what answers is no JSON', ({ state }) => (state.trouble = { kind: 'html' })],
  ])('are in no log line and no answer when %s', async (_, arrange) => {
    const log = textLog();
    stub.state.apiKey = KEY;
    const entered = ownersCredentials(stub, { apiKeySid: KEY.sid, apiKeySecret: KEY.secret });
    arrange(stub);
    const verdict = await telephonyAt(stub, { log }).checkCredentials(entered);
    const seen = log.text() + JSON.stringify(verdict);
    expect(log.text()).toContain('check_credentials');
    for (const secret of [entered.authToken, KEY.secret]) {
      for (const form of [secret, Buffer.from(secret).toString('base64').slice(0, 20)])
        expect(seen).not.toContain(form);
    }
  });

  const quoting = (secret: string) => ({ kind: 'error', status: 400, code: 21999, message: `Bad ${secret}!` }) as const;
});

describe('the address of Twilio', () => {
  test.each(['https://api.example.com', 'http://192.0.2.1:4010', 'ftp://127.0.0.1', '127.0.0.1:4010', 'nonsense'])(
    'may not be %s: credentials would leave this machine for somebody else',
    (apiBaseUrl) => {
      expect(() => createTelephony({ apiBaseUrl, timeoutMs: 1_000, log: textLog() })).toThrow('of this machine');
    },
  );

  test('is this machine with a slash at its end too', async () => {
    expect(await telephonyAt({ url: `${stub.url}/` }).checkCredentials(ownersCredentials(stub))).toMatchObject({
      ok: true,
    });
  });

  test('stays as it is whatever region the environment names', async () => {
    process.env['TWILIO_REGION'] = 'ie1';
    try {
      const url = stub.url.replace('127.0.0.1', 'localhost');
      expect(await telephonyAt({ url }).checkCredentials(ownersCredentials(stub))).toMatchObject({ ok: true });
    } finally {
      delete process.env['TWILIO_REGION'];
    }
  });
});
