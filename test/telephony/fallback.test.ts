import { checkResponse } from '../../src/simulator/twiml/check';
import { childrenOf, parseXml } from '../../src/simulator/twiml/parse';
import { startTwilioRestStub, type TwilioRestStub } from '../support/twilio-rest-stub';
import { callFunction } from './call-function';
import { ownersCredentials, telephonyAt, textLog } from './kit';

let stub: TwilioRestStub;
beforeEach(async () => {
  stub = await startTwilioRestStub();
});
afterEach(() => stub.close());

const SPOKEN = {
  apology: 'We are sorry, nobody can take your call at the moment.',
  businessName: 'Maple Street Bicycle Workshop',
  goodbye: 'Thank you. Goodbye!',
  language: 'en-US',
  voice: 'Google.en-US-Neural2-F',
  recordSeconds: 120,
};

const deploy = (changes: Partial<typeof SPOKEN> = {}) =>
  telephonyAt(stub).deployFallback(ownersCredentials(stub), { ...SPOKEN, ...changes });
const state = () => telephonyAt(stub).fallbackState(ownersCredentials(stub));
const remove = () => telephonyAt(stub).removeFallback(ownersCredentials(stub));
const written = () => stub.lines.filter((line) => !line.startsWith('GET'));
const deployedSource = () => stub.state.service?.versions.at(-1)?.content ?? '';

const change = <T extends object>(target: T | undefined, changes: Partial<T>) => Object.assign(target ?? {}, changes);

describe('a Function outside Frontdesk', () => {
  test('is made with one click: protected, on a named runtime, deployed', async () => {
    const url = 'https://frontdesk-fallback-4242-live.twil.io/answer';
    expect(await deploy()).toEqual({ ok: true, way: 'function', url, changed: true, refusals: [] });
    expect(written()).toEqual([
      'POST /v1/Services',
      'POST /v1/Services/*/Environments',
      'POST /v1/Services/*/Functions',
      'POST /v1/Services/*/Functions/*/Versions',
      'POST /v1/Services/*/Builds',
      'POST /v1/Services/*/Environments/*/Deployments',
    ]);
    expect(stub.state.service).toMatchObject({
      unique_name: 'frontdesk-fallback',
      versions: [{ path: '/answer', visibility: 'PROTECTED' }],
      builds: [{ runtime: 'node22' }],
      environment: { build_sid: stub.state.service?.builds[0]?.sid },
    });
    expect(await state()).toEqual({ ok: true, way: 'function', url, runtime: 'node22' });
  });

  test('apologises to the caller and records a message, and says goodbye after it', async () => {
    await deploy();
    const voice = { voice: SPOKEN.voice, language: SPOKEN.language };
    const first = callFunction(deployedSource());
    expect(first).toMatchObject([
      { verb: 'Say', ...voice, text: expect.stringContaining(SPOKEN.apology) as string },
      { verb: 'Record', maxLength: '120', method: 'POST', action: '/answer?after=message' },
      { verb: 'Say', text: SPOKEN.goodbye },
      { verb: 'Hangup' },
    ]);
    expect(first[0]?.text).toMatch(/^Maple Street Bicycle Workshop\. .*after the tone/);
    expect(callFunction(deployedSource(), { after: 'message' })).toMatchObject([
      { verb: 'Say', ...voice, text: SPOKEN.goodbye },
      { verb: 'Hangup' },
    ]);
  });

  test('says any words as they are, whatever they look like to a program', async () => {
    const apology = 'Ann\'s "A & B" <Shop> \\ ${1} `x` \u2028 {{7}}\u0007 */ 🚲';
    await deploy({ apology });
    expect(callFunction(deployedSource())[0]?.text).toContain('Ann\'s "A & B" <Shop> \\ $1 `x` \u2028 7 */ 🚲');
  });

  test('is not made again by a second click', async () => {
    await deploy();
    const before = written().length;
    expect(await deploy()).toMatchObject({ ok: true, way: 'function', changed: false });
    expect(written()).toHaveLength(before);
  });

  test('is made once by two clicks at the same time', async () => {
    const telephony = telephonyAt(stub);
    const results = await Promise.all([1, 2].map(() => telephony.deployFallback(ownersCredentials(stub), SPOKEN)));
    expect(results).toMatchObject([{ changed: true }, { changed: false }]);
  });

  test('follows the profile: new words are a new version of the same Function', async () => {
    await deploy();
    expect(await deploy({ goodbye: 'Until soon!' })).toMatchObject({ way: 'function', changed: true });
    expect(callFunction(deployedSource(), { after: 'message' })[0]?.text).toBe('Until soon!');
    expect(stub.state.service?.environment?.build_sid).toBe(stub.state.service?.builds[1]?.sid);
    expect(written().filter((line) => line === 'POST /v1/Services')).toHaveLength(1);
  });

  test('that was left half made is completed', async () => {
    await deploy();
    change(stub.state.service?.environment, { build_sid: null });
    expect(await deploy()).toMatchObject({ way: 'function', changed: true });
    expect(stub.state.service?.environment?.build_sid).toBe(stub.state.service?.builds[1]?.sid);
  });

  test('on a runtime that Twilio retires is built anew', async () => {
    await deploy();
    change(stub.state.service?.builds[0], { runtime: 'node18' });
    expect(await deploy()).toMatchObject({ changed: true });
  });

  test('is asked for with the API key where there is one', async () => {
    stub.state.apiKey = { sid: 'SK00112233445566778899aabbccddeeff', secret: 'CanarySecretOfTheApiKey012345678' };
    const credentials = ownersCredentials(stub, {
      apiKeySid: stub.state.apiKey.sid,
      apiKeySecret: stub.state.apiKey.secret,
    });
    expect(await telephonyAt(stub).deployFallback(credentials, SPOKEN)).toMatchObject({ way: 'function' });
    expect(new Set(stub.requests.map(({ user }) => user))).toEqual(new Set([stub.state.apiKey.sid]));
  });
});

