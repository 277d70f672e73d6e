import { startFrontdesk, type Running, type Setup } from '../support/frontdesk';
import { simulate } from '../support/simulate';

const page = async ({ url }: Running, path: string) => {
  const answer = await fetch(url + path, { headers: { accept: 'text/html' } });
  return { status: answer.status, text: (await answer.text()).replace(/\s+/g, ' ') };
};
const api = async ({ url }: Running, path: string, init: RequestInit = {}) => {
  const answer = await fetch(url + path, { headers: { 'content-type': 'application/json' }, ...init });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const send = (frontdesk: Running, prices: unknown) =>
  api(frontdesk, '/api/settings/prices', { method: 'PUT', body: JSON.stringify({ prices }) });
/** As a browser sends a form of a page. */
async function post(frontdesk: Running, path: string, fields: Record<string, string> = {}) {
  const { url } = frontdesk;
  const [, csrf = ''] = /name="csrf-token" content="([^"]*)"/.exec((await page(frontdesk, '/')).text) ?? [];
  const body = new URLSearchParams({ csrf, ...fields });
  return fetch(url + path, { method: 'POST', headers: { accept: 'text/html', origin: url }, body, redirect: 'manual' });
}

const start = (setup: Setup = {}) => startFrontdesk({ signed: false, ...setup });
const MODEL = 'openai/gpt-oss-120b';

test('the home page shows nothing for nothing, says of test calls that they are left out, and counts them on request', async () => {
  const frontdesk = await start();
  expect((await page(frontdesk, '/')).text).not.toMatch(/30 days|<svg|pictures\.css/);
  await simulate(frontdesk, ['When are you open?', 'bye']);
  const home = (await page(frontdesk, '/')).text;
  expect(home).toContain('1 test call is left out.');
  expect(home).not.toContain('<svg');
  const all = (await page(frontdesk, '/?tests=yes')).text;
  expect(all.match(/<svg class="picture"/g)).toHaveLength(4);
  expect(all).toContain('Answered: 1 call.');
  expect(all).not.toMatch(/\sstyle=|NaN|undefined/);
  const ids = [...all.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(all).toMatch(/<summary>How calls ended: the numbers<\/summary>.*<th scope="row">Answered<\/th> <td>1<\/td>/);
});

test('scripts get the same figures', async () => {
  const frontdesk = await start();
  await simulate(frontdesk, ['When are you open?', 'bye']);
  expect((await api(frontdesk, '/api/calls/statistics')).body).toMatchObject({
    ...{ calls: 0, test_calls_left_out: 1, first_audio: [] },
  });
  const { body } = await api(frontdesk, '/api/calls/statistics?tests=yes');
  expect(body).toMatchObject({
    ...{ calls: 1, tests: true, outcomes: { answered: 1, going_on: 0 }, first_audio: [{ turns: 2 }] },
    month: { calls: 0, cost: { currency: 'USD', total: 0 } },
  });
  expect((body['by_hour'] as { calls: number }[]).reduce((sum, { calls }) => sum + calls, 0)).toBe(1);
  const wrong = await api(frontdesk, '/api/calls/statistics?tests=maybe');
  expect([wrong.status, wrong.body['field']]).toEqual([400, 'tests']);
});

test("what a call cost stands with the call, after the owner's prices, and says what it does not know", async () => {
  const frontdesk = await start({ groq: true, voice: true });
  frontdesk.groq.reply({ words: 'We are open until five.' });
  const { callSid } = await simulate(frontdesk, ['Please tell me about tandems']);
  const cost = async () => (await api(frontdesk, `/api/calls/${callSid}`)).body['cost'] as Record<string, unknown>;
  while (frontdesk.groq.records.length === 0) await new Promise((resolve) => setTimeout(resolve, 20)); // the record's 300 tokens are paid for too
  while (!(await api(frontdesk, `/api/calls/${callSid}`)).body['understanding']) continue;
  expect(await cost()).toMatchObject({ currency: 'USD', would_have_cost: true, missing: [] });
  expect(await cost()).toMatchObject({ total: expect.closeTo(Number((await cost())['known']), 6) as number });
  const lines = (await cost())['lines'] as { what: string; amount: number; cost: number }[];
  expect(lines.find(({ what }) => what === `Groq, ${MODEL}, reading`)).toMatchObject({ amount: 400, cost: 0.00006 });
  const spoken = 'We are open until five.'.length;
  expect(lines.find(({ what }) => what === "Google's voices, neural2")).toMatchObject({ amount: spoken });
  const shown = (await page(frontdesk, `/calls/${callSid}`)).text;
  expect(shown).toContain('What it would have cost');
  expect(shown).toContain(`Groq, ${MODEL}, reading`);

  expect((await send(frontdesk, { [`groq/in/${MODEL}`]: null, 'twilio/inbound': 1 })).status).toBe(200);
  expect(await cost()).toMatchObject({ total: null, missing: [`the price of: Groq, ${MODEL}, reading`] });
  const now = (await page(frontdesk, `/calls/${callSid}`)).text;
  expect(now).toMatch(/\$1\.\d\d and what is missing/);
  expect(now).toContain(`Missing: the price of: Groq, ${MODEL}, reading.`);
});

test('the owner corrects prices on a page; a slip is said with its field, and nothing is kept', async () => {
  const frontdesk = await start();
  const shown = async () => (await page(frontdesk, '/settings/prices')).text;
  expect(await shown()).toMatch(/id="twilio\/inbound"[^>]*value="0\.0085"/);
  const kept = await post(frontdesk, '/settings/prices', { 'twilio/inbound': '0.01', 'google/studio': '' });
  expect(kept.status).toBe(303);
  expect(await shown()).toMatch(/id="twilio\/inbound"[^>]*value="0\.01"/);
  expect(await shown()).toMatch(/id="google\/studio"[^>]*value=""/);
  const slip = await post(frontdesk, '/settings/prices', { 'twilio/inbound': '0,02', 'twilio/outbound': '7' });
  const text = (await slip.text()).replace(/\s+/g, ' ');
  expect(slip.status).toBe(422);
  expect(text).toContain('Twilio, incoming call must be US dollars like 0.0085');
  expect(text).toMatch(/id="twilio\/inbound"[^>]*aria-invalid="true"[^>]*value="0,02"/);
  expect(text).toMatch(/id="twilio\/outbound"[^>]*value="7"/);
  expect(await shown()).toMatch(/id="twilio\/outbound"[^>]*value="0\.014"/);
  expect((await post(frontdesk, '/settings/prices/forget')).status).toBe(303);
  expect(await shown()).toMatch(/id="twilio\/inbound"[^>]*value="0\.0085"/);
});

test.each([
  ['no prices', undefined, 'prices'],
  ['a list', [1], 'prices'],
  ['a price of nothing', { 'tea/cup': 1 }, 'tea/cup'],
  ['a price below nought', { 'twilio/inbound': -1 }, 'twilio/inbound'],
  ['a price in words', { 'twilio/inbound': 'a dime' }, 'twilio/inbound'],
  ['true', { 'twilio/inbound': true }, 'twilio/inbound'],
])('prices of scripts are checked: %s', async (_, prices, field) => {
  const frontdesk = await start();
  const { status, body } = await send(frontdesk, prices);
  expect([status, body['field'], body['code']]).toEqual([400, field, 'invalid_price']);
  const { body: all } = await api(frontdesk, '/api/settings/prices');
  expect(all['prices']).toContainEqual(
    expect.objectContaining({ key: 'twilio/inbound', usd: 0.0085, list_usd: 0.0085 }),
  );
});
