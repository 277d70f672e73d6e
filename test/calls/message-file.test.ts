import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMessageFile } from '../../src/calls/message-file';
import type { TakenMessage } from '../../src/conversations/ports';

const root = mkdtempSync(join(tmpdir(), 'frontdesk-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;
const newFolder = () => join(root, String(count++), 'data');
const pathIn = (folder: string) => join(folder, 'messages.jsonl');

const message = (id: string, reason = 'a bike'): TakenMessage => ({
  id,
  callSid: 'CA1',
  from: '+12025550143',
  name: 'Ana',
  number: '+12025550144',
  reason,
  takenAt: '2026-11-20T10:00:00.000Z',
  partial: false,
});

/** The messages as whoever reads the file has them: a later line replaces an earlier one, half a line is no message. */
function messagesIn(folder: string): TakenMessage[] {
  const messages = new Map<string, TakenMessage>();
  for (const line of readFileSync(pathIn(folder), 'utf8').split('\n')) {
    try {
      const read = JSON.parse(line) as TakenMessage;
      messages.set(read.id, read);
    } catch {
      continue;
    }
  }
  return [...messages.values()];
}

test('a message is in the file once it counts as saved, as one line of JSON', async () => {
  const folder = newFolder();
  const save = createMessageFile(folder);
  await save(message('m1'));
  expect(readFileSync(pathIn(folder), 'utf8')).toBe(`${JSON.stringify(message('m1'))}\n`);
});

test('only the owner can read what callers left', async () => {
  const folder = newFolder();
  await createMessageFile(folder)(message('m1'));
  expect(statSync(pathIn(folder)).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a correction replaces the message it corrects, after a restart, too', async () => {
  const folder = newFolder();
  await createMessageFile(folder)(message('m1', 'a bike'));
  await createMessageFile(folder)(message('m2', 'a pump'));
  await createMessageFile(folder)(message('m1', 'two bikes'));
  expect(messagesIn(folder).map(({ id, reason }) => [id, reason])).toEqual([
    ['m1', 'two bikes'],
    ['m2', 'a pump'],
  ]);
});

test('words that could break a line or an encoding do not', async () => {
  const folder = newFolder();
  const reason = 'one\ntwo\r\n\u2028\u0000"\\ \ud800 Zoë 営業 👍';
  await createMessageFile(folder)({ ...message('m1', reason), name: undefined, number: undefined });
  expect(readFileSync(pathIn(folder), 'utf8').match(/\n/g)).toHaveLength(1);
  expect(messagesIn(folder)[0]?.reason).toBe(reason);
});

test('messages that come at the same time are all there, whole and in order', async () => {
  const folder = newFolder();
  const save = createMessageFile(folder);
  const ids = Array.from({ length: 50 }, (_, n) => `m${n}`);
  await Promise.all(ids.map((id) => save(message(id, id.repeat(2_000)))));
  expect(messagesIn(folder).map(({ id }) => id)).toEqual(ids);
  expect(readFileSync(pathIn(folder), 'utf8').split('\n')).toHaveLength(51);
});

test('the messages around one that was half written when the power went are safe', async () => {
  const folder = newFolder();
  await createMessageFile(folder)(message('m1'));
  appendFileSync(pathIn(folder), JSON.stringify(message('m2')).slice(0, 40));
  const save = createMessageFile(folder);
  await Promise.all([save(message('m3')), save(message('m4'))]);
  expect(messagesIn(folder).map(({ id }) => id)).toEqual(['m1', 'm3', 'm4']);
  expect(readFileSync(pathIn(folder), 'utf8')).not.toContain('\n\n');
});

test('a message that cannot be written is never called saved, and the next one is, once there is room', async () => {
  const folder = newFolder();
  writeFileSync(join(root, `${count - 1}`), 'in the way');
  const save = createMessageFile(folder);
  const refused = await Promise.allSettled([save(message('m1')), save(message('m2'))]);
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  rmSync(join(root, `${count - 1}`));
  await save(message('m3'));
  expect(messagesIn(folder).map(({ id }) => id)).toEqual(['m3']);
});