describe('a text to paste, where both are refused', () => {
  test('is a whole document that records a message, with the reasons', async () => {
    stub.state.refuses.add('serverless').add('studio');
    const deployed = await deploy();
    expect(deployed).toMatchObject({
      ok: true,
      way: 'twiml-bin',
      refusals: [expect.stringMatching(/^Function: /), expect.stringMatching(/^Studio: /)],
    });
    const root = parseXml((deployed as { twiml: string }).twiml);
    expect(checkResponse(root)).toEqual([]);
    expect(childrenOf(root).map(({ name }) => name)).toEqual(['Say', 'Record', 'Say', 'Hangup']);
    expect(await state()).toEqual({ ok: true, way: 'none' });
  });
});

describe('no fallback is made', () => {
  test.each([
    [{ kind: 'cut' }, 502, 'twilio_unreachable'],
    [{ kind: 'error', status: 503 }, 502, 'twilio_in_trouble'],
  ] as const)('and nothing worse offered, when Twilio is away (%j)', async (trouble, status, code) => {
    stub.state.trouble = trouble;
    expect(await deploy()).toMatchObject({ ok: false, status, code });
    expect(stub.lines.filter((line) => line.includes('Flows'))).toEqual([]);
    expect(await state()).toMatchObject({ ok: false, status, code });
    expect(await remove()).toMatchObject({ ok: false, status, code });
  });

  test('when the build takes too long: said within the time set', async () => {
    stub.state.buildSteps = Infinity;
    const telephony = telephonyAt(stub, { deployTimeoutMs: 400 });
    expect(await telephony.deployFallback(ownersCredentials(stub), SPOKEN)).toMatchObject({ ok: false, status: 504 });
    stub.state.buildSteps = 0;
    expect(await telephonyAt(stub).deployFallback(ownersCredentials(stub), SPOKEN)).toMatchObject({ changed: true });
  });
});

describe('disconnecting', () => {
  test('removes the Function and the flow', async () => {
    stub.state.refuses.add('serverless');
    await deploy();
    stub.state.refuses.clear();
    await deploy();
    expect(await remove()).toEqual({ ok: true, removed: ['Function', 'Studio flow'], notRemoved: [] });
    expect(stub.state).toMatchObject({ service: undefined, flows: [] });
    expect(await state()).toEqual({ ok: true, way: 'none' });
  });

  test('twice removes nothing more, and flows of the owner stay', async () => {
    const own = { sid: 'FW00112233445566778899aabbccddeeff', friendly_name: 'My own flow', status: 'published' };
    stub.state.flows = [{ ...own, definition: {}, revision: 1, webhook_url: 'https://webhooks.twilio.com/x' }];
    expect(await remove()).toEqual({ ok: true, removed: [], notRemoved: [] });
    expect(stub.state.flows).toHaveLength(1);
  });

  test('says what Twilio did not let go', async () => {
    await deploy();
    stub.state.refuses.add('serverless');
    expect(await remove()).toMatchObject({ ok: true, removed: [], notRemoved: [expect.stringMatching(/^Function: /)] });
  });
});

test('deploying logs no secret and none of the words', async () => {
  const log = textLog();
  await telephonyAt(stub, { log }).deployFallback(ownersCredentials(stub), SPOKEN);
  expect(log.text()).toContain('deploy_fallback');
  expect(log.text()).not.toContain(stub.state.account.authToken);
  expect(log.text()).not.toContain('sorry');
});
