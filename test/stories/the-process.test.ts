import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { placeCall } from '../../src/simulator/place-call';
import { sayInTurn } from '../../src/simulator/caller';
import { loadDriver } from '../../src/storage/driver';
import { openDatabase } from '../../src/storage/database';
import { AUTH_TOKEN, sign, temporaryFolder, whenDone } from '../support/frontdesk';
import { startGroqStub } from '../support/groq-stub';
import { startGoogleTtsStub } from '../support/google-tts-stub';
import { keptMessages } from '../support/kept-messages';
import { runFrontdesk, spawnFrontdesk } from '../support/process';

const saying = (...acts: Parameters<typeof sayInTurn>[0]) => sayInTurn(acts, 'hang up');

/** The log's lines, once it has one of `event`: they are written behind the answers. */
async function logLines(directory: string, event: string): Promise<Record<string, unknown>[]> {
  const read = () => readFile(join(directory, 'logs', 'frontdesk.log'), 'utf8').catch(() => '');
  let text = await read();
  while (!text.includes(`"${event}"`)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    text = await read();
  }
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A database too large to be looked through before the start, with a page in its middle that is no page. */
async function largeDamagedDatabase(): Promise<string> {
  const directory = await temporaryFolder();
  const file = join(directory, 'frontdesk.db');
  await openDatabase(file).destroy();
  const sqlite = new (loadDriver())(file);
  sqlite.pragma('synchronous = OFF');
  sqlite.exec('CREATE TABLE large (words TEXT)');
  sqlite.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70000)
    INSERT INTO large SELECT hex(zeroblob(500)) FROM n`);
  sqlite.close();
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(4_096, 0xaa), 0, 4_096, 8_192 * 4_096);
  await handle.close();
  return directory;
}

describe('the program', () => {
  test('starts with nothing set, says what is missing, and holds a clean call', async () => {
    const frontdesk = await runFrontdesk();
    expect(frontdesk.output()).toContain('TWILIO_AUTH_TOKEN');
    const report = await placeCall(
      { url: frontdesk.url },
      saying({ say: 'When are you open?' }, { say: 'Thanks, bye' }),
    );
    expect(report.problems).toEqual([]);
    expect(report.endedBy).toBe('server');
    const lines = await logLines(frontdesk.directory, 'call_ended');
    expect(lines.map(({ event_type }) => event_type)).toEqual(
      expect.arrayContaining(['call_incoming', 'stt', 'speech_processing']),
    );
    expect(Object.keys(lines[0] ?? {})).toEqual(
      expect.arrayContaining(['timestamp', 'event_type', 'call_sid', 'step', 'data']),
    );
    expect(JSON.stringify(lines)).not.toMatch(/When are you open|2025550101/);
  });

  test('lets the turn in flight finish when it is stopped, then ends with 0', async () => {
    const groq = await startGroqStub();
    whenDone(() => groq.close());
    groq.reply({ words: 'We open at nine.', firstTokenMs: 1_000 });
    const frontdesk = await runFrontdesk({ GROQ_API_KEY: 'gsk_x', GROQ_BASE_URL: groq.url });
    const form = { CallSid: 'CA' + '3'.repeat(32), SpeechResult: 'When do you open?' };
    const turn = fetch(`${frontdesk.url}/api/voice/process?turn=1`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    while (groq.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    frontdesk.child.kill('SIGTERM');
    const answer = await turn;
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('We open at nine.');
    expect(await frontdesk.ended).toBe(0);
    await expect(fetch(`${frontdesk.url}/health`)).rejects.toThrow();
  });

  test('a stop signal that comes twice, as Ctrl-C does under npm, cuts nobody off', async () => {
    const groq = await startGroqStub();
    whenDone(() => groq.close());
    groq.reply({ words: 'We open at nine.', firstTokenMs: 800 });
    const frontdesk = await runFrontdesk({ GROQ_API_KEY: 'gsk_x', GROQ_BASE_URL: groq.url });
    const body = new URLSearchParams({ CallSid: 'CA' + '6'.repeat(32), SpeechResult: 'When do you open?' });
    const turn = fetch(`${frontdesk.url}/api/voice/process?turn=1`, { method: 'POST', body });
    while (groq.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    frontdesk.child.kill('SIGINT');
    frontdesk.child.kill('SIGINT');
    expect(await (await turn).text()).toContain('We open at nine.');
    expect(await frontdesk.ended).toBe(0);
  });

  test('answers in one piece when it is stopped, since nobody will be there for the rest', async () => {
    const groq = await startGroqStub();
    whenDone(() => groq.close());
    groq.reply({ words: 'We open at nine.', firstTokenMs: 2_500 });
    const frontdesk = await runFrontdesk({ GROQ_API_KEY: 'gsk_x', GROQ_BASE_URL: groq.url });
    const form = { CallSid: 'CA' + '4'.repeat(32), SpeechResult: 'When do you open?' };
    const body = new URLSearchParams(form);
    const turn = fetch(`${frontdesk.url}/api/voice/process?turn=1`, { method: 'POST', body });
    while (groq.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    frontdesk.child.kill('SIGTERM');
    const xml = await (await turn).text();
    expect(xml).toContain('We open at nine.');
    expect(xml).not.toContain('<Redirect');
    expect(await frontdesk.ended).toBe(0);
  });

  test('does not wait for pages that listen to what changes when it is stopped', async () => {
    const frontdesk = await runFrontdesk();
    const stream = await fetch(`${frontdesk.url}/api/calls/live`);
    expect(stream.status).toBe(200);
    const began = performance.now();
    frontdesk.child.kill('SIGTERM');
    expect(await frontdesk.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await stream.text()).toContain('event: begun');
  });

  test('keeps what a caller had begun to leave when it is stopped', async () => {
    const frontdesk = await runFrontdesk();
    const post = (path: string, fields: Record<string, string>) =>
      fetch(`${frontdesk.url}/api/voice/${path}`, {
        method: 'POST',
        body: new URLSearchParams({ CallSid: 'CA5', From: '+12025550101', ...fields }),
      });
    await post('process?turn=1', { Digits: '0' });
    await post('process?turn=2', { SpeechResult: 'The cellar is under water' });
    frontdesk.child.kill('SIGTERM');
    expect(await frontdesk.ended).toBe(0);
    const [saved] = keptMessages(frontdesk.directory);
    expect(saved).toMatchObject({ reason: expect.stringMatching(/cellar/) as unknown, partial: true });
  });

  test('says in a sentence that the port is taken', async () => {
    const first = await runFrontdesk();
    const second = await spawnFrontdesk({ PORT: String(first.port) });
    expect(await second.ended).toBe(1);
    expect(second.output()).toBe(
      `Port ${first.port} is taken by another program. Stop that, or set PORT to another number.\n`,
    );
  });

  test('with a large database it answers first and looks through it afterwards; damage is said, with a remedy', async () => {
    const frontdesk = await runFrontdesk({ DATA_DIR: await largeDamagedDatabase() });
    const [line] = (await logLines(frontdesk.directory, 'database_damaged')).slice(-1);
    expect(JSON.stringify(line)).toMatch(/page 8193.*restore DATA_DIR from a backup/);
    frontdesk.child.kill('SIGTERM');
    expect(await frontdesk.ended).toBe(0);
  });

  test('lists every problem of its configuration at once and does not start', async () => {
    const frontdesk = await spawnFrontdesk({
      GROQ_TEMPERATURE: 'hot',
      COALESCE_MS: '-1',
      TWILIO_AUTH_TOKEN: 'has space',
    });
    expect(await frontdesk.ended).toBe(1);
    for (const name of ['GROQ_TEMPERATURE', 'COALESCE_MS', 'TWILIO_AUTH_TOKEN'])
      expect(frontdesk.output()).toContain(name);
    expect(frontdesk.output()).not.toContain('has space');
  });

  test('a message whose number was corrected is on disk, corrected, after kill -9', async () => {
    const frontdesk = await runFrontdesk();
    const report = await placeCall(
      { url: frontdesk.url, from: 'anonymous' },
      saying(
        { say: 'I would like to leave a message' },
        { say: 'My brake is broken' },
        { say: 'My name is Ada' },
        { press: '2025550155#' },
        { say: "No, that's wrong" },
        { press: '2025550199#' },
        { say: 'Yes' },
        { hangUp: true },
      ),
    );
    frontdesk.child.kill('SIGKILL');
    expect(await frontdesk.ended).toBe('SIGKILL');
    expect(report.problems).toEqual([]);
    expect(report.heard.at(-1)?.text).toMatch(/noted/);
    expect(keptMessages(frontdesk.directory)).toMatchObject([
      { name: 'Ada', number: '+12025550199', reason: expect.stringMatching(/brake/) as unknown },
    ]);
  });

  test('a program on this machine that can read the key is let in whatever credentials are set', async () => {
    const frontdesk = await runFrontdesk({
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      PUBLIC_BASE_URL: 'https://phone.example.com',
    });
    const keyFile = join(frontdesk.directory, 'data', 'local.key');
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    const authToken = (await readFile(keyFile, 'utf8')).trim();
    const report = await placeCall({ url: frontdesk.url, authToken }, saying({ say: 'When are you open?' }));
    expect(report.problems).toEqual([]);
    const form = { CallSid: 'CA1' };
    const forged = await fetch(`${frontdesk.url}/api/voice/incoming`, {
      method: 'POST',
      headers: {
        'x-twilio-signature': sign(`${frontdesk.url}/api/voice/incoming`, form, authToken),
        'x-forwarded-for': '203.0.113.7',
      },
      body: new URLSearchParams(form),
    });
    expect(forged.status).toBe(403);
  });

  test('a missing ffmpeg is a clear line in the log, and the voice greets instead', async () => {
    const voice = await startGoogleTtsStub();
    whenDone(() => voice.close());
    const { writeFile, mkdtemp } = await import('node:fs/promises');
    const { tmpdir } = await import('node:os');
    const directory = await mkdtemp(join(tmpdir(), 'frontdesk-profile-'));
    await writeFile(join(directory, 'greeting.mp3'), 'not really audio');
    const profile = { businessName: 'The Blue Kettle', greetingAudio: 'greeting.mp3' };
    await writeFile(join(directory, 'profile.json'), JSON.stringify(profile));
    const frontdesk = await runFrontdesk({
      PROFILE_FILE: join(directory, 'profile.json'),
      FFMPEG_PATH: '/nowhere/ffmpeg',
      GOOGLE_TTS_ENDPOINT: voice.endpoint,
    });
    while (!frontdesk.output().includes('FFMPEG_PATH')) await new Promise((resolve) => setTimeout(resolve, 50));
    const report = await placeCall({ url: frontdesk.url }, saying());
    expect(report.problems).toEqual([]);
    expect(report.heard).toHaveLength(1);
    expect(voice.requests.some(({ text }) => text.includes('The Blue Kettle'))).toBe(true);
  });
});
