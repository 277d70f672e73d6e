import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quietWav } from '../../src/speech/wav';
import { VOICE, eventually, filesIn, manualClock, openClips } from './kit';

const HOUR = 60 * 60_000;
const MINUTE = 60_000;
const CLIP = quietWav(1000);
const reply = (text: string) => ({ kind: 'reply', voice: VOICE, text }) as const;
const phrase = (text: string) => ({ kind: 'phrase', voice: VOICE, text }) as const;

test('what is old goes from disk and memory, and memory is back', async () => {
  const clock = manualClock();
  const clips = await openClips({ clock });
  for (let i = 0; i < 20; i++) clips.put(clips.nameOf(reply(`Reply ${i}`)), 'reply', CLIP);
  await clips.close();
  clock.pass(HOUR - 1);
  await clips.prune();
  expect(clips.stats()).toMatchObject({ memoryClips: 20, diskClips: 20, diskBytes: 20 * CLIP.length });
  clock.pass(2);
  await clips.prune();
  expect(clips.stats()).toEqual({ memoryClips: 0, memoryBytes: 0, diskClips: 0, diskBytes: 0 });
  expect(await filesIn(clips.directory)).toEqual([]);
});

test('a clip that a live call may still fetch stays, whatever its age', async () => {
  const clock = manualClock();
  const clips = await openClips({ clock });
  const [fetched, handedOut, idle] = ['one', 'two', 'three'].map((text) => clips.nameOf(reply(text)));
  for (const name of [fetched, handedOut, idle]) clips.put(name ?? '', 'reply', CLIP);
  await clips.close();
  clock.pass(HOUR - 5 * MINUTE);
  await clips.find(fetched ?? '');
  clips.held(handedOut ?? '');
  clock.pass(10 * MINUTE);
  await clips.prune();
  expect((await filesIn(clips.directory)).sort()).toEqual([fetched, handedOut].sort());
  clock.pass(10 * MINUTE);
  await clips.prune();
  expect(await filesIn(clips.directory)).toEqual([]);
});

test('too much on disk: the oldest go first, once nobody can still ask for them', async () => {
  const clock = manualClock();
  const clips = await openClips({ clock, limits: { diskBytes: CLIP.length * 2 } });
  const names = ['one', 'two', 'three', 'four'].map((text) => clips.nameOf(reply(text)));
  for (const name of names) {
    clips.put(name, 'reply', CLIP);
    await clips.close();
    clock.pass(MINUTE);
  }
  await clips.prune();
  expect(await filesIn(clips.directory)).toHaveLength(4);
  clock.pass(20 * MINUTE);
  clips.put(clips.nameOf(reply('five')), 'reply', CLIP);
  await clips.close();
  await eventually(async () => (await filesIn(clips.directory)).length === 2);
  expect((await filesIn(clips.directory)).sort()).toEqual([names[3], clips.nameOf(reply('five'))].sort());
  expect(clips.stats().diskBytes).toBe(CLIP.length * 2);
});

test('current phrases never go; stale ones do, but not before a live call has had the time to fetch them', async () => {
  const clock = manualClock();
  const clips = await openClips({ clock });
  const [old, current] = ['Welcome!', 'Good day!'].map((text) => clips.nameOf(phrase(text)));
  for (const name of [old, current]) clips.put(name ?? '', 'phrase', CLIP);
  await clips.close();
  clock.pass(7 * 24 * HOUR);
  await clips.prune();
  expect(await filesIn(clips.directory)).toHaveLength(2);
  clips.keep('phrases', [old ?? '', current ?? '']);
  clips.keep('phrases', [current ?? '']);
  await clips.prune();
  expect(await filesIn(clips.directory)).toHaveLength(2);
  clock.pass(20 * MINUTE);
  await clips.prune();
  expect(await filesIn(clips.directory)).toEqual([join('phrases', current ?? '')]);
});

test('a phrase nobody says any more goes, though it is young', async () => {
  const clock = manualClock();
  const clips = await openClips({ clock });
  clips.put(clips.nameOf(phrase('Welcome!')), 'phrase', CLIP);
  await clips.close();
  clock.pass(20 * MINUTE);
  clips.keep('phrases', []);
  await clips.prune();
  expect(await filesIn(clips.directory)).toEqual([]);
});

test("somebody else's files stay, and what a crash left half-written goes", async () => {
  const clock = manualClock();
  const clips = await openClips({ clock });
  await mkdir(join(clips.directory, 'phrases'));
  for (const name of ['.gitignore', 'music.wav', join('phrases', 'notes.txt'), `${'a'.repeat(32)}.wav.0123abcd.tmp`]) {
    await writeFile(join(clips.directory, name), 'x');
  }
  clock.pass(100 * 365 * 24 * HOUR);
  await clips.prune();
  expect((await readdir(clips.directory)).sort()).toEqual(['.gitignore', 'music.wav', 'phrases']);
  expect(await readdir(join(clips.directory, 'phrases'))).toEqual(['notes.txt']);
});
