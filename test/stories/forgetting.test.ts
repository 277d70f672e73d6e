import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../src/storage/database';
import { addressIn, CALLER, startFrontdesk, whenDone, type Running, type Setup } from '../support/frontdesk';

const headers = { 'content-type': 'application/json' };
const sid = (number: number) => `CA${String(number).padStart(32, '0')}`;

async function api({ url }: Running, line: string, body?: object) {
  const [method = '', path = ''] = line.split(' ');
  const answer = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const pageOf = async ({ url }: Running, path: string) =>
  (await fetch(url + path, { headers: { accept: 'text/html' } })).text();
const forget = (frontdesk: Running, number = CALLER) =>
  api(frontdesk, `DELETE /api/callers/${encodeURIComponent(number)}`);

/** A whole call from a number as a carrier writes it, in which something is said. */
async function call(frontdesk: Running, callSid: string, From: string) {
  const { xml } = await frontdesk.post('incoming', { From }, callSid);
  await frontdesk.post(addressIn(xml, 'process'), { From, SpeechResult: 'My velocipede squeaks.' }, callSid);
  await frontdesk.post('status', { From, CallStatus: 'completed', CallDuration: '20', SequenceNumber: '3' }, callSid);
}

const start = (setup: Setup = {}) => startFrontdesk(setup);

/** The database of a running Frontdesk, beside it. */
function databaseOf({ directory }: Running): Database {
  const database = openDatabase(join(directory, 'data', 'frontdesk.db'));
  whenDone(() => database.destroy());
  return database;
}

const isOnDisk = ({ directory }: Running, words: RegExp) =>
  readdirSync(join(directory, 'data'))
    .filter((name) => name.startsWith('frontdesk.db'))
    .some((name) => words.test(readFileSync(join(directory, 'data', name), 'latin1')));

const FORMS = [
  CALLER,
  '12025550101',
  '2025550101',
  '0012025550101',
  'sip:+12025550101@carrier.example',
  'sip:12025550101@carrier.example:5060',
  '+1 202 555 0101',
];

test('a caller is one caller, however a carrier writes the number: in the list, on the page, and when forgotten', async () => {
  const frontdesk = await start();
  for (const [index, form] of FORMS.entries()) await call(frontdesk, sid(index), form);
  await frontdesk.post('status', { From: FORMS[4] ?? '', CallStatus: 'no-answer' }, sid(8));
  await call(frontdesk, sid(9), 'anonymous');
  const { calls } = (await api(frontdesk, 'GET /api/calls')).body as unknown as { calls: { from: string }[] };
  expect(new Set(calls.map(({ from }) => from))).toEqual(new Set([CALLER, 'anonymous']));
  expect(await pageOf(frontdesk, `/forget?call=${sid(4)}`)).toContain(`value="${CALLER}"`);
  expect((await forget(frontdesk)).body['removed']).toMatchObject({ calls: FORMS.length + 1 });
  expect(isOnDisk(frontdesk, /2025550101/)).toBe(false);
  expect((await api(frontdesk, `GET /api/calls/${sid(9)}`)).status).toBe(200);
});

test('calls that were written down as the carrier wrote them are forgotten too', async () => {
  const frontdesk = await start();
  for (const [index] of FORMS.entries()) await call(frontdesk, sid(index), CALLER);
  await call(frontdesk, sid(9), '+12025550177');
  const database = databaseOf(frontdesk);
  for (const [index, form] of FORMS.entries())
    await database.updateTable('calls').set({ from_number: form }).where('sid', '=', sid(index)).execute();
  expect(await pageOf(frontdesk, `/forget?call=${sid(4)}`)).toContain(`value="${CALLER}"`);
  expect((await forget(frontdesk)).body['removed']).toMatchObject({ calls: FORMS.length });
  expect((await api(frontdesk, `GET /api/calls/${sid(9)}`)).status).toBe(200);
});

test('a webhook that comes after its caller was forgotten hangs up, and opens nothing', async () => {
  const frontdesk = await start({ groq: true });
  await call(frontdesk, sid(1), CALLER);
  expect((await forget(frontdesk)).status).toBe(200);
  const asked = frontdesk.groq.requests.length;
  for (const path of ['process?turn=2', 'continue?turn=1&part=2', 'fallback', 'transferred?turn=1', 'recorded?turn=1'])
    expect((await frontdesk.post(path, { SpeechResult: 'And my bell is broken.' }, sid(1))).xml).toContain('<Hangup/>');
  expect((await frontdesk.post('incoming', {}, sid(1))).xml).toContain('<Reject');
  expect((await api(frontdesk, `GET /api/calls/${sid(1)}`)).status).toBe(404);
  expect(isOnDisk(frontdesk, /2025550101|my bell/)).toBe(false);
  expect(frontdesk.groq.requests).toHaveLength(asked);
  await api(frontdesk, 'PUT /api/settings/rules', { blocked: [CALLER] });
  await frontdesk.post('incoming', {}, sid(1));
  expect((await api(frontdesk, `GET /api/calls/${sid(1)}`)).status).toBe(404);
});
