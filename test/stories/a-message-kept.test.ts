import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createSaveMessage } from '../../src/calls/messages';
import type { SaveMessage } from '../../src/conversations/ports';
import { openDatabase } from '../../src/storage/database';
import { startFrontdesk, temporaryFolder, whenDone } from '../support/frontdesk';
import { keptMessages } from '../support/kept-messages';
import { profileSchema } from '../../src/common/profile';
import { simulate, wordsOf } from '../support/simulate';

const TAKEN = ["I'd like to leave a message", 'my wheel is bent', 'Ada', 'yes'];

/** Saves to a real database, except the first `failures` times. */
async function failingAtFirst(failures: number) {
  const folder = await temporaryFolder();
  const database = openDatabase(join(folder, 'data', 'frontdesk.db'));
  whenDone(() => database.destroy());
  const save = createSaveMessage(database, {
    settle: () => Promise.resolve(),
    announce: () => Promise.resolve(),
    about: () => ({ business: 'Juniper Lane', address: undefined, fields: [] }),
    profile: () => profileSchema.parse({ businessName: 'Juniper Lane' }),
  });
  let tries = 0;
  const saveMessage: SaveMessage = async (message) => {
    tries += 1;
    if (tries <= failures) throw new Error('disk full');
    await save(message);
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
    expect(keptMessages(frontdesk.directory).map(({ reason }) => reason)).toEqual([`my wheel is bent; ${speech}`]);
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
    expect(keptMessages(disk.folder)).toMatchObject([{ name: 'Ada', reason: 'my wheel is bent', partial: false }]);
  });

  test('is written down with the next one, and no more often', async () => {
    const disk = await failingAtFirst(1);
    const frontdesk = await startFrontdesk({ overrides: { saveMessage: disk.saveMessage } });
    const second = 'can I leave another message that my brakes squeak';
    expect(wordsOf(await simulate(frontdesk, [...TAKEN, second, 'yes']))).toMatch(/Your message is noted/);
    expect(disk.tries()).toBe(3);
    const reasons = keptMessages(disk.folder).map(({ reason }) => reason);
    expect(reasons.sort()).toEqual([second, 'my wheel is bent']);
  });

  test('is not written down twice when a correction of it was', async () => {
    const disk = await failingAtFirst(1);
    const frontdesk = await startFrontdesk({ overrides: { saveMessage: disk.saveMessage } });
    await simulate(frontdesk, [...TAKEN, 'and tell them I need it by Friday']);
    expect(disk.tries()).toBe(2);
    expect(keptMessages(disk.folder)).toMatchObject([
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
