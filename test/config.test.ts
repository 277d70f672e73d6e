import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../src/common/errors';
import { adviceFor, readConfig, VARIABLES, type Config, type InUse } from '../src/config';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-'));
const keyFile = join(folder, 'google.json');
writeFileSync(keyFile, '{}');
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const DEFAULTS: Partial<Config> = {
  PORT: 3_000,
  HOST: '127.0.0.1',
  GROQ_MODEL: 'openai/gpt-oss-120b',
  GROQ_FALLBACK_MODEL: 'openai/gpt-oss-20b',
  GROQ_TEMPERATURE: 1,
  GROQ_MAX_TOKENS: 1_024,
  CONVERSATION_HISTORY_LIMIT: 10,
  MAX_CONCURRENT_CALLS: 150,
  COALESCE_MS: 250,
  SPECULATION: 'auto',
  SPECULATION_PER_MINUTE: 10,
  AUDIO_DIR: 'public/audio',
  LOG_DIR: 'logs',
  LOG_LEVEL: 'info',
  LOG_TRANSCRIPTS: false,
  DATA_DIR: 'data',
  CORS_ORIGINS: [],
  WEBHOOK_ALLOWED_HOSTS: [],
};

test('with nothing set, everything has its default, and no account is named', () => {
  expect(readConfig({})).toEqual(DEFAULTS);
});

test('an empty variable is an unset one, and strange ones are not ours', () => {
  const empty = Object.fromEntries(VARIABLES.map((name) => [name, ' \t']));
  expect(readConfig({ ...empty, PATH: '/bin', port: 'x' })).toEqual(DEFAULTS);
});

