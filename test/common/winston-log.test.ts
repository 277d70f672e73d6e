import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLog, type LogOptions } from '../../src/common/winston-log';

const SECRET = 'gsk_s3cr3tc4n4ry';
const folders: string[] = [];
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-'));
  folders.push(folder);
  return folder;
}

function start(options: Partial<LogOptions> = {}) {
  const directory = options.directory ?? join(newFolder(), 'logs');
  const log = createLog({
    level: 'info',
    transcripts: false,
    secrets: () => [SECRET],
    console: false,
    ...options,
    directory,
  });
  const file = join(directory, 'frontdesk.log');
  const text = async () => {
    await log.close();
    return readFileSync(file, 'utf8');
  };
  const lines = async () =>
    (await text())
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, directory, file, text, lines };
}

test('a line has a time, a type, a call, a step, data and a duration in seconds, in this order', async () => {
  const { log, lines } = start();
  log.warn('llm', {
    callSid: 'CA1',
    step: 'failed',
    data: { rung: 'x', nested: { n: [1, null, true] } },
    durationMs: 1_234.4,
  });
  log.info('started');
  const [full, bare] = await lines();
  expect(Object.keys(full ?? {})).toEqual([
    'timestamp',
    'level',
    'event_type',
    'call_sid',
    'step',
    'data',
    'duration_seconds',
  ]);
  expect(full).toMatchObject({
    level: 'warn',
    event_type: 'llm',
    call_sid: 'CA1',
    step: 'failed',
    duration_seconds: 1.234,
  });
  expect(full?.['data']).toEqual({ rung: 'x', nested: { n: [1, null, true] } });
  expect(Date.parse(String(full?.['timestamp']))).toBeGreaterThan(Date.now() - 60_000);
  expect(bare).toMatchObject({ level: 'info', call_sid: null, step: null, data: {} });
  expect(bare).not.toHaveProperty('duration_seconds');
});

test('a secret that is replaced before the line is written is not written', async () => {
  let secrets = [SECRET];
  const { log, lines } = start({ secrets: () => secrets });
  log.warn('begun'); // written at once
  await pause(50);
  log.info('key', { data: { key: SECRET } });
  secrets = ['gsk_another1'];
  expect((await lines()).at(-1)).toMatchObject({ data: { key: '[secret]' } });
});

test('a warning is written at once, with what was told before it', async () => {
  const { log, file } = start();
  log.info('before');
  log.warn('after');
  await pause(50);
  expect(readFileSync(file, 'utf8')).toMatch(/before[^]*after/);
});

test('a secret is not written, wherever it turns up', async () => {
  const { log, text } = start({ transcripts: true });
  const error = new Error(`refused ${SECRET}`);
  log.error('x', {
    callSid: SECRET,
    step: `with ${SECRET}`,
    words: `my key is ${SECRET}`,
    data: { [SECRET]: 1, list: [[SECRET]], deep: { a: { b: `x${SECRET}x` } }, error, stack: error.stack },
  });
  const written = await text();
  expect(written).not.toContain(SECRET);
  expect(written.match(/\[secret\]/g)?.length).toBeGreaterThanOrEqual(7);
});

test('a telephone number is not written, wherever it turns up', async () => {
  const { log, text } = start();
  log.info('x', {
    callSid: '+12025550143',
    step: 'to 202-555-0143',
    data: { from: '+12025550143', '+12025550143': 1, list: ['(202) 555-0143', { a: 'From=%2B12025550143' }] },
  });
  const written = await text();
  expect(written).not.toMatch(/0143/);
  expect(written.match(/…43/g)).toHaveLength(6);
});

test('times, durations and the names of calls and clips are written as they are', async () => {
  const { log, lines } = start();
  const data = {
    at: '2026-11-20T10:00:00.000Z',
    day: '2026-11-20',
    clip: `${'0123456789'.repeat(3)}01.wav`,
    ms: 1_764_000_000_000,
  };
  log.info('x', { callSid: `CA${'1'.repeat(32)}`, data });
  expect(await lines()).toMatchObject([{ call_sid: `CA${'1'.repeat(32)}`, data }]);
});

