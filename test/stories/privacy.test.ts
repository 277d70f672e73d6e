import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quietWav } from '../../src/speech/wav';
import { openDatabase } from '../../src/storage/database';
import { addressIn, AUTH_TOKEN, BUSINESS, CALLER, startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { startTwilioRestStub } from '../support/twilio-rest-stub';

const TOKEN = 'an-admin-token-of-tests';
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const DAY = 24 * 3_600_000;
const CALL = 'CA' + '1'.repeat(32);
const OTHER = 'CA' + '2'.repeat(32);
const RECORDING = 'RE' + 'a'.repeat(32);
const STRANGER = '+12025550177';

async function start() {
  let now = Date.UTC(2026, 10, 20, 15);
  const twilio = await startTwilioRestStub();
  whenDone(() => twilio.close());
  twilio.state.account.authToken = AUTH_TOKEN;
  const env = {
    ADMIN_TOKEN: TOKEN,
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: twilio.state.account.sid,
    TWILIO_PHONE_NUMBER: BUSINESS,
  };
  const frontdesk = await startFrontdesk({ env, overrides: { clock: { now: () => now } } });
  return { twilio, frontdesk, passTime: (ms: number) => void (now += ms) };
}

const api = async ({ url }: Running, path: string, init: { method?: string; body?: object } = {}) => {
  const { body, method } = init;
  const answer = await fetch(url + path, {
    headers,
    ...(method ? { method } : {}),
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
};
const pageOf = async ({ url }: Running, path: string, fields?: Record<string, string>) => {
  const answer = await fetch(url + path, {
    headers: { authorization: headers.authorization, accept: 'text/html' },
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  });
  return answer.text();
};
const privacy = (frontdesk: Running, rules: object) =>
  api(frontdesk, '/api/settings/rules', { method: 'PUT', body: { privacy: rules } });

/** A whole call in which something is said. */
async function call(frontdesk: Running, words: string, { sid = CALL, from = CALLER } = {}) {
  const { xml } = await frontdesk.post('incoming', { From: from }, sid);
  await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: words, From: from }, sid);
  const ended = { CallStatus: 'completed', CallDuration: '20', SequenceNumber: '3', From: from };
  await frontdesk.post('status', ended, sid);
}

/** A voicemail, whose file is here and whose recording is still at Twilio. */
async function voicemail({ twilio, frontdesk }: Awaited<ReturnType<typeof start>>) {
  let { xml } = await frontdesk.post('incoming');
  for (let times = 0; times < 3; times += 1)
    ({ xml } = await frontdesk.post(addressIn(xml, 'process'), {
      SpeechResult: 'grmbl wzz mumble',
      Confidence: '0.1',
    }));
  const date_created = new Date().toUTCString();
  twilio.state.recordings.push({ sid: RECORDING, call_sid: CALL, duration: '9', wav: quietWav(9_000), date_created });
  const address = /[^"<>]*\/api\/voice\/recorded\?[^"<>]*/.exec(xml)?.[0].replaceAll('&amp;', '&') ?? '';
  await frontdesk.post(address, { RecordingSid: RECORDING, RecordingDuration: '9' });
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '40', SequenceNumber: '3' });
  await until(() => existsSync(fileIn(frontdesk)));
}
const fileIn = ({ directory }: Running) => join(directory, 'data', 'voicemails', `${RECORDING}.wav`);

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries > 200) throw new Error('it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const swept = ({ events }: Running) => events.filter(({ step }) => step === 'swept').length;

/** Everything in the database's files, as bytes. */
const isOnDisk = ({ directory }: Running, words: RegExp) => words.test(bytesIn(directory));
const bytesIn = (directory: string) =>
  readdirSync(join(directory, 'data'))
    .filter((name) => name.startsWith('frontdesk.db'))
    .map((name) => readFileSync(join(directory, 'data', name), 'latin1'))
    .join('');

test('consent is said before the question, where nobody can talk over it, and stands in the transcript', async () => {
  const { frontdesk, passTime } = await start();
  await privacy(frontdesk, { consent: 'Hang up if you do not want to be written down.' });
  const { xml } = await frontdesk.post('incoming');
  expect(xml).toMatch(/<Say[^>]*>Hang up if you do not want to be written down\.<\/Say><Gather.*automated assistant/);
  passTime(5_000); // the greeting has only just begun
  await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: 'When are you open?' });
  const { body } = await api(frontdesk, `/api/calls/${CALL}`);
  const [greeting] = body['transcript'] as unknown as Record<string, string>[];
  expect(greeting?.['reply']).toMatch(/^Hang up if you do not want to be written down\. .*automated assistant/);
  expect(greeting?.['heard']).toMatch(/^Hang up if you do not want to be written down\./);
});

