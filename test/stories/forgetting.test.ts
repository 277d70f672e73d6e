import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
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

/** Many calls of one caller, as the book has them, with eight turns each. */
async function writeMany(database: Database, many: number): Promise<void> {
  const numbers = sql`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${many})`;
  await sql`${numbers} INSERT INTO calls
    (sid, direction, from_number, to_number, test, started_at, answered_at, ended_at, seen_at, status, outcome, understood_at)
    SELECT printf('CB%032d', n), 'inbound', ${CALLER}, '+12025550100', 0, n, n, n, n, 'completed', 'answered', n FROM numbers`.execute(
    database,
  );
  const turns = sql.raw([1, 2, 3, 4, 5, 6, 7, 8].map((number) => `SELECT ${number} AS number`).join(' UNION ALL '));
  await sql`INSERT INTO turns (call_sid, number, at, words, reply)
    SELECT calls.sid, turn.number, 1, 'velocipede number ' || calls.sid || ' squeaks again and again ' || turn.number,
      'We repair velocipedes from nine to five, and on Saturdays until noon ' || calls.started_at
    FROM calls CROSS JOIN (${turns}) AS turn WHERE calls.sid LIKE 'CB%'`.execute(database);
}

test('to forget a caller of many calls keeps no other caller waiting', async () => {
  const frontdesk = await start();
  await writeMany(databaseOf(frontdesk), 600);
  const began = performance.now();
  const forgetting = forget(frontdesk);
  const waited: number[] = [];
  const over = { yes: false };
  void forgetting.finally(() => (over.yes = true));
  for (let each = 20; !over.yes; each += 1) {
    const { xml, ms } = await frontdesk.post('incoming', { From: '+12025550177' }, sid(each));
    expect(xml).toContain('<Gather');
    waited.push(ms);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(Math.max(...waited)).toBeLessThan((performance.now() - began) / 3); // on a busy machine everything takes longer
  expect((await forgetting).body['removed']).toMatchObject({ calls: 600, turns: 4_800 });
  expect(isOnDisk(frontdesk, /velocipede/)).toBe(false);
}, 60_000);

test('what a crash has left of a forgotten caller is not shown, and removed at the next start', async () => {
  const first = await start();
  await call(first, sid(1), CALLER);
  await call(first, sid(2), '+12025550177');
  await first.app.close();
  const database = databaseOf(first);
  await database
    .insertInto('forgotten_calls')
    .values({ sid: sid(1), at: 1 })
    .execute();
  const second = await start({ env: { DATA_DIR: join(first.directory, 'data') } });
  expect((await api(second, `GET /api/calls/${sid(1)}`)).status).toBe(404);
  const isLeft = () => database.selectFrom('calls').select('sid').where('sid', '=', sid(1)).executeTakeFirst();
  for (let tries = 0; (await isLeft()) && tries < 100; tries += 1) await new Promise((done) => setTimeout(done, 50));
  expect(await isLeft()).toBeUndefined();
  expect((await api(second, `GET /api/calls/${sid(2)}`)).status).toBe(200);
});

test('the sound of replies to a caller goes with them', async () => {
  const frontdesk = await start({ groq: true, voice: true });
  frontdesk.groq.reply({ words: 'Zanzibarina, your velocipede is ready.' });
  await call(frontdesk, sid(1), CALLER);
  const page = await pageOf(frontdesk, `/calls/${sid(1)}`);
  const reply = [...page.matchAll(/[0-9a-f]{32}\.wav/g)].at(-1)?.[0] ?? '';
  const soundOf = async (name: string) =>
    (await (await fetch(`${frontdesk.url}/api/voice/audio/${name}`)).arrayBuffer()).byteLength;
  const quiet = await soundOf(`${'0'.repeat(32)}.wav`);
  expect(await soundOf(reply)).toBeGreaterThan(quiet);
  expect((await forget(frontdesk)).status).toBe(200);
  expect(await soundOf(reply)).toBe(quiet);
  expect(existsSync(join(frontdesk.directory, 'audio', reply))).toBe(false);
});

test('a blocked caller who is forgotten stays blocked, and the owner is told that the number is still there', async () => {
  const frontdesk = await start();
  await call(frontdesk, sid(1), CALLER);
  await api(frontdesk, 'PUT /api/settings/rules', { blocked: [CALLER] });
  const asked = await fetch(`${frontdesk.url}/forget`, {
    method: 'POST',
    headers: { accept: 'text/html' },
    body: new URLSearchParams({ number: CALLER }),
  });
  expect(await asked.text()).toMatch(/stays on the list of blocked callers.*href="\/rules"/s);
  const { body } = await forget(frontdesk);
  expect(body).toMatchObject({ removed: { calls: 1 }, kept: { blocked: true } });
  expect((await forget(frontdesk, '+12025550177')).body['kept']).toEqual({ blocked: false });
  const page = await fetch(`${frontdesk.url}/forget`, {
    method: 'POST',
    headers: { accept: 'text/html' },
    body: new URLSearchParams({ number: CALLER, sure: 'yes' }),
  });
  expect(await page.text()).toContain('The number stays on the list of blocked callers');
});
