import { generateKeyPairSync } from 'node:crypto';
import { openOffice, readableIn } from './kit';

const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
}) as string;
const SERVICE_ACCOUNT = {
  type: 'service_account',
  project_id: 'orchard-dental',
  private_key_id: 'k1',
  private_key: PRIVATE_KEY,
  client_email: 'frontdesk@orchard-dental.example',
};

describe("Groq's key", () => {
  test("the page's goes before the environment's, and gives way to it when forgotten", async () => {
    const office = openOffice();
    const environment = { GROQ_API_KEY: 'gsk_environment' };
    const settings = await office.start({ environment });
    expect(settings.groqKey()).toEqual({ value: 'gsk_environment', source: 'environment' });
    expect(await settings.saveGroqKey(' gsk_page\n')).toEqual({ ok: true });
    expect(settings.groqKey()).toEqual({ value: 'gsk_page', source: 'page' });
    expect((await office.start({ environment })).groqKey()).toEqual({ value: 'gsk_page', source: 'page' });
    const restarted = await office.start({ environment });
    await restarted.forgetGroqKey();
    expect(restarted.groqKey()).toEqual({ value: 'gsk_environment', source: 'environment' });
    expect((await office.start()).groqKey()).toBeUndefined();
  });

  test.each(['', '  ', 'gsk_one gsk_two'])('%j is refused with a remedy, and nothing changes', async (text) => {
    const settings = await openOffice().start();
    await settings.saveGroqKey('gsk_before');
    expect(await settings.saveGroqKey(text)).toEqual({
      ok: false,
      error: expect.any(String) as string,
      remedy: expect.stringContaining('console.groq.com') as string,
    });
    expect(settings.groqKey()?.value).toBe('gsk_before');
  });
});

describe("Google's credentials", () => {
  test('an API key and its project, which stay after a restart', async () => {
    const office = openOffice();
    const settings = await office.start({ environment: { GOOGLE_APPLICATION_CREDENTIALS: '/keys/google.json' } });
    expect(settings.google()).toEqual({ keyFilename: '/keys/google.json', source: 'environment' });
    expect(await settings.saveGoogle({ apiKey: ' AIza-page ', projectId: 'orchard' })).toEqual({ ok: true });
    const saved = { apiKey: 'AIza-page', projectId: 'orchard', source: 'page' };
    expect(settings.google()).toEqual(saved);
    const restarted = await office.start();
    expect(restarted.google()).toEqual(saved);
    await restarted.forgetGoogle();
    expect(restarted.google()).toBeUndefined();
  });

  test('an API key goes without a project', async () => {
    const settings = await openOffice().start();
    await settings.saveGoogle({ apiKey: 'AIza-page', projectId: '' });
    expect(settings.google()).toEqual({ apiKey: 'AIza-page', source: 'page' });
  });

  test('in the environment the key goes before the file, and the project with either', async () => {
    const both = { GOOGLE_APPLICATION_CREDENTIALS: '/keys/google.json', GOOGLE_CLOUD_PROJECT: 'orchard' };
    const office = openOffice();
    expect((await office.start({ environment: both })).google()).toEqual({
      keyFilename: '/keys/google.json',
      projectId: 'orchard',
      source: 'environment',
    });
    expect((await office.start({ environment: { ...both, GOOGLE_API_KEY: 'AIza' } })).google()).toEqual({
      apiKey: 'AIza',
      projectId: 'orchard',
      source: 'environment',
    });
  });

  test("a pasted service account keeps what is needed to sign in, and no address of somebody else's", async () => {
    const office = openOffice();
    const settings = await office.start();
    const pasted = { ...SERVICE_ACCOUNT, token_uri: 'https://elsewhere.example/token', universe_domain: 'elsewhere' };
    expect(await settings.saveGoogle({ serviceAccountJson: JSON.stringify(pasted, null, 2) })).toEqual({ ok: true });
    expect(settings.google()).toEqual({ serviceAccount: SERVICE_ACCOUNT, source: 'page' });
    expect((await office.start()).google()).toEqual({ serviceAccount: SERVICE_ACCOUNT, source: 'page' });
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', 'BEGIN PRIVATE KEY canary', /the text as a whole/],
    ['another kind of credentials', JSON.stringify({ ...SERVICE_ACCOUNT, type: 'external_account' }), /: type\./],
    ['a key that is none', JSON.stringify({ ...SERVICE_ACCOUNT, private_key: 'canary' }), /: private_key\./],
    ['half of it missing', JSON.stringify({ type: 'service_account' }), /: project_id, private_key, client_email\./],
  ])('%s is refused by the fields that are wrong, without quoting them', async (_, serviceAccountJson, error) => {
    const office = openOffice();
    const settings = await office.start();
    const saved = await settings.saveGoogle({ serviceAccountJson });
    expect(saved).toEqual({
      ok: false,
      error: expect.stringMatching(error) as string,
      remedy: expect.stringMatching(/paste/) as string,
    });
    expect(JSON.stringify(saved)).not.toContain('canary');
    expect(settings.google()).toBeUndefined();
  });

  test('a key of two words is refused', async () => {
    const settings = await openOffice().start();
    expect(await settings.saveGoogle({ apiKey: 'two words' })).toMatchObject({ ok: false });
    expect(settings.google()).toBeUndefined();
  });
});

