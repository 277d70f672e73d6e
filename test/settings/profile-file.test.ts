import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../src/common/errors';
import { loadProfile } from '../../src/settings/profile-file';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'frontdesk-profile-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function written(content: unknown): string {
  const path = join(folder, 'profile.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function problemsOf(path: string): readonly string[] {
  try {
    loadProfile(path);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('without a file there is a whole business to call', () => {
  const profile = loadProfile(undefined);
  expect(profile.questions.length).toBeGreaterThanOrEqual(15);
  expect(profile.facts.length).toBeGreaterThanOrEqual(10);
  expect(profile.country).toBe('US');
});

test('a file that names nothing but the business is enough', () => {
  const profile = loadProfile(written({ businessName: 'Orchard Dental' }));
  expect(profile).toMatchObject({ businessName: 'Orchard Dental', language: 'en-US', timeZone: 'UTC', facts: [] });
  expect(profile.phrases.goodbye).toMatch(/Goodbye/);
});

test('a recorded greeting is looked for beside the profile', () => {
  const path = written({ businessName: 'Orchard Dental', greetingAudio: 'sound/hello.wav' });
  expect(loadProfile(path).greetingAudio).toBe(join(folder, 'sound/hello.wav'));
});

test('every problem is named at once, with its field, what it says and a remedy', () => {
  const path = written({
    hours: { monday: ['9 to 5'], tuesday: ['17:00-09:00'] },
    holidays: [{ date: '2026-02-30' }],
    timeZone: 'Springfield',
    facts: 'We have parking.',
    questions: [{ question: 'Do you?', answer: '' }],
    openingHours: {},
    country: 'usa',
  });
  const problems = problemsOf(path);
  const expected = [
    /businessName is missing/,
    /hours\.monday\[0\] must look like "09:00-17:00" \(it says "9 to 5"\)/,
    /hours\.tuesday\[0\] must end after it begins.*\(it says "17:00-09:00"\)/,
    /holidays\[0\]\.date must be a date that exists, like "2026-12-25" \(it says "2026-02-30"\)/,
    /timeZone is not a time zone.*\(it says "Springfield"\)/,
    /facts must be a list/,
    /questions\[0\]\.answer must not be empty/,
    /openingHours is not a field/,
    /country must be two capital letters.*\(it says "usa"\)/,
  ];
  for (const each of expected) expect(problems).toContainEqual(expect.stringMatching(each));
  expect(problems).toHaveLength(expected.length);
  for (const each of problems) expect(each.startsWith(`PROFILE_FILE ${path}: `)).toBe(true);
});

test('a file that is not there is said to be missing', () => {
  expect(problemsOf(join(folder, 'nowhere.json'))).toEqual([expect.stringMatching(/there is no such file.*example/)]);
});

test('a folder in place of a file is not a crash', () => {
  expect(problemsOf(folder)).toEqual([expect.stringMatching(/cannot be read \(EISDIR\)/)]);
});

test.each([
  ['{ "businessName": "A",\n "facts": [1 2] }', /is not JSON.*line 2 column 14/],
  ['{ "businessName": "A"', /is not JSON/],
])('a file that is not JSON is named with the place: %j', (content, message) => {
  expect(problemsOf(written(content))).toEqual([expect.stringMatching(message)]);
});

test('a list in place of a profile is refused', () => {
  expect(problemsOf(written([]))).toEqual([expect.stringMatching(/the file must be an object/)]);
});
