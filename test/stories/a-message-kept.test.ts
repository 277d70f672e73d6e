import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createMessageFile } from '../../src/calls/message-file';
import type { SaveMessage, TakenMessage } from '../../src/conversations/ports';
import { startFrontdesk, temporaryFolder } from '../support/frontdesk';
import { simulate, wordsOf } from '../support/simulate';

const TAKEN = ["I'd like to leave a message", 'my wheel is bent', 'Ada', 'yes'];

const linesIn = async (folder: string): Promise<TakenMessage[]> =>
  (await readFile(join(folder, 'messages.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TakenMessage);

/** Saves to a real file, except the first `failures` times. */
async function failingAtFirst(failures: number) {
  const folder = await temporaryFolder();
  const file = createMessageFile(folder);
  let tries = 0;
  const saveMessage: SaveMessage = async (message) => {
    tries += 1;
    if (tries <= failures) throw new Error('disk full');
    await file(message);
  };
  return { folder, saveMessage, tries: () => tries };
}

describe('a caller who adds to the message just taken', () => {
  test.each([
    'and tell them I need it by Friday',
    'actually the message should say my front tire',
    'no, and tell them I need it by Friday, that is all',
    "and tell her I'll call back tomorrow",
  ])('finds it under the same id, saved and confirmed again: %s', async (speech) => {
    const frontdesk = await startFrontdesk();
    const words = wordsOf(await simulate(frontdesk, [...TAKEN, speech]));
    expect(words.match(/Your message is noted/g)).toHaveLength(2);
    const [first, second, ...more] = await linesIn(join(frontdesk.directory, 'data'));
    expect([second?.id, second?.reason, more]).toEqual([first?.id, `my wheel is bent; ${speech}`, []]);
  });

  test('and leaves is told that it is saved, and goodbye', async () => {
    const frontdesk = await startFrontdesk();
    const report = await simulate(frontdesk, [...TAKEN, 'and tell them I need it by Friday, thanks, bye']);
    expect(wordsOf(report).match(/Your message is noted/g)).toHaveLength(2);
    expect(report.endedBy).toBe('server');
  });
});

describe('a message that could not be written down', () => {
  test('is written down when the caller hangs up', async () => {
    const disk = await failingAtFirst(1);
    const frontdesk = await startFrontdesk({ overrides: { saveMessage: disk.saveMessage } });
    const words = wordsOf(await simulate(frontdesk, TAKEN));
    expect(words).toMatch(/could not write your message down/);
    expect(disk.tries()).toBe(2);
    while (!frontdesk.events.some(({ step }) => step === 'message saved')) await pause(10);
    expect(await linesIn(disk.folder)).toMatchObject([{ name: 'Ada', reason: 'my wheel is bent', partial: false }]);
  });

  test('is written down with the next one, and no more often', async () => {
    const disk = await failingAtFirst(1);
    const frontdesk = await startFrontdesk({ overrides: { saveMessage: disk.saveMessage } });
    const second = 'can I leave another message that my brakes squeak';
    expect(wordsOf(await simulate(frontdesk, [...TAKEN, second, 'yes']))).toMatch(/Your message is noted/);
    expect(disk.tries()).toBe(3);
    const reasons = (await linesIn(disk.folder)).map(({ reason }) => reason);
    expect(reasons.sort()).toEqual([second, 'my wheel is bent']);
  });

  test('is not written down twice when a correction of it was', async () => {
    const disk = await failingAtFirst(1);
    const frontdesk = await startFrontdesk({ overrides: { saveMessage: disk.saveMessage } });
    await simulate(frontdesk, [...TAKEN, 'and tell them I need it by Friday']);
    expect(disk.tries()).toBe(2);
    expect(await linesIn(disk.folder)).toMatchObject([
      { reason: 'my wheel is bent; and tell them I need it by Friday' },
    ]);
  });
});

describe('who will call again themselves', () => {
  test.each([
    "I'd rather call back later",
    "I'd rather call back when I know more",
    "I'll call back later",
    "I'll call you back tomorrow",
  ])('is not made to leave a message: %s', async (speech) => {
    const frontdesk = await startFrontdesk();
    expect(wordsOf(await simulate(frontdesk, [speech]))).not.toMatch(/gladly take a message/);
  });

  test.each(['can you call me back later', 'I need you to call back', 'and also tell Mira my wheel is bent'])(
    'is not meant by %j',
    async (speech) => {
      const frontdesk = await startFrontdesk();
      expect(wordsOf(await simulate(frontdesk, [speech]))).toMatch(/I will gladly take a message/);
    },
  );
});