describe('the public address', () => {
  test("the page's goes before the environment's, and gives way to it when forgotten", async () => {
    const office = openOffice();
    const environment = { PUBLIC_BASE_URL: 'https://old.example.com' };
    const settings = await office.start({ environment });
    expect(settings.publicBaseUrl()).toEqual({ value: 'https://old.example.com', source: 'environment' });
    await settings.savePublicBaseUrl('https://new.example.com');
    const restarted = await office.start({ environment });
    expect(restarted.publicBaseUrl()).toEqual({ value: 'https://new.example.com', source: 'page' });
    await restarted.forgetPublicBaseUrl();
    expect(restarted.publicBaseUrl()?.source).toBe('environment');
  });

  test.each([
    ['https://phone.example.com', 'https://phone.example.com'],
    [' https://phone.example.com/ ', 'https://phone.example.com'],
    ['HTTPS://Phone.Example.COM:443/Desk/', 'https://phone.example.com/Desk'],
    ['http://192.0.2.7:3000', 'http://192.0.2.7:3000'],
    ['http://[2001:db8::1]:3000', 'http://[2001:db8::1]:3000'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('%j is kept as %j', async (text, kept) => {
    const settings = await openOffice().start();
    expect(await settings.savePublicBaseUrl(text)).toEqual({ ok: true });
    expect(settings.publicBaseUrl()).toEqual({ value: kept, source: 'page' });
  });

  test.each([
    '',
    'phone.example.com',
    'ftp://phone.example.com',
    'javascript:alert(1)',
    'https:phone.example.com',
    'https:\\\\phone.example.com',
    'https://',
    'https:///desk',
    'https://phone example.com',
    'https://phone\n.example.com',
    'https://phone.example.com/?a=1',
    'https://phone.example.com/#a',
    'https://ada:secret@phone.example.com',
    'https://phone.example.com:99999',
  ])('%j is refused with a remedy, and nothing changes', async (text) => {
    const settings = await openOffice().start();
    await settings.savePublicBaseUrl('https://before.example.com');
    expect(await settings.savePublicBaseUrl(text)).toEqual({
      ok: false,
      error: expect.any(String) as string,
      remedy: expect.stringMatching(/https:\/\/phone\.example\.com/) as string,
    });
    expect(settings.publicBaseUrl()?.value).toBe('https://before.example.com');
  });
});

test('no key can be read in the files, in the log, or in what was refused', async () => {
  const office = openOffice();
  const settings = await office.start();
  await settings.saveGroqKey('gsk_canary');
  await settings.saveGoogle({ apiKey: 'AIza_canary' });
  await settings.saveGoogle({ serviceAccountJson: JSON.stringify(SERVICE_ACCOUNT) });
  const canaries = ['gsk_canary', 'AIza_canary', PRIVATE_KEY.slice(40, 80), 'frontdesk@orchard-dental.example'];
  expect(readableIn(office.folder, canaries)).toEqual([]);
  await office.stop();
  expect(readableIn(office.folder, canaries)).toEqual([]);
  expect(JSON.stringify(office.events)).toBe('[]');
});

test('every secret in use is named for the log to hide', async () => {
  const settings = await openOffice().start({ environment: { TWILIO_AUTH_TOKEN: 'environment-token' } });
  expect(settings.secrets()).toEqual(['environment-token']);
  const twilio = { accountSid: 'AC1', authToken: 'page-token', phoneNumber: '+12025550100' };
  await settings.saveTwilio({ ...twilio, apiKeySid: 'SK1', apiKeySecret: 'api-secret' });
  await settings.saveGroqKey('gsk_page');
  await settings.saveGoogle({ apiKey: 'AIza-page' });
  expect(settings.secrets()).toEqual(['page-token', 'environment-token', 'api-secret', 'gsk_page', 'AIza-page']);
  await settings.saveGoogle({ serviceAccountJson: JSON.stringify(SERVICE_ACCOUNT) });
  expect(settings.secrets()).toContain(PRIVATE_KEY);
});
