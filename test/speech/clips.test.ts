import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isClipName } from '../../src/speech/clip-names';
import { quietWav } from '../../src/speech/wav';
import { VOICE, afterwards, filesIn, manualClock, openClips, recordingLog, temporaryFolder } from './kit';

const MINUTE = 60_000;
const CLIP = quietWav(1000);
const reply = (text: string) => ({ kind: 'reply', voice: VOICE, text }) as const;
const phrase = (text: string) => ({ kind: 'phrase', voice: VOICE, text }) as const;

describe('names', () => {
  test('the same words in the same voice have the same name; anything else has another', async () => {
    const clips = await openClips();
    const others = [
      reply('Hello!'),
      phrase('Hello.'),
      { ...reply('Hello.'), leadInMs: 300 },
      { ...reply('Hello.'), voice: { ...VOICE, name: 'en-US-Neural2-A' } },
      { ...reply('Hello.'), voice: { ...VOICE, language: 'en-GB' } },
    ];
    expect(clips.nameOf(reply('Hello.'))).toBe(clips.nameOf(reply('Hello.')));
    expect(new Set([reply('Hello.'), ...others].map(clips.nameOf)).size).toBe(6);
  });

  test('a name cannot be worked out without the key, and is a safe file name', async () => {
    const mine = (await openClips()).nameOf(reply('Hello.'));
    const theirs = (await openClips({ nameKey: Buffer.alloc(32, 8) })).nameOf(reply('Hello.'));
    expect(mine).not.toBe(theirs);
    expect(mine).toMatch(/^[0-9a-f]{32}\.wav$/);
    expect(isClipName(mine)).toBe(true);
  });

  test.each(['', '.', '..', '../secret.wav', 'secret.wav', `${'a'.repeat(31)}.wav`, `${'a'.repeat(32)}.wav\n`])(
    '%j is no clip name and finds nothing, whatever lies there',
    async (name) => {
      const directory = join(await temporaryFolder(), 'audio');
      const clips = await openClips({ directory });
      await mkdir(directory);
      for (const path of ['secret.wav', '../secret.wav']) await writeFile(join(directory, path), CLIP);
      expect(isClipName(name)).toBe(false);
      expect(await clips.find(name)).toBeUndefined();
    },
  );
});

describe('a clip', () => {
  test('can be served the moment it is put, and knows its length', async () => {
    const clips = await openClips();
    const name = clips.nameOf(reply('Hello.'));
    expect(clips.put(name, 'reply', CLIP)).toEqual({ name, durationMs: 1000 });
    expect(clips.held(name)).toEqual({ name, durationMs: 1000 });
    const found = await clips.find(name);
    expect(found).toMatchObject({ isForAll: false, wav: CLIP });
    expect(found?.etag).toMatch(/^"[\w-]{43}"$/);
  });

  test('of a reply is forgotten by its name, in memory and on disk; that of a phrase is not', async () => {
    const clips = await openClips();
    const [one, other, said] = [reply('Hello Ada.'), reply('Hello Bo.'), phrase('Hello.')].map(clips.nameOf);
    for (const [name = '', kind] of [
      [one, 'reply'],
      [other, 'reply'],
      [said, 'phrase'],
    ] as const)
      clips.put(name, kind, CLIP);
    await clips.forget([one ?? '', said ?? '', '../secret.wav']);
    expect(await clips.find(one ?? '')).toBeUndefined();
    expect(await filesIn(clips.directory)).toEqual(expect.arrayContaining([other, join('phrases', said ?? '')]));
    expect(await filesIn(clips.directory)).toHaveLength(2);
  });

  test('is found again by the next process, with the same tag', async () => {
    const first = await openClips();
    const name = first.nameOf(phrase('Welcome!'));
    first.put(name, 'phrase', CLIP);
    const tag = (await first.find(name))?.etag;
    await first.close();
    const second = await openClips({ directory: first.directory });
    expect(second.held(name)).toBeUndefined();
    expect(await second.find(name)).toEqual({ clip: { name, durationMs: 1000 }, isForAll: true, wav: CLIP, etag: tag });
    expect(second.held(name)).toBeDefined();
  });

  test('that is no audio is refused, and a file that is none is not served', async () => {
    const clips = await openClips();
    const name = clips.nameOf(reply('Hello.'));
    expect(() => clips.put(name, 'reply', Buffer.from('no audio'))).toThrow('garbage');
    await writeFile(join(clips.directory, name), '');
    expect(await clips.find(name)).toBeUndefined();
  });

  test('whose tag changes with its sound', async () => {
    const clips = await openClips();
    const name = clips.nameOf(reply('Hello.'));
    clips.put(name, 'reply', CLIP);
    const before = (await clips.find(name))?.etag;
    clips.put(name, 'reply', quietWav(500));
    expect((await clips.find(name))?.etag).not.toBe(before);
  });
});

