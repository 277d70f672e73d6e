import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../src/common/errors';
import { loadProfile } from '../../src/settings/profile-file';
import type { Settings } from '../../src/settings/settings';
import { openOffice, someProfile, type Office } from './kit';

const nameOf = (settings: Settings) => settings.profile().businessName;

async function withVersions(office: Office, names: readonly string[]): Promise<Settings> {
  const settings = await office.start();
  for (const name of names) await settings.saveProfile(someProfile(name));
  return settings;
}

const countOf = async (office: Office) =>
  (await office.database().selectFrom('profiles').select('id').execute()).length;

/** What an older or a newer Frontdesk, or a hand, may have left as the newest version. */
const leave = (office: Office, body: string) =>
  office.database().insertInto('profiles').values({ body, saved_at: 0 }).execute();

test('the seed is the profile of the first start, and of no later one', async () => {
  const office = openOffice();
  expect(nameOf(await office.start())).toBe('Seeded');
  const failing = () => {
    throw new Error('the seed was asked for again');
  };
  expect(nameOf(await office.start({ seedProfile: failing }))).toBe('Seeded');
});

test('a seed that cannot be read stops the first start with its sentence', async () => {
  const seedProfile = () => loadProfile('/nowhere/profile.json');
  await expect(openOffice().start({ seedProfile })).rejects.toBeInstanceOf(ConfigError);
});

test('what was saved is used by the next call, and after a restart', async () => {
  const office = openOffice();
  const settings = await withVersions(office, ['Orchard Dental']);
  expect(settings.profile()).toEqual(someProfile('Orchard Dental'));
  expect((await office.start()).profile()).toEqual(someProfile('Orchard Dental'));
});

test('what was given is copied, so that changing it later changes nothing', async () => {
  const settings = await openOffice().start();
  const given = someProfile('Orchard Dental');
  await settings.saveProfile(given);
  given.facts.push('This was never saved.');
  expect(settings.profile().facts).not.toContain('This was never saved.');
});

test('defaults are filled in for what a form leaves out', async () => {
  const settings = await openOffice().start();
  expect(await settings.saveProfile({ businessName: ' Orchard Dental ' })).toMatchObject({ ok: true });
  expect(settings.profile()).toMatchObject({ businessName: 'Orchard Dental', language: 'en-US', facts: [] });
});

test('what is not a profile is refused with every problem by its field, and nothing changes', async () => {
  const office = openOffice();
  const settings = await office.start();
  expect(await settings.saveProfile({ businessName: '', hours: { monday: ['9 to 5'] }, colour: 'red' })).toEqual({
    ok: false,
    problems: [
      { field: 'businessName', problem: 'must not be empty' },
      { field: 'hours.monday[0]', problem: 'must look like "09:00-17:00" (it says "9 to 5")' },
      { field: 'colour', problem: 'is not a field of a profile' },
    ],
  });
  expect(await settings.saveProfile('a text')).toEqual({
    ok: false,
    problems: [{ field: '', problem: 'must be an object in { }' }],
  });
  expect(nameOf(settings)).toBe('Seeded');
  expect(await countOf(office)).toBe(1);
});

test('undo goes back one version at a time, as far as the seed, also after a restart', async () => {
  const office = openOffice();
  const settings = await withVersions(office, ['One', 'Two', 'Three']);
  expect((await settings.undoProfile())?.businessName).toBe('Two');
  expect(nameOf(settings)).toBe('Two');
  const restarted = await office.start();
  expect(nameOf(restarted)).toBe('Two');
  await restarted.undoProfile();
  expect(restarted.canUndoProfile()).toBe(true);
  expect((await restarted.undoProfile())?.businessName).toBe('Seeded');
  expect(restarted.canUndoProfile()).toBe(false);
  expect(await restarted.undoProfile()).toBeUndefined();
  expect(nameOf(restarted)).toBe('Seeded');
});

test('saving after an undo goes on from there', async () => {
  const settings = await withVersions(openOffice(), ['One', 'Two']);
  await settings.undoProfile();
  await settings.saveProfile(someProfile('Three'));
  expect((await settings.undoProfile())?.businessName).toBe('One');
});

test('saving the same profile again is no version to undo', async () => {
  const office = openOffice();
  const settings = await withVersions(office, ['One', 'One']);
  expect(await countOf(office)).toBe(2);
  expect((await settings.undoProfile())?.businessName).toBe('Seeded');
});

test('fifty versions are kept, in memory as on the disk', async () => {
  const office = openOffice();
  const settings = await withVersions(
    office,
    Array.from({ length: 60 }, (_, index) => `Version ${index}`),
  );
  expect(await countOf(office)).toBe(50);
  const undoAll = async (each: Settings) => {
    let steps = 0;
    while (await each.undoProfile()) steps++;
    return [steps, nameOf(each)];
  };
  expect(await undoAll(settings)).toEqual([49, 'Version 10']);
});

test('two saves at the same moment are two versions', async () => {
  const settings = await openOffice().start();
  await Promise.all([settings.saveProfile(someProfile('One')), settings.saveProfile(someProfile('Two'))]);
  expect(nameOf(settings)).toBe('Two');
  await settings.undoProfile();
  expect(nameOf(settings)).toBe('One');
});

test('the export is a file that PROFILE_FILE can name', async () => {
  const office = openOffice();
  const settings = await office.start();
  const file = join(office.folder, 'exported.json');
  const profile = { ...someProfile('Bücher & Söhne'), greetingAudio: '/sounds/hello.wav', voice: 'en-GB-Neural2-A' };
  await settings.saveProfile(profile);
  writeFileSync(file, settings.exportProfile());
  expect(loadProfile(file)).toEqual(profile);
});

test.each([
  ['another field than we know', JSON.stringify({ ...someProfile('Newer'), phone: '+12025550101' })],
  ['no JSON', '{ "businessName": "New'],
])('a version with %s gives way to the newest that reads, with a line without its words', async (_, body) => {
  const office = openOffice();
  await withVersions(office, ['One', 'Two']);
  await leave(office, body);
  const settings = await office.start();
  expect(nameOf(settings)).toBe('Two');
  expect(office.events).toMatchObject([
    { level: 'warn', eventType: 'profile_unreadable', fields: { data: { version: 4 } } },
  ]);
  expect(JSON.stringify(office.events)).not.toMatch(/Newer|2025550101/);
  await settings.saveProfile(someProfile('Three'));
  await settings.undoProfile();
  expect(nameOf(settings)).toBe('Two');
  expect((await settings.undoProfile())?.businessName).toBe('One');
});

test('where no version reads, the seed stands in and nothing is thrown away', async () => {
  const office = openOffice();
  await office.start();
  await office.database().updateTable('profiles').set({ body: '{}' }).execute();
  const settings = await office.start({ seedProfile: () => someProfile('Stand-in') });
  expect(nameOf(settings)).toBe('Stand-in');
  expect(await countOf(office)).toBe(1);
  expect(await settings.undoProfile()).toBeUndefined();
  await settings.saveProfile(someProfile('One'));
  expect(await settings.undoProfile()).toBeUndefined();
  expect(nameOf(await office.start())).toBe('One');
});

test('a write that fails is reported, and the call goes on with the profile as it was', async () => {
  const office = openOffice();
  const settings = await withVersions(office, ['One']);
  await office.stop();
  await expect(settings.saveProfile(someProfile('Two'))).rejects.toThrow();
  await expect(settings.undoProfile()).rejects.toThrow();
  expect(nameOf(settings)).toBe('One');
  expect(settings.canUndoProfile()).toBe(true);
});
