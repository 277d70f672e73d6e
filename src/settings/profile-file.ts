import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '../common/errors';
import { profileSchema, type Profile } from '../common/profile';
import example from './example-profile.json';
import { readProfile, type ProfileProblem } from './profile-problems';

const line = ({ field, problem }: ProfileProblem) =>
  `${field || 'the file'} ${problem}; src/settings/example-profile.json shows every field`;

/**
 * Reads the profile from a JSON file; without a path, the built-in example.
 * Paths inside the file are taken relative to it. Throws ConfigError that names every problem found.
 */
export function loadProfile(path: string | undefined): Profile {
  if (path === undefined) return profileSchema.parse(example);
  const read = readProfile(parseJson(path, readText(path)));
  if (!read.ok) throw new ConfigError(read.problems.map((found) => `PROFILE_FILE ${path}: ${line(found)}`));
  const { greetingAudio, ...profile } = read.profile;
  return greetingAudio === undefined
    ? profile
    : { ...profile, greetingAudio: resolve(dirname(resolve(path)), greetingAudio) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    const reason = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new ConfigError([
      `PROFILE_FILE ${path}: ${reason}; correct the path, or remove PROFILE_FILE to use the built-in example`,
    ]);
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`PROFILE_FILE ${path}: is not JSON (${reason}${lineAndColumn(reason, text)})`]);
  }
}

/** Node names the offset only (and nothing at the end of input); people look for a line. */
function lineAndColumn(reason: string, text: string): string {
  const offset = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
  if (reason.includes('line ')) return '';
  const before = text.slice(0, offset).split('\n');
  return `, line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1}`;
}
