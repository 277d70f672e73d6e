import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { core } from 'zod';
import { ConfigError } from '../common/errors';
import { profileSchema } from '../common/profile';
import type { Profile } from '../common/profile';
import example from './example-profile.json';

const MORE = 'src/settings/example-profile.json shows every field';

/**
 * Reads the profile from a JSON file; without a path, the built-in example.
 * Paths inside the file are taken relative to it. Throws ConfigError that names every problem found.
 */
export function loadProfile(path: string | undefined): Profile {
  if (path === undefined) return profileSchema.parse(example);
  const parsed = profileSchema.safeParse(parseJson(path, readText(path)), { reportInput: true });
  if (!parsed.success)
    throw new ConfigError(problemsOf(parsed.error.issues).map((text) => `PROFILE_FILE ${path}: ${text}`));
  const { greetingAudio, ...profile } = parsed.data;
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

function problemsOf(issues: readonly core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [`${fieldName(issue.path)} ${sentence(issue)}`];
    return issue.keys.map((key) => `${fieldName([...issue.path, key])} is not a field of a profile; ${MORE}`);
  });
}

function fieldName(path: readonly PropertyKey[]): string {
  const joined = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return joined.replace(/^\./, '') || 'the file';
}

function sentence(issue: core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.code === 'invalid_format') {
    const reason = issue.message.startsWith('Invalid')
      ? 'must be a date that exists, like "2026-12-25"'
      : issue.message;
    return `${reason} (it says ${JSON.stringify(issue.input)}); ${MORE}`;
  }
  if (issue.code === 'too_small') return 'must not be empty';
  if (issue.code !== 'invalid_type') return issue.message;
  return issue.input === undefined ? 'is missing' : `must be ${article(issue.expected)}; ${MORE}`;
}

function article(expected: string): string {
  const names: Record<string, string> = {
    string: 'a text in quotes',
    array: 'a list in [ ]',
    object: 'an object in { }',
  };
  return names[expected] ?? expected;
}
