import { join } from 'node:path';
import request from 'supertest';
import { createApp, type Overrides } from '../src/app';
import { ConfigError } from '../src/common/errors';
import { readConfig } from '../src/config';
import { sign, temporaryFolder, whenDone } from './support/frontdesk';

const TOKEN = 'f'.repeat(32);
const BASE = 'https://phone.example.com';

async function app(env: Record<string, string> = {}, overrides: Overrides = {}) {
  const directory = await temporaryFolder();
  const folders = { AUDIO_DIR: join(directory, 'audio'), DATA_DIR: join(directory, 'data') };
  const frontdesk = createApp(readConfig({ ...folders, ...env }), overrides);
  whenDone(() => frontdesk.close());
  return frontdesk;
}

describe('createApp', () => {
  test('gives an Express app at once, which answers without having been started', async () => {
    const response = await request(await app()).get('/health');
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ status: 'ok', active_calls: 0 });
  });

  test('refuses a profile it cannot read, with every problem', async () => {
    const directory = await temporaryFolder();
    expect(() => createApp(readConfig({ DATA_DIR: directory, PROFILE_FILE: join(directory, 'none.json') }))).toThrow(
      ConfigError,
    );
  });

  test('takes a voice and models of its own', async () => {
    const speak = () => Promise.resolve({ name: `${'a'.repeat(32)}.wav`, durationMs: 1_000 });
    const reply = async function* () {
      yield await Promise.resolve({ kind: 'words' as const, text: 'From another mind.' });
    };
    const own = await app({}, { verifySignatures: false, speak, models: [{ name: 'own', reply }] });
    const response = await request(own)
      .post('/api/voice/process?call_sid=CA1&turn=1')
      .type('form')
      .send({ SpeechResult: 'Hi there, who are you?' });
    expect(response.text).toContain(`<Play>/api/voice/audio/${'a'.repeat(32)}.wav</Play>`);
  });
});

describe('one request', () => {
  test('an incoming call is greeted inside a Gather that goes on with turn 1', async () => {
    const form = { CallSid: 'CA1', From: '+12025550101', To: '+12025550100' };
    const response = await request(await app({ TWILIO_AUTH_TOKEN: TOKEN, PUBLIC_BASE_URL: BASE }))
      .post('/api/voice/incoming')
      .type('form')
      .set('X-Twilio-Signature', sign(`${BASE}/api/voice/incoming`, form, TOKEN))
      .send(form);
    expect(response.status).toBe(200);
    expect(response.type).toBe('text/xml');
    expect(response.text).toMatch(
      /<Response><Gather [^>]*input="speech dtmf"[^>]*><Say [^>]*>[^<]+<\/Say><\/Gather><\/Response>/,
    );
    expect(response.text).toContain(`action="${BASE}/api/voice/process?call_sid=CA1&amp;turn=1"`);
    for (const attribute of [
      'numDigits="1"',
      'timeout="6"',
      'speechTimeout="auto"',
      'actionOnEmptyResult="true"',
      'profanityFilter="false"',
      'hints=',
    ]) {
      expect(response.text).toContain(attribute);
    }
  });

  test('every answer has safe headers and no signature of its maker', async () => {
    const response = await request(await app()).get('/health');
    expect(response.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(response.headers['x-powered-by']).toBeUndefined();
    expect(response.headers['strict-transport-security']).toBeUndefined();
  });

  test.each(['/api', '/api/voice/audio', '/api/voice/incoming', '/.env', '/api/voice/audio/../../package.json'])(
    'GET %s finds nothing',
    async (path) => {
      expect((await request(await app()).get(path)).status).toBe(404);
    },
  );

  test('a body in another character set or with broken escapes is answered, not crashed on', async () => {
    const frontdesk = await app();
    const post = (type: string, body: string) =>
      request(frontdesk).post('/api/voice/process').set('content-type', type).send(body);
    expect((await post('application/x-www-form-urlencoded; charset=utf-7', 'CallSid=CA1')).status).toBe(415);
    expect((await post('application/x-www-form-urlencoded', 'CallSid=CA1&SpeechResult=%E0%A4%A')).status).toBe(200);
    expect((await post('application/json', '{"CallSid":"CA1"}')).status).toBe(200);
    expect((await post('application/x-www-form-urlencoded', 'a=1&'.repeat(2_000))).status).toBe(413);
  });
});
