import type { Router } from 'express';
import { z } from 'zod';
import { saidIn, startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { startTwilioRestStub } from '../support/twilio-rest-stub';
import { startConsole } from './kit';

interface Described {
  parameters?: { name: string; in: string }[];
  responses: Record<string, { content?: Record<string, { schema: Parameters<typeof z.fromJSONSchema>[0] }> }>;
}
interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
}

const SID = `CA${'1'.repeat(32)}`;
const json = { 'content-type': 'application/json' };
const documentOf = async (url: string) => (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApi;

/** Every route under /api that a router answers, as "GET /api/calls/{sid}". */
function routesOf(router: Router): string[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (!route) return 'stack' in handle ? routesOf(handle as unknown as Router) : [];
    const methods = route.stack.map(({ method }) => method.toUpperCase());
    const declared: string | string[] = route.path;
    const paths = [declared].flat().filter((path) => path.startsWith('/api/'));
    return paths.flatMap((path) => methods.map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`));
  });
}

test('every route of the API is described, and nothing else', async () => {
  const { console, ownersBrowser } = await startConsole();
  const { paths } = (await ownersBrowser().open('/api/openapi.json', { Accept: 'application/json' })).body as OpenApi;
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routes = [...new Set(routesOf(console.router))].sort();
  expect(routes.length).toBeGreaterThan(35);
  expect(described.sort()).toEqual(routes);
});

test('what stands in a path is a parameter of it, and every operation has a name of its own', async () => {
  const { ownersBrowser } = await startConsole();
  const { openapi, paths } = (await ownersBrowser().open('/api/openapi.json')).body as OpenApi;
  expect(openapi).toBe('3.1.0');
  const names = new Set<unknown>();
  for (const [path, methods] of Object.entries(paths))
    for (const each of Object.values(methods)) {
      const inPath = (each.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect([path, inPath]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)]);
      names.add((each as unknown as { operationId: string }).operationId);
    }
  expect(names.size).toBe(Object.values(paths).flatMap((methods) => Object.keys(methods)).length);
});

/** A Frontdesk with something of everything: a call with a message, a limit, a subscriber, deliveries, a number. */
async function everything(): Promise<Running> {
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  const frontdesk = await startFrontdesk({
    signed: false,
    groq: true,
    overrides: { verifySignatures: false },
    env: {
      TWILIO_API_BASE_URL: twilio.url,
      TWILIO_ACCOUNT_SID: twilio.state.account.sid,
      TWILIO_AUTH_TOKEN: twilio.state.account.authToken,
      TWILIO_PHONE_NUMBER: twilio.state.numbers[0]?.phone_number ?? '',
      PUBLIC_BASE_URL: 'https://phone.example.com',
    },
  });
  const send = (method: string, path: string, body: object) =>
    fetch(frontdesk.url + path, { method, headers: json, body: JSON.stringify(body) });
  const subscribed = { url: 'https://subscriber.example.com/events', events: ['message.taken', 'call.ended'] };
  expect((await send('POST', '/api/events/subscribers', subscribed)).status).toBe(200);
  expect((await send('PUT', '/api/settings/rules', { limits: { turns: 5 } })).status).toBe(200);
  expect((await send('POST', '/api/number/provision', {})).status).toBe(200);
  await frontdesk.post('incoming');
  const words = [1, 2, 3, 4, 5, 6].map((matter) => `What about matter number ${matter}?`);
  for (const [turn, SpeechResult] of [...words, 'My bicycle is broken.', 'Ada Jones', 'Yes'].entries())
    await frontdesk.post(`process?turn=${turn + 1}`, { SpeechResult, Confidence: '0.9' });
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '90', SequenceNumber: '3' });
  await frontdesk.post('incoming', {}, `CA${'2'.repeat(32)}`);
  return frontdesk;
}

test('what a running Frontdesk answers to every GET is as it is described', async () => {
  const { url, post } = await everything();
  const { paths } = await documentOf(url);
  const testCall = (await (await fetch(`${url}/api/try`, { method: 'POST' })).json()) as { id: string };
  expect(saidIn((await post('process?turn=1', { SpeechResult: 'Hello?' }, `CA${'2'.repeat(32)}`)).xml)).not.toBe('');
  for (const [path, { get }] of Object.entries(paths)) {
    if (!get) continue;
    const stop = new AbortController();
    const address = path.replace('{sid}', SID).replace('{id}', testCall.id);
    const answer = await fetch(url + address, { signal: stop.signal });
    const [type = '', { schema } = {}] = Object.entries(get.responses['200']?.content ?? {})[0] ?? [];
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      200,
      expect.stringContaining(type),
    ]);
    if (type !== 'application/json') stop.abort();
    else
      expect([path, z.fromJSONSchema(schema ?? false).safeParse(await answer.json()).error?.issues]).toEqual([
        path,
        undefined,
      ]);
  }
}, 60_000);

test('there is enough in the book for that to mean something', async () => {
  const { url } = await everything();
  const read = async (path: string) => (await (await fetch(url + path)).json()) as Record<string, unknown[]>;
  expect(await read(`/api/calls/${SID}`)).toMatchObject({ limited: 'turns', messages: [{ name: 'Ada Jones' }] });
  expect((await read('/api/events/subscribers'))['subscribers']).toHaveLength(1);
  expect((await read('/api/messages'))['messages']).toHaveLength(1);
});

test('an answer that is not as described is noticed: a field too many, one too few, one of another kind', async () => {
  const { url } = await everything();
  const { paths } = await documentOf(url);
  const content = paths['/api/messages']?.['get']?.responses['200']?.content;
  const schema = z.fromJSONSchema(content?.['application/json']?.schema ?? true);
  const answer = (await (await fetch(`${url}/api/messages`)).json()) as { messages: Record<string, unknown>[] };
  const [message = {}] = answer.messages;
  const { state, ...others } = message;
  const passes = (changed: object) => schema.safeParse({ messages: [changed], next: null }).success;
  expect([{ ...others, state }, { ...message, more: 1 }, others, { ...message, state: 7 }].map(passes)).toEqual([
    ...[true, false, false, false],
  ]);
});

test('what is refused is as it is described, and the page shows every operation', async () => {
  const { url } = await startFrontdesk();
  const document = (await documentOf(url)) as unknown as {
    paths: OpenApi['paths'];
    components: { schemas: Record<string, Parameters<typeof z.fromJSONSchema>[0]> };
  };
  const refusal = z.fromJSONSchema(document.components.schemas['Refusal'] ?? false);
  for (const path of [
    '/api/calls/CA0',
    '/api/calls?limit=0',
    '/api/number',
    '/api/messages?state=old',
    '/api/calls/statistics?tests=1',
  ])
    expect([path, refusal.safeParse(await (await fetch(url + path)).json()).error]).toEqual([path, undefined]);
  const profile = await fetch(`${url}/api/settings`, { method: 'PUT', headers: json, body: '{"businessName": 7}' });
  expect(refusal.safeParse(await profile.json()).error).toBeUndefined();
  const page = await (await fetch(`${url}/api/docs`, { headers: { accept: 'text/html' } })).text();
  for (const [path, methods] of Object.entries(document.paths))
    for (const method of Object.keys(methods)) expect(page).toContain(`${method.toUpperCase()} ${path}`);
  const access = await (await fetch(`${url}/access`, { headers: { accept: 'text/html' } })).text();
  expect(access).toContain('href="/api/docs"');
});
