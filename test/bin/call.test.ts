import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { runPhone } from '../../src/bin/call/run-phone';
import type { CallReport } from '../../src/simulator/call-report';
import { startStubApp } from '../simulator/stub-app';
import type { Routes, StubApp } from '../simulator/stub-app';

const GREETING = '<Gather input="speech dtmf" action="/process" timeout="5"><Say>Hello, Acme Bikes.</Say></Gather>';
const talkative: Routes = {
  '/api/voice/incoming': GREETING,
  '/process': '<Gather input="speech dtmf" action="/process"><Say>We open at nine.</Say></Gather>',
};

let app: StubApp;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'call-'));
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

interface Run {
  status: number;
  output: string;
  errors: string;
}

async function run(argv: string[], { typed = '', env = {} } = {}): Promise<Run> {
  const io = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough(), env, folder };
  io.input.end(typed);
  const status = await runPhone(argv, io);
  return { status, output: String(io.output.read() ?? ''), errors: String(io.errors.read() ?? '') };
}

async function call(routes: Routes, argv: string[], options: Parameters<typeof run>[1] = {}): Promise<Run> {
  app = await startStubApp(routes);
  return run(['--url', app.url, ...argv], options);
}

const reportOf = ({ output }: Run): CallReport => JSON.parse(output) as CallReport;

test('a scripted call says its lines and presses its keys in the order given, hangs up, and is clean', async () => {
  const ended = await call(talkative, ['--say', 'Hello', '--digits', '12#', '--say', 'Bye']);
  expect(ended).toMatchObject({ status: 0, errors: '' });
  expect(app.to('/process').map(({ fields }) => fields['SpeechResult'] ?? fields['Digits'])).toEqual([
    'Hello',
    '12',
    'Bye',
  ]);
  expect(ended.output).toMatch(/Frontdesk +"Hello, Acme Bikes\." +\d+ ms\nCaller +"Hello"\n/);
  expect(ended.output).toContain('The caller hung up.');
  expect(ended.output).toContain('No problems.');
  expect(ended.output).not.toContain('\u001b');
});

test('lines that could not be said make the call fail', async () => {
  const ended = await call({ ...talkative, '/process': '<Hangup/>' }, ['--say', 'Hello', '--say', 'Are you there?']);
  expect(ended.status).toBe(1);
  expect(ended.output).toContain('say "Are you there?"');
});

test('what is expected must be heard', async () => {
  const argv = ['--say', 'Hello', '--expect', 'acme', '--expect', 'at (nine|ten)'];
  expect((await call(talkative, argv)).status).toBe(0);
  await app.close();
  const ended = await call(talkative, [...argv, '--expect', 'closed on Mondays']);
  expect(ended.status).toBe(1);
  expect(ended.output).toContain('Nothing said matches "closed on Mondays"');
});

test('a wrong answer makes the call fail, and says what Twilio would have said', async () => {
  const ended = await call({ '/api/voice/incoming': { type: 'application/json', body: '{}' } }, ['--say', 'Hello']);
  expect(ended.status).toBe(1);
  expect(ended.output).toContain('12300: The content type is "application/json"');
});

test('the report as JSON is all there is on the output', async () => {
  const clean = await call(talkative, ['--json', '--say', 'Hello', '--from', '+12025550199']);
  expect(clean.status).toBe(0);
  expect(reportOf(clean)).toMatchObject({ endedBy: 'caller', problems: [], hops: 1 });
  expect(app.to('/process')[0]?.fields['From']).toBe('+12025550199');
});

test('problems are in the JSON too', async () => {
  const failed = await call(talkative, ['--json', '--expect', 'nothing like it']);
  expect(failed.status).toBe(1);
  expect(reportOf(failed).problems).toMatchObject([{ code: 'unmatched' }]);
});

test('a person types the call, with silence, keys and help', async () => {
  const ended = await call(talkative, [], { typed: '/help\nHello\n/press 7#\n\nnever said\n' });
  expect(ended.status).toBe(0);
  expect(ended.output.match(/\/press 12# presses keys/g)).toHaveLength(2);
  expect(app.to('/process').map(({ fields }) => fields['SpeechResult'] ?? fields['Digits'])).toEqual(['Hello', '7']);
  expect(ended.output).toContain('says nothing');
  expect(ended.output).toContain('Frontdesk ended the call.');
});

test('the end of the typing hangs up', async () => {
  const ended = await call(talkative, [], { typed: 'Hello\n/press 7#' });
  expect(app.to('/process')).toHaveLength(2);
  expect(ended).toMatchObject({ status: 0 });
  expect(ended.output).toContain('hangs up');
});

test('when nobody answers, the operator is told how to start Frontdesk', async () => {
  app = await startStubApp({});
  await app.close();
  const ended = await run(['--say', 'Hello'], { env: { PORT: new URL(app.url).port } });
  expect(ended).toMatchObject({ status: 2, output: '' });
  expect(ended.errors).toBe(`Nothing answers at ${app.url}: start Frontdesk with \`npm start\`\n`);
});

test.each([
  [['--sai', 'Hello'], '--sai'],
  [['Hello'], 'Hello'],
  [['--digits', '12a'], '12a'],
  [['--expect', '('], 'regular expression'],
  [['--url', '127.0.0.1:3000'], 'http://127.0.0.1:3000'],
])('a wrong command line is explained: %s', async (argv, words) => {
  const ended = await call(talkative, argv);
  expect(ended).toMatchObject({ status: 2, output: '' });
  expect(ended.errors).toContain(words);
  expect(app.received).toEqual([]);
});

test('help is there for the asking', async () => {
  const ended = await call(talkative, ['--help']);
  expect(ended).toMatchObject({ status: 0, errors: '' });
  expect(ended.output).toContain('--expect');
});

const signedWith = (token: string, base: string): boolean[] =>
  app.received.map(({ path, fields, headers }) =>
    validateRequest(token, String(headers['x-twilio-signature']), base + path, fields),
  );

test('the key in the data folder lets this machine in, whatever the public address', async () => {
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data', 'local.key'), 'key-of-this-machine\n');
  await writeFile(join(folder, '.env'), 'PUBLIC_BASE_URL=https://desk.example.com\n');
  const routes = {
    ...talkative,
    '/api/voice/incoming': GREETING.replace('/process', 'https://desk.example.com/process'),
  };
  const ended = await call(routes, ['--say', 'Hello']);
  expect(ended.status).toBe(0);
  expect(signedWith('key-of-this-machine', app.url)).toEqual([true, true, true]);
});

test('the data folder may be elsewhere', async () => {
  await writeFile(join(folder, 'local.key'), 'elsewhere');
  await call(talkative, ['--json'], { env: { DATA_DIR: folder } });
  expect(signedWith('elsewhere', app.url)).toEqual([true, true]);
});

test('a token on the command line signs for the public address', async () => {
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data', 'local.key'), 'not this one');
  await call(talkative, ['--json', '--auth-token', 'secret', '--public-url', 'https://desk.example.com']);
  expect(signedWith('secret', 'https://desk.example.com')).toEqual([true, true]);
});

test('the environment is stronger than the .env file', async () => {
  app = await startStubApp(talkative);
  await writeFile(join(folder, '.env'), 'PORT=1\n');
  expect(await run(['--json'], { env: { PORT: new URL(app.url).port } })).toMatchObject({ status: 0 });
});
