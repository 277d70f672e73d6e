import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { openDatabase } from '../../src/storage/database';
import { startFrontdesk, type Running } from '../support/frontdesk';

const WORDS = { SpeechResult: 'Where do I find you?' };

/** Sentences of these replies, and of no fixed phrase. */
const OURS = /mill|green door|in the web/;

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100 && !(await isSo()); tries += 1) await pause(50);
}

/** Frontdesk with a model that says these tokens, and the sentences that Google was asked for. */
const start = async (words: readonly string[]) => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true });
  frontdesk.groq.reply({ words, tokenMs: 40 });
  const asked = () => frontdesk.voice.requests.map(({ text }) => text).filter((text) => OURS.test(text));
  return { frontdesk, asked };
};

const playsIn = (xml: string) => (xml.match(/<Play>/g) ?? []).length;

/** How many characters the book says were voiced, once as many are there. */
async function charactersOf({ directory }: Running, expected: number): Promise<number> {
  const database = openDatabase(join(directory, 'data', 'frontdesk.db'));
  const read = async () => {
    const rows = await database.selectFrom('call_usage').selectAll().where('kind', '=', 'voice').execute();
    return rows.reduce((sum, { amount }) => sum + amount, 0);
  };
  await until(async () => (await read()) >= expected);
  const characters = await read();
  await database.destroy();
  return characters;
}

test('a sentence that ends where it seems to is asked for once, and played', async () => {
  const { frontdesk, asked } = await start(['We are behind the old mill.', ' There is', ' a green door.']);
  const { xml } = await frontdesk.post('process?turn=1', WORDS);
  expect(playsIn(xml)).toBeGreaterThan(0);
  await until(() => asked().length === 2);
  expect(asked()).toEqual(['We are behind the old mill.', 'There is a green door.']);
});

test('one that goes on is heard whole; what was voiced of it too soon is paid for and never heard', async () => {
  const soon = 'You find us in the web at frontdesk.';
  const whole = 'You find us in the web at frontdesk.example and in town.';
  const { frontdesk, asked } = await start([soon, 'example and', ' in town.']);
  const { xml } = await frontdesk.post('process?turn=1', WORDS);
  expect(asked()).toEqual([soon, whole]);
  expect(playsIn(xml)).toBe(1);
  const expected = soon.length + whole.length;
  expect(await charactersOf(frontdesk, expected)).toBe(expected);
});

test('a voice that fails is asked once for a sentence, and the telephone says it', async () => {
  const { frontdesk, asked } = await start(['We are behind the old mill.', ' There is a green door.']);
  frontdesk.voice.forText('We are behind the old mill.', { fail: status.UNAVAILABLE });
  const { xml } = await frontdesk.post('process?turn=1', WORDS);
  expect(xml).toContain('We are behind the old mill.</Say>');
  expect(asked().filter((text) => text === 'We are behind the old mill.')).toHaveLength(1);
});