test('words are gone after their days, from the file too; what the call was for the figures stays', async () => {
  const { frontdesk, passTime } = await start();
  await privacy(frontdesk, { transcriptDays: 30, numberDays: null });
  await call(frontdesk, 'Do you stock purple velocipedes for Zanzibar?');
  passTime(20 * DAY);
  await call(frontdesk, 'Do you sell marmalade spanners?', { sid: OTHER });
  await until(
    async () => isOnDisk(frontdesk, /velocipede/) && (await api(frontdesk, `/api/calls/${OTHER}`)).status === 200,
  );
  const before = await api(frontdesk, `/api/calls/${CALL}`);
  passTime(11 * DAY);
  await until(() => swept(frontdesk) > 0);
  const after = await api(frontdesk, `/api/calls/${CALL}`);
  expect(JSON.stringify(after.body)).not.toContain('velocipede');
  for (const kept of ['outcome', 'started_at', 'seconds', 'from']) expect(after.body[kept]).toEqual(before.body[kept]);
  expect((await api(frontdesk, '/api/calls?q=velocipedes')).body['calls']).toEqual([]);
  expect((await api(frontdesk, '/api/calls?q=marmalade')).body['calls']).toHaveLength(1);
  expect(await pageOf(frontdesk, `/calls/${CALL}`)).toContain('The words were kept as long as your rules say');
  expect(isOnDisk(frontdesk, /velociped|zanzibar/i)).toBe(false);
  expect(isOnDisk(frontdesk, /marmalade/)).toBe(true);
});

test('numbers are masked after their days, but not those of a message nobody has seen to', async () => {
  const it = await start();
  const { frontdesk, passTime } = it;
  await privacy(frontdesk, { numberDays: 10, transcriptDays: null, audioDays: null });
  await call(frontdesk, 'Please call 202 555 0188 about the marmalade.', { sid: OTHER, from: STRANGER });
  await voicemail(it);
  passTime(11 * DAY);
  await until(() => swept(frontdesk) > 0);
  const masked = JSON.stringify((await api(frontdesk, `/api/calls/${OTHER}`)).body);
  expect(masked).toContain('…77');
  expect(masked).toContain('marmalade');
  expect(masked).toContain(BUSINESS);
  expect(isOnDisk(frontdesk, /2025550177|202 555 0188/)).toBe(false);
  expect(JSON.stringify((await api(frontdesk, '/api/messages')).body)).toContain(CALLER);
});

test('a number that was read back is masked after its days too, wherever it stands', async () => {
  const { frontdesk, passTime } = await start();
  await privacy(frontdesk, { numberDays: 10, transcriptDays: null });
  let { xml } = await frontdesk.post('incoming', { From: 'anonymous' });
  const said = ['Please take a message.', 'My velocipede squeaks.', 'Ada Jones', '202 555 0188'];
  for (const words of said)
    ({ xml } = await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: words, From: 'anonymous' }));
  expect(xml).toContain('2 0 2, 5 5 5, 0 1 8 8');
  await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: 'Yes', From: 'anonymous' });
  await frontdesk.post('status', { CallStatus: 'completed', CallDuration: '20', From: 'anonymous' });
  const { messages } = (await api(frontdesk, '/api/messages')).body as unknown as { messages: { id: string }[] };
  await api(frontdesk, `/api/messages/${messages[0]?.id}`, { method: 'PATCH', body: { state: 'done' } });
  expect((await api(frontdesk, '/api/calls?q=2 0 2 5 5 5 0 1 8 8')).body['calls']).toHaveLength(1);
  passTime(11 * DAY);
  await until(() => swept(frontdesk) > 0);
  expect(JSON.stringify((await api(frontdesk, `/api/calls/${CALL}`)).body)).toContain('velocipede');
  expect(isOnDisk(frontdesk, /5,? ?0,? ?1,? ?8,? ?8/)).toBe(false);
  expect((await api(frontdesk, '/api/calls?q=2 0 2 5 5 5 0 1 8 8')).body['calls']).toEqual([]);
});