test('what was said is written only with transcripts', async () => {
  const silent = start();
  silent.log.info('stt', { words: 'a bell rings' });
  expect(await silent.text()).not.toContain('bell');
  const open = start({ transcripts: true });
  open.log.info('stt', { words: 'a bell rings', data: { characters: 12 } });
  expect(await open.lines()).toMatchObject([{ data: { words: 'a bell rings', characters: 12 } }]);
});

test('of an error its kind and place are written, not its message', async () => {
  const { log, text } = start();
  log.error('defect', { data: { error: new TypeError('a caller said this') } });
  const written = await text();
  expect(written).toMatch(/TypeError at .*winston-log\.test/);
  expect(written).not.toContain('a caller said this');
});

test('no data makes it throw or lose the line after', async () => {
  const { log, lines } = start();
  const round: Record<string, unknown> = { name: 'round' };
  round['self'] = round;
  const refusing = Object.defineProperty({}, 'a', { enumerable: true, get: () => missing.value }) as Record<
    string,
    unknown
  >;
  const missing = undefined as unknown as { value: string };
  log.info('round', { data: round });
  log.info('big', {
    data: { big: 2n ** 70n, at: new Date(0), never: new Date(NaN), call: () => 1, half: '\ud800', none: undefined },
  });
  log.info('refusing', { data: refusing });
  log.info('last');
  const events = await lines();
  expect(events.map((line) => line['event_type'])).toEqual(['round', 'big', 'last']);
  expect(events[1]).toMatchObject({
    data: { big: expect.any(String) as string, at: '1970-01-01T00:00:00.000Z', never: null },
  });
});

test('lines below the level are not written, nor is any after closing, and closing twice does no harm', async () => {
  const { log, lines } = start({ level: 'warn' });
  log.info('quiet');
  log.error('loud');
  await log.close();
  log.error('late');
  expect((await lines()).map((line) => line['event_type'])).toEqual(['loud']);
});

test('ten thousand lines at once are all there when it is closed', async () => {
  const { log, lines } = start();
  for (let n = 0; n < 10_000; n++) log.info('x', { data: { n } });
  expect((await lines()).map((line) => (line['data'] as { n: number }).n)).toEqual([...Array(10_000).keys()]);
});

test('a full file makes room for a new one, and the oldest of five goes', async () => {
  const first = start();
  first.log.info('first');
  await first.log.close();
  truncateSync(first.file, 9_999_990);
  for (const age of [1, 2, 3, 4]) writeFileSync(join(first.directory, `frontdesk${age}.log`), `${age}`);
  const { log, lines } = start({ directory: first.directory });
  log.info('second');
  expect((await lines()).map((line) => line['event_type'])).toEqual(['second']);
  expect(readdirSync(first.directory)).toHaveLength(5);
  expect(statSync(join(first.directory, 'frontdesk1.log')).size).toBe(9_999_990);
  expect(readFileSync(join(first.directory, 'frontdesk4.log'), 'utf8')).toBe('3');
});

test('a folder that vanishes comes back', async () => {
  const { log, directory, lines } = start();
  rmSync(directory, { recursive: true, force: true });
  log.info('x');
  expect(await lines()).toHaveLength(1);
});

describe('a disk that takes nothing', () => {
  let complaints: string[];
  const write = process.stderr.write.bind(process.stderr);
  beforeEach(() => {
    complaints = [];
    process.stderr.write = (text: string | Uint8Array) => complaints.push(String(text)) > 0;
  });
  afterEach(() => void (process.stderr.write = write));

  test.each(['a full disk', 'a folder that cannot be made'])(
    '%s is complained of once and stops nothing',
    async (which) => {
      const directory = newFolder();
      if (which === 'a full disk') symlinkSync('/dev/full', join(directory, 'frontdesk.log'));
      else writeFileSync(join(directory, 'file'), '');
      const { log } = start({ directory: which === 'a full disk' ? directory : join(directory, 'file', 'logs') });
      for (let n = 0; n < 300; n++) {
        log.info('x', { data: { much: 'x'.repeat(1_000) } });
        await new Promise(setImmediate);
      }
      await log.close();
      expect(complaints).toEqual([expect.stringMatching(/^The log cannot be written: (?:ENOSPC|ENOTDIR)/)]);
    },
  );
});