describe('memory', () => {
  test('stays within its bound; what was used last stays, and what left is read from disk', async () => {
    const clips = await openClips({ limits: { memoryBytes: CLIP.length * 3 } });
    const names = ['one', 'two', 'three', 'four', 'five'].map((text) => clips.nameOf(reply(text)));
    for (const name of names) {
      clips.put(name, 'reply', CLIP);
      clips.held(names[0] ?? '');
    }
    expect(clips.stats()).toMatchObject({ memoryClips: 3, memoryBytes: CLIP.length * 3 });
    expect(names.map((name) => clips.held(name) !== undefined)).toEqual([true, false, false, true, true]);
    await clips.close();
    expect((await clips.find(names[1] ?? ''))?.wav).toEqual(CLIP);
    expect(clips.stats().memoryClips).toBe(3);
  });

  test('lets go first of what the disk has too', async () => {
    const clips = await openClips({ limits: { memoryBytes: CLIP.length * 2 } });
    const [onlyHere, onDisk, newest] = ['one', 'two', 'three'].map((text) => clips.nameOf(reply(text)));
    await clips.close();
    await rm(clips.directory, { recursive: true });
    await writeFile(clips.directory, 'in the way');
    clips.put(onlyHere ?? '', 'reply', CLIP);
    await clips.close();
    await rm(clips.directory);
    clips.put(onDisk ?? '', 'reply', CLIP);
    await clips.close();
    clips.put(newest ?? '', 'reply', CLIP);
    expect(clips.held(onlyHere ?? '')).toBeDefined();
    expect(clips.held(onDisk ?? '')).toBeUndefined();
  });

  test('always has room for the current phrases', async () => {
    const clips = await openClips({ limits: { memoryBytes: CLIP.length } });
    const welcome = clips.nameOf(phrase('Welcome!'));
    clips.keep('phrases', [welcome]);
    clips.put(welcome, 'phrase', CLIP);
    for (const text of ['one', 'two', 'three']) clips.put(clips.nameOf(reply(text)), 'reply', CLIP);
    expect(clips.held(welcome)).toBeDefined();
    expect(clips.stats().memoryClips).toBe(2);
  });
});

describe('a failing disk', () => {
  test('costs the caller nothing and the log one line a minute', async () => {
    const clock = manualClock();
    const log = recordingLog();
    const directory = join(await temporaryFolder(), 'audio');
    await writeFile(directory, 'a file where the folder should be');
    const clips = await openClips({ directory, clock, log });
    for (const text of ['one', 'two', 'three']) {
      const name = clips.nameOf(reply(text));
      clips.put(name, 'reply', CLIP);
      await clips.close();
      expect((await clips.find(name))?.wav).toEqual(CLIP);
      expect(await clips.find('0'.repeat(32) + '.wav')).toBeUndefined();
    }
    expect(log.lines).toMatchObject([{ level: 'warn', type: 'clip-disk' }]);
    clock.pass(MINUTE);
    clips.put(clips.nameOf(reply('four')), 'reply', CLIP);
    await clips.close();
    expect(log.lines).toHaveLength(2);
  });

  test('a folder that vanishes is made anew', async () => {
    const clips = await openClips();
    await rm(clips.directory, { recursive: true });
    clips.put(clips.nameOf(reply('Hello.')), 'reply', CLIP);
    clips.put(clips.nameOf(phrase('Welcome!')), 'phrase', CLIP);
    await clips.close();
    expect(await filesIn(clips.directory)).toHaveLength(2);
  });

  test('a write that fails leaves nothing half-written', async () => {
    const clips = await openClips();
    const name = clips.nameOf(reply('Hello.'));
    await mkdir(join(clips.directory, name, 'in the way'), { recursive: true });
    clips.put(name, 'reply', CLIP);
    await clips.close();
    expect(await readdir(clips.directory)).toEqual([name]);
  });

  (process.getuid?.() === 0 ? test.skip : test)('a folder that may not be read is no error (not as root)', async () => {
    const clips = await openClips();
    await chmod(clips.directory, 0);
    afterwards(() => chmod(clips.directory, 0o700));
    expect(await clips.find('0'.repeat(32) + '.wav')).toBeUndefined();
  });
});