test('a voicemail that was heard is removed here and at Twilio after its days; a new one stays', async () => {
  const it = await start();
  const { frontdesk, twilio, passTime } = it;
  await privacy(frontdesk, { audioDays: 10, removeRecordings: false });
  await voicemail(it);
  passTime(11 * DAY);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(existsSync(fileIn(frontdesk))).toBe(true);
  const { messages } = (await api(frontdesk, '/api/messages')).body as unknown as { messages: { id: string }[] };
  await api(frontdesk, `/api/messages/${messages[0]?.id}`, { method: 'PATCH', body: { state: 'done' } });
  passTime(DAY);
  await until(() => !existsSync(fileIn(frontdesk)) && twilio.state.recordings.length === 0);
  expect(await pageOf(frontdesk, '/messages?state=done')).toContain('it was kept as long as your rules say');
});

test('a call that goes on is not touched', async () => {
  const { frontdesk, passTime } = await start();
  await privacy(frontdesk, { transcriptDays: 1, numberDays: 1 });
  await call(frontdesk, 'Do you stock purple velocipedes?', { sid: OTHER });
  const { xml } = await frontdesk.post('incoming');
  await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: 'Do you sell marmalade?' });
  passTime(2 * DAY);
  await until(() => swept(frontdesk) > 0);
  const record = JSON.stringify((await api(frontdesk, `/api/calls/${CALL}`)).body);
  expect(record).toContain('marmalade');
  expect(record).toContain(CALLER);
});

test('a caller is forgotten whole, once their call is over; Twilio is asked again until it has removed the recording', async () => {
  const it = await start();
  const { frontdesk, twilio, passTime } = it;
  await privacy(frontdesk, { removeRecordings: false });
  await call(frontdesk, 'Do you sell marmalade spanners?', { sid: OTHER, from: STRANGER });
  const { xml } = await frontdesk.post('incoming', {}, 'CA' + '3'.repeat(32));
  const path = `/api/callers/${encodeURIComponent(CALLER)}`;
  expect((await api(frontdesk, path, { method: 'DELETE' })).status).toBe(409);
  await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: 'My velocipede squeaks.' }, 'CA' + '3'.repeat(32));
  const ended = { CallStatus: 'completed', CallDuration: '20', SequenceNumber: '3' };
  await frontdesk.post('status', ended, 'CA' + '3'.repeat(32));
  await voicemail(it);
  twilio.state.trouble = { kind: 'error', status: 503 };
  const answer = await api(frontdesk, path, { method: 'DELETE' });
  expect(answer.body).toMatchObject({
    removed: { calls: 2, messages: 1, recordings: 1 },
    still_to_come: { recordings: 1 },
  });
  expect(existsSync(fileIn(frontdesk))).toBe(false);
  expect(isOnDisk(frontdesk, /velocipede|2025550101/i)).toBe(false);
  expect(isOnDisk(frontdesk, /marmalade/)).toBe(true);
  await frontdesk.post('status', { ...ended, SequenceNumber: '4' });
  expect((await api(frontdesk, `/api/calls/${CALL}`)).status).toBe(404);
  twilio.state.trouble = undefined;
  passTime(DAY);
  await until(() => twilio.state.recordings.length === 0);
  const database = openDatabase(join(frontdesk.directory, 'data', 'frontdesk.db'));
  await until(async () => (await database.selectFrom('removals').selectAll().execute()).length === 0);
  for (const table of ['calls', 'turns', 'fields', 'messages', 'call_statuses', 'call_usage', 'recordings'] as const) {
    const left = await database.selectFrom(table).selectAll().execute();
    expect(JSON.stringify(left)).not.toContain(CALL);
  }
  await database.destroy();
});

test('the page asks once more and says what would go; it works without a script', async () => {
  const { frontdesk } = await start();
  await call(frontdesk, 'Do you sell marmalade?');
  expect(await pageOf(frontdesk, `/calls/${CALL}`)).toContain(`/forget?call=${CALL}`);
  expect(await pageOf(frontdesk, `/forget?call=${CALL}`)).toContain(`value="${CALLER}"`);
  expect(await pageOf(frontdesk, '/forget', { number: '555' })).toContain('no telephone number in full');
  const asked = await pageOf(frontdesk, '/forget', { number: '+1 (202) 555-0101' });
  expect(asked).toContain('1 call, ');
  expect((await api(frontdesk, `/api/calls/${CALL}`)).status).toBe(200);
  expect(await pageOf(frontdesk, '/forget', { number: CALLER, sure: 'yes' })).toContain('Removed for good: 1 call');
  expect((await api(frontdesk, `/api/calls/${CALL}`)).status).toBe(404);
  expect((await api(frontdesk, '/api/callers/555', { method: 'DELETE' })).body).toMatchObject({ field: 'number' });
});
