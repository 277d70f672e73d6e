import { startTwilioRestStub, type TwilioRestStub } from '../support/twilio-rest-stub';
import { ownersCredentials, telephonyAt } from './kit';

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
const change = <T extends object>(target: T | undefined, changes: Partial<T>) => Object.assign(target ?? {}, changes);

beforeEach(() => void stub.state.refuses.add('serverless'));

test('a Studio flow, where Functions are refused, is published, and calls come in at its webhook', async () => {
  const deployed = await deploy();
  expect(deployed).toMatchObject({
    ok: true,
    way: 'studio',
    changed: true,
    url: expect.stringMatching(/^https:\/\/webhooks\.twilio\.com\/.*\?Trigger=incomingCall$/) as string,
    refusals: [expect.stringMatching(/^Function: .*403/)],
  });
  expect(stub.state.flows).toMatchObject([{ friendly_name: 'frontdesk-fallback', status: 'published' }]);
  expect(await state()).toMatchObject({ ok: true, way: 'studio', url: (deployed as { url: string }).url });
});

test('a Studio flow, where Functions are refused, leads the caller from the apology to the recording to the goodbye', async () => {
  await deploy({ apology: 'Sorry, {{secret}}.' });
  const definition = stub.state.flows[0]?.definition as FlowDefinition;
  const byName = new Map(definition.states.map((state) => [state.name, state]));
  const next = (name: string, event: string) =>
    byName.get(name)?.transitions.find((transition) => transition.event === event)?.next ?? '';
  const apology = next(definition.initial_state, 'incomingCall');
  const message = next(apology, 'audioComplete');
  const goodbye = next(message, 'recordingComplete');
  expect(byName.get(apology)).toMatchObject({ type: 'say-play', properties: { voice: SPOKEN.voice } });
  expect(byName.get(apology)?.properties['say']).toContain('Sorry, secret.');
  expect(byName.get(message)).toMatchObject({ type: 'record-voicemail', properties: { max_length: 120 } });
  expect(byName.get(goodbye)).toMatchObject({ type: 'say-play', properties: { say: SPOKEN.goodbye } });
  expect(next(message, 'noAudio')).toBe(goodbye);
  expect(next(goodbye, 'audioComplete')).toBe('');
});

test('a Studio flow, where Functions are refused, is updated when the words change, and only then', async () => {
  await deploy();
  expect(await deploy()).toMatchObject({ way: 'studio', changed: false });
  expect(await deploy({ goodbye: 'Until soon!' })).toMatchObject({ way: 'studio', changed: true });
  expect(stub.state.flows).toMatchObject([{ revision: 2 }]);
  change(stub.state.flows[0], { status: 'draft' });
  expect(await deploy({ goodbye: 'Until soon!' })).toMatchObject({ changed: true });
  expect(stub.state.flows).toMatchObject([{ status: 'published' }]);
});

test('a Studio flow, where Functions are refused, is what there is too when Twilio cannot build the Function', async () => {
  stub.state.refuses.delete('serverless');
  stub.state.buildFails = true;
  expect(await deploy()).toMatchObject({ way: 'studio', refusals: [expect.stringContaining('build')] });
});

interface FlowDefinition {
  initial_state: string;
  states: {
    name: string;
    type: string;
    transitions: { event: string; next?: string }[];
    properties: Record<string, unknown>;
  }[];
}
