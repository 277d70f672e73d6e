import { startFrontdesk, type Running } from '../support/frontdesk';

const TOKEN = 'an-admin-token-of-tests';
const json = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const form = { authorization: `Bearer ${TOKEN}`, accept: 'text/html' };

const rules = async ({ url }: Running) =>
  (await (await fetch(`${url}/api/settings/rules`, { headers: json })).json()) as Record<
    string,
    Record<string, unknown>
  >;
const put = async ({ url }: Running, body: object) => {
  const answer = await fetch(`${url}/api/settings/rules`, { method: 'PUT', headers: json, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const post = async ({ url }: Running, fields: Record<string, string>) => {
  const answer = await fetch(`${url}/rules`, {
    method: 'POST',
    headers: form,
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  return { status: answer.status, text: await answer.text() };
};
const start = () => startFrontdesk({ env: { ADMIN_TOKEN: TOKEN } });

test('rules are sensible from the beginning, and kept when they are changed', async () => {
  const frontdesk = await start();
  expect(await rules(frontdesk)).toMatchObject({
    blocked: [],
    limits: { callMinutes: 20, spendPerDay: null },
    privacy: { removeRecordings: true },
  });
  expect((await put(frontdesk, { blocked: ['+12025550143'], limits: { turns: 40 } })).status).toBe(200);
  expect(await rules(frontdesk)).toMatchObject({ blocked: ['+12025550143'], limits: { turns: 40, callMinutes: 20 } });
});

test.each<[object, string]>([
  [{ limits: { turns: 1 } }, 'limits.turns'],
  [{ blocked: ['555'] }, 'blocked'],
  [{ outbound: { quietFrom: '8 pm' } }, 'outbound.quietFrom'],
  [{ privacy: { audioDays: 0 } }, 'privacy.audioDays'],
  [{ limit: {} }, 'rules'],
])('rules that cannot be are refused by their field: %j', async (body, field) => {
  const answer = await put(await start(), body);
  expect([answer.status, answer.body['field']]).toEqual([400, field]);
});

test.each(['', '{}', '[]', 'null', '7'])('a body without any rules changes nothing: %j', async (body) => {
  const frontdesk = await start();
  await put(frontdesk, { blocked: ['+12025550143'] });
  const answer = await fetch(`${frontdesk.url}/api/settings/rules`, { method: 'PUT', headers: json, body });
  expect([answer.status, ((await answer.json()) as Record<string, unknown>)['success']]).toEqual([400, false]);
  expect(await rules(frontdesk)).toMatchObject({ blocked: ['+12025550143'] });
});

test('the form saves what it shows, and a wrong entry stays in it with the reason', async () => {
  const frontdesk = await start();
  const entered = {
    'limits.turns': '50',
    'limits.spendPerDay': '',
    blocked: '+1 (202) 555-0143',
    'outbound.countries': 'us, ca',
    'privacy.transcriptDays': '',
    'privacy.consent': 'This call is transcribed.',
  };
  expect((await post(frontdesk, entered)).status).toBe(303);
  expect(await rules(frontdesk)).toMatchObject({
    blocked: ['+12025550143'],
    limits: { turns: 50, spendPerDay: null },
    outbound: { countries: ['US', 'CA'], detectMachines: false },
    privacy: { transcriptDays: null, consent: 'This call is transcribed.', removeRecordings: false },
  });
  const wrong = await post(frontdesk, { ...entered, 'limits.turns': 'many' });
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('value="many"');
  expect(wrong.text).toContain('limits.turns-error');
});