const GOOD: [keyof Config, string, unknown][] = [
  ['SPECULATION', 'off', 'off'],
  ['SPECULATION', ' on ', 'on'],
  ['SPECULATION_PER_MINUTE', '0', 0],
  ['PORT', '0', 0],
  ['PORT', ' 65535 ', 65_535],
  ['HOST', '0.0.0.0', '0.0.0.0'],
  ['PUBLIC_BASE_URL', 'https://phone.example.com/', 'https://phone.example.com'],
  ['PUBLIC_BASE_URL', 'HTTPS://Phone.Example.com:443/desk//', 'https://phone.example.com/desk'],
  ['PUBLIC_BASE_URL', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['TWILIO_ACCOUNT_SID', `AC${'0a'.repeat(16)}`, `AC${'0a'.repeat(16)}`],
  ['TWILIO_AUTH_TOKEN', 'token', 'token'],
  ['TWILIO_API_BASE_URL', 'http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
  ['ADMIN_TOKEN', 'a-long-enough-token', 'a-long-enough-token'],
  ['SECRET_KEY', 'correct horse battery staple, again', 'correct horse battery staple, again'],
  [
    'CORS_ORIGINS',
    'https://a.example.com, http://b.example.com:81',
    ['https://a.example.com', 'http://b.example.com:81'],
  ],
  ['WEBHOOK_ALLOWED_HOSTS', ' N8N.local:5678, 127.0.0.1 ', ['n8n.local:5678', '127.0.0.1']],
  ['TWILIO_PHONE_NUMBER', '+12025550100', '+12025550100'],
  ['GROQ_API_KEY', 'gsk_key', 'gsk_key'],
  ['GROQ_MODEL', 'llama', 'llama'],
  ['GROQ_FALLBACK_MODEL', 'llama', 'llama'],
  ['GROQ_TEMPERATURE', '0', 0],
  ['GROQ_TEMPERATURE', '1.25', 1.25],
  ['GROQ_MAX_TOKENS', '1', 1],
  ['GROQ_BASE_URL', 'https://groq.example.com/openai/v1/', 'https://groq.example.com'],
  ['GOOGLE_APPLICATION_CREDENTIALS', keyFile, keyFile],
  ['GOOGLE_API_KEY', 'key', 'key'],
  ['GOOGLE_CLOUD_PROJECT', 'desk', 'desk'],
  ['GOOGLE_TTS_ENDPOINT', 'localhost:8443', 'localhost:8443'],
  ['TTS_VOICE', 'cmn-CN-Chirp3-HD-Kore', 'cmn-CN-Chirp3-HD-Kore'],
  ['SAY_VOICE', 'Polly.Joanna', 'Polly.Joanna'],
  ['PROFILE_FILE', 'desk.json', 'desk.json'],
  ['CONVERSATION_HISTORY_LIMIT', '200', 200],
  ['MAX_CONCURRENT_CALLS', '1', 1],
  ['COALESCE_MS', '0', 0],
  ['AUDIO_DIR', '/a', '/a'],
  ['LOG_DIR', '/b', '/b'],
  ['LOG_LEVEL', 'debug', 'debug'],
  ['LOG_TRANSCRIPTS', 'YES', true],
  ['LOG_TRANSCRIPTS', 'off', false],
  ['DATA_DIR', '/c', '/c'],
  ['FFMPEG_PATH', '/usr/bin/ffmpeg', '/usr/bin/ffmpeg'],
];

test.each(GOOD)('%s=%s is understood', (name, value, meaning) => {
  expect(readConfig({ [name]: value })).toEqual({ ...DEFAULTS, [name]: meaning });
});

test('every variable has a good value in this test', () => {
  expect(new Set(GOOD.map(([name]) => name))).toEqual(new Set(VARIABLES));
});

const BAD: [keyof Config, string, string][] = [
  ...['x', '3000.5x', 'Infinity', '--1'].map((value): [keyof Config, string, string] => ['PORT', value, 'a number']),
  ['TWILIO_API_BASE_URL', 'https://api.example.com', 'this machine'],
  ['SPECULATION', 'maybe', 'on, off or auto'],
  ['SPECULATION_PER_MINUTE', '-1', 'at least 0'],
  ['ADMIN_TOKEN', 'short', 'at least 16'],
  ['SECRET_KEY', 'short', 'at least 32'],
  ['CORS_ORIGINS', 'https://a.example.com/path', 'origins like'],
  ['WEBHOOK_ALLOWED_HOSTS', 'http://n8n.local', 'hosts like'],
  ['PORT', '3.5', 'whole number'],
  ['PORT', '-1', 'at least 0'],
  ['PORT', '65536', 'at most 65535'],
  ...['phone.example.com', 'https://', 'ftp://example.com', '//example.com'].map(
    (value): [keyof Config, string, string] => ['PUBLIC_BASE_URL', value, 'an address like https://'],
  ),
  ['PUBLIC_BASE_URL', 'https://example.com?a=b', 'without spaces, a query'],
  ['PUBLIC_BASE_URL', 'https://example.com/a b', 'without spaces'],
  ['TWILIO_ACCOUNT_SID', 'AC1', '"AC" and 32 characters'],
  ['TWILIO_AUTH_TOKEN', 'to ken', 'without spaces'],
  ['TWILIO_PHONE_NUMBER', '202-555-0100', 'E.164'],
  ['TWILIO_PHONE_NUMBER', '+02025550100', 'E.164'],
  ['GROQ_API_KEY', 'gsk key', 'without spaces'],
  ['GROQ_TEMPERATURE', 'hot', 'a number'],
  ['GROQ_TEMPERATURE', '2.1', 'at most 2'],
  ['GROQ_TEMPERATURE', '-0.1', 'at least 0'],
  ['GROQ_MAX_TOKENS', '0', 'at least 1'],
  ['GROQ_BASE_URL', 'groq', 'an address'],
  ['GOOGLE_APPLICATION_CREDENTIALS', join(folder, 'none.json'), 'a file that can be read'],
  ['GOOGLE_APPLICATION_CREDENTIALS', folder, 'a file that can be read'],
  ['GOOGLE_API_KEY', 'k ey', 'without spaces'],
  ['GOOGLE_TTS_ENDPOINT', 'https://tts.example.com', 'host:port'],
  ['GOOGLE_TTS_ENDPOINT', 'tts.example.com:443', 'must be this machine'],
  ['TTS_VOICE', 'Joanna', 'a Google voice'],
  ['CONVERSATION_HISTORY_LIMIT', '0', 'at least 1'],
  ['MAX_CONCURRENT_CALLS', '0', 'at least 1'],
  ['COALESCE_MS', '2001', 'at most 2000'],
  ['LOG_LEVEL', 'loud', 'error, warn, info or debug'],
  ['LOG_TRANSCRIPTS', 'perhaps', 'true or false'],
];

test.each(BAD)('%s=%s is refused with a reason and a remedy', (name, value, reason) => {
  const problems = problemsOf({ [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(new RegExp(`^${name} (?:must|is) `));
  expect(problems[0]).toContain(reason);
  expect(problems[0]).toContain('Correct it in .env');
});

test('all problems are named at once', () => {
  const problems = problemsOf({ PORT: 'x', COALESCE_MS: '-1', LOG_LEVEL: 'loud', GROQ_MODEL: 'llama' });
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'COALESCE_MS', 'LOG_LEVEL']);
  expect(new ConfigError(problems).message).toContain(problems[2]);
});

test('what is wrong is shown, unless it is or may hold a secret', () => {
  const canary = 'c4n4ry';
  expect(problemsOf({ PORT: canary })[0]).toContain(`(it is "${canary}")`);
  const secrets = {
    TWILIO_AUTH_TOKEN: `${canary} x`,
    TWILIO_ACCOUNT_SID: canary,
    GROQ_API_KEY: `${canary} x`,
    GOOGLE_API_KEY: `x ${canary}`,
    PUBLIC_BASE_URL: `https://me:${canary}@example.com`,
    GROQ_BASE_URL: `https://${canary}@example.com`,
    GOOGLE_APPLICATION_CREDENTIALS: `{"private_key":"${canary}"}`,
  };
  const problems = problemsOf(secrets);
  expect(problems).toHaveLength(7);
  expect(problems.join()).not.toContain(canary);
});

const COMPLETE: InUse = {
  twilio: true,
  groq: true,
  google_tts: true,
  profile: true,
  profileFileIsBehind: false,
  publicBaseUrl: 'https://phone.example.com',
  language: 'en-US',
};

test('a complete installation needs no advice', () => expect(adviceFor(COMPLETE)).toEqual([]));

test.each<[Partial<InUse>, RegExp]>([
  [{ twilio: false }, /TWILIO_AUTH_TOKEN.*npm run call/],
  [{ groq: false }, /GROQ_API_KEY.*built-in answerer/],
  [{ google_tts: false }, /Google.*GOOGLE_APPLICATION_CREDENTIALS or GOOGLE_API_KEY/],
  [{ publicBaseUrl: undefined }, /PUBLIC_BASE_URL.*https/],
  [{ profile: false }, /example business.*PROFILE_FILE/],
  [{ profileFileIsBehind: true }, /PROFILE_FILE.*another is in use/],
  [{ language: 'de-DE' }, /de-DE.*English/],
])('with %j, one sentence says what that means and what to do', (missing, sentence) => {
  expect(adviceFor({ ...COMPLETE, ...missing })).toEqual([expect.stringMatching(sentence)]);
});

test('plain http is advised against, but not on this machine', () => {
  const advice = (publicBaseUrl: string) => adviceFor({ ...COMPLETE, publicBaseUrl });
  expect(advice('http://phone.example.com')).toEqual([expect.stringContaining('Use https')]);
  for (const local of ['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:80']) {
    expect(advice(local)).toEqual([]);
  }
});
