import type { core } from 'zod';
import { profileSchema, type Profile } from '../common/profile';

/** What is wrong with one field of a profile: "hours.monday[0]" "must look like …". */
export interface ProfileProblem {
  field: string;
  problem: string;
}

/** A profile that was read, or everything that is wrong with it. */
export type ReadProfile = { ok: true; profile: Profile } | { ok: false; problems: ProfileProblem[] };

/** Reads a profile, with every default filled in. `field` is empty where the whole is not a profile. */
export function readProfile(input: unknown): ReadProfile {
  const parsed = profileSchema.safeParse(input, { reportInput: true });
  if (parsed.success) return { ok: true, profile: parsed.data };
  return { ok: false, problems: parsed.error.issues.flatMap(problemsOf) };
}

function problemsOf(issue: core.$ZodIssue): ProfileProblem[] {
  if (issue.code !== 'unrecognized_keys') return [{ field: fieldName(issue.path), problem: sentence(issue) }];
  return issue.keys.map((key) => ({
    field: fieldName([...issue.path, key]),
    problem: 'is not a field of a profile',
  }));
}

function fieldName(path: readonly PropertyKey[]): string {
  const joined = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return joined.replace(/^\./, '');
}

function sentence(issue: core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.code === 'invalid_format') {
    const reason = issue.message.startsWith('Invalid')
      ? 'must be a date that exists, like "2026-12-25"'
      : issue.message;
    return `${reason} (it says ${JSON.stringify(issue.input)})`;
  }
  if (issue.code === 'too_small') return 'must not be empty';
  if (issue.code !== 'invalid_type') return issue.message;
  return issue.input === undefined ? 'is missing' : `must be ${article(issue.expected)}`;
}

function article(expected: string): string {
  const names: Record<string, string> = {
    string: 'a text in quotes',
    array: 'a list in [ ]',
    object: 'an object in { }',
  };
  return names[expected] ?? expected;
}
