import { KEY, openOffice, readableIn } from './kit';

const HOUR = 3_600_000;
const PAGE = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'page-token-1', phoneNumber: '+12025550100' };
const ENVIRONMENT = {
  TWILIO_ACCOUNT_SID: `AC${'2'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'environment-token',
  TWILIO_PHONE_NUMBER: '+12025550199',
};

test('with nothing set there are no credentials and no token', async () => {
  const settings = await openOffice().start();
  expect(settings.twilio()).toBeUndefined();
  expect(settings.authTokens()).toEqual([]);
});

test("without credentials from the page the environment's are in use", async () => {
  const settings = await openOffice().start({ environment: ENVIRONMENT });
  expect(settings.twilio()).toEqual({
    accountSid: ENVIRONMENT.TWILIO_ACCOUNT_SID,
    authToken: 'environment-token',
    phoneNumber: '+12025550199',
    source: 'environment',
  });
  expect(settings.authTokens()).toEqual(['environment-token']);
});

test('an auth token alone in the environment verifies signatures', async () => {
  const settings = await openOffice().start({ environment: { TWILIO_AUTH_TOKEN: 'environment-token' } });
  expect(settings.twilio()).toBeUndefined();
  expect(settings.authTokens()).toEqual(['environment-token']);
});

test('what the page saved is used by the next request, and after a restart', async () => {
  const office = openOffice();
  const given = { ...PAGE, apiKeySid: `SK${'3'.repeat(32)}`, apiKeySecret: 'api-secret' };
  const settings = await office.start({ environment: ENVIRONMENT });
  await settings.saveTwilio(given);
  expect(settings.twilio()).toEqual({ ...given, source: 'page' });
  const restarted = await office.start({ environment: ENVIRONMENT });
  expect(restarted.twilio()).toEqual({ ...given, source: 'page' });
});

test('a replaced token verifies until the overlap ends, also across a restart', async () => {
  const office = openOffice();
  const settings = await office.start();
  await settings.saveTwilio(PAGE);
  await settings.saveTwilio({ ...PAGE, authToken: 'page-token-2' });
  expect(settings.authTokens()).toEqual(['page-token-2', 'page-token-1']);
  office.now += 24 * HOUR - 1;
  expect(settings.authTokens()).toEqual(['page-token-2', 'page-token-1']);
  const restarted = await office.start();
  expect(restarted.authTokens()).toEqual(['page-token-2', 'page-token-1']);
  office.now += 1;
  expect(restarted.authTokens()).toEqual(['page-token-2']);
  expect((await office.start()).authTokens()).toEqual(['page-token-2']);
});

test("the environment's token verifies on for a while when the page's replaces it", async () => {
  const office = openOffice();
  const settings = await office.start({ environment: ENVIRONMENT, overlapMs: HOUR });
  await settings.saveTwilio(PAGE);
  expect(settings.authTokens()).toEqual(['page-token-1', 'environment-token']);
  office.now += HOUR;
  expect(settings.authTokens()).toEqual(['page-token-1']);
});

test('saving another number does not shorten or lengthen the overlap', async () => {
  const office = openOffice();
  const settings = await office.start();
  await settings.saveTwilio(PAGE);
  await settings.saveTwilio({ ...PAGE, authToken: 'page-token-2' });
  office.now += 23 * HOUR;
  await settings.saveTwilio({ ...PAGE, authToken: 'page-token-2', phoneNumber: '+12025550111' });
  expect(settings.authTokens()).toEqual(['page-token-2', 'page-token-1']);
  office.now += HOUR;
  expect(settings.authTokens()).toEqual(['page-token-2']);
});

test('going back to the earlier token makes it the current one, once', async () => {
  const settings = await openOffice().start();
  await settings.saveTwilio(PAGE);
  await settings.saveTwilio({ ...PAGE, authToken: 'page-token-2' });
  await settings.saveTwilio(PAGE);
  expect(settings.authTokens()).toEqual(['page-token-1', 'page-token-2']);
});

test('a clock that was wrong when the token was replaced does not keep it alive', async () => {
  const office = openOffice();
  office.now += 1_000 * 24 * HOUR;
  const settings = await office.start();
  await settings.saveTwilio(PAGE);
  await settings.saveTwilio({ ...PAGE, authToken: 'page-token-2' });
  office.now -= 1_000 * 24 * HOUR;
  expect(settings.authTokens()).toEqual(['page-token-2']);
});

test("what is forgotten verifies nothing any more, and the environment's is in use again", async () => {
  const office = openOffice();
  const settings = await office.start({ environment: ENVIRONMENT });
  await settings.saveTwilio(PAGE);
  await settings.saveTwilio({ ...PAGE, authToken: 'page-token-2' });
  await settings.forgetTwilio();
  expect(settings.twilio()?.source).toBe('environment');
  expect(settings.authTokens()).toEqual(['environment-token']);
  expect((await office.start()).authTokens()).toEqual([]);
});

test('two saves at the same moment both count, in their order', async () => {
  const settings = await openOffice().start();
  await Promise.all([
    settings.saveTwilio(PAGE),
    settings.saveTwilio({ ...PAGE, authToken: 'page-token-2' }),
    settings.saveTwilio({ ...PAGE, authToken: 'page-token-3' }),
  ]);
  expect(settings.authTokens()).toEqual(['page-token-3', 'page-token-2', 'page-token-1']);
});

test('a write that fails is reported, and changes nothing', async () => {
  const office = openOffice();
  const settings = await office.start();
  await settings.saveTwilio(PAGE);
  const heard: string[] = [];
  settings.onChange((changed) => heard.push(changed));
  await office.stop();
  await expect(settings.saveTwilio({ ...PAGE, authToken: 'page-token-2' })).rejects.toThrow();
  await expect(settings.forgetTwilio()).rejects.toThrow();
  expect(settings.authTokens()).toEqual(['page-token-1']);
  expect(heard).toEqual([]);
});

test('nothing of it can be read in the files, neither while we run nor afterwards', async () => {
  const office = openOffice();
  const settings = await office.start({ environment: ENVIRONMENT });
  const canaries = [
    PAGE.accountSid,
    'page-token-1',
    'page-token-2',
    'environment-token',
    'canary-api-secret',
    '+12025550100',
    KEY,
  ];
  await settings.saveTwilio({ ...PAGE, apiKeySid: 'SK1', apiKeySecret: 'canary-api-secret' });
  await settings.saveTwilio({ ...PAGE, authToken: 'page-token-2' });
  await settings.setState('proof that this test can see', 'a canary that sings');
  expect(readableIn(office.folder, [...canaries, 'a canary that sings'])).toEqual(['a canary that sings']);
  await office.stop();
  expect(readableIn(office.folder, [...canaries, 'a canary that sings'])).toEqual(['a canary that sings']);
  expect(JSON.stringify(office.events)).toBe('[]');
});

describe('with another SECRET_KEY', () => {
  test('the values count as not set, one line says so, and nothing is lost', async () => {
    const office = openOffice();
    const settings = await office.start();
    await settings.saveTwilio(PAGE);
    await settings.saveGroqKey('gsk_canary');
    const wrong = await office.start({ key: 'another key', environment: ENVIRONMENT });
    expect(wrong.twilio()?.source).toBe('environment');
    expect(wrong.authTokens()).toEqual(['environment-token']);
    expect(wrong.groqKey()).toBeUndefined();
    expect(office.events).toEqual([
      {
        level: 'error',
        eventType: 'secrets_unreadable',
        fields: {
          data: { names: ['groq', 'twilio'], remedy: expect.stringMatching(/SECRET_KEY/) as string },
        },
      },
    ]);
    expect((await office.start()).twilio()).toEqual({ ...PAGE, source: 'page' });
  });

  test('entering them once more makes them work again', async () => {
    const office = openOffice();
    await (await office.start()).saveTwilio(PAGE);
    await (await office.start({ key: 'another key' })).saveTwilio({ ...PAGE, authToken: 'page-token-2' });
    office.events.length = 0;
    expect((await office.start({ key: 'another key' })).authTokens()).toEqual(['page-token-2']);
    expect(office.events).toEqual([]);
  });
});

test('a damaged value counts as not set, and the others are read', async () => {
  const office = openOffice();
  const settings = await office.start();
  await settings.saveTwilio(PAGE);
  await settings.saveGroqKey('gsk_canary');
  await office
    .database()
    .updateTable('secrets')
    .set({ sealed: Buffer.from('x') })
    .where('name', '=', 'groq')
    .execute();
  const restarted = await office.start();
  expect(restarted.groqKey()).toBeUndefined();
  expect(restarted.twilio()?.source).toBe('page');
  expect(office.events.map(({ fields }) => fields.data?.['names'])).toEqual([['groq']]);
});

test('a sealed value that somebody moved to another name is not believed', async () => {
  const office = openOffice();
  await (await office.start()).saveGroqKey('gsk_canary');
  await office.database().updateTable('secrets').set({ name: 'twilio' }).execute();
  const restarted = await office.start();
  expect(restarted.twilio()).toBeUndefined();
  expect(office.events).toHaveLength(1);
});
