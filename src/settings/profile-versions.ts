import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { Database } from '../storage/database';
import type { Changes } from './changes';
import { readProfile, type ReadProfile } from './profile-problems';

const MOST_VERSIONS = 50;

/** The profile, and the earlier ones it can go back to. */
export interface ProfileVersions {
  profile(): Profile;
  /** Makes a version of it, if it is a profile and another than the one in use. */
  saveProfile(input: unknown): Promise<ReadProfile>;
  /** Drops the version in use for the one before it. Undefined, and nothing done, where there is none. */
  undoProfile(): Promise<Profile | undefined>;
  canUndoProfile(): boolean;
  /** The profile as the text of a file that PROFILE_FILE can name. */
  exportProfile(): string;
}

/** What the profile needs. `seed` gives the first version, and is asked only where no stored one can be used. */
export interface ProfileOptions {
  database: Database;
  seed: () => Profile;
  clock: Clock;
  changes: Changes;
  log: Log;
}

interface Version {
  id: number;
  profile: Profile;
}

/** Without a number where every stored version is unreadable and the seed stands in, unsaved. */
type InUse = Version | { id: undefined; profile: Profile };

/** Opens the profile. Stored versions that no longer read are passed over, with a log line that names the fields. */
export async function openProfileVersions(options: ProfileOptions): Promise<ProfileVersions> {
  const { database, seed, clock, changes, log } = options;
  const rows = await database.selectFrom('profiles').select(['id', 'body']).orderBy('id').execute();
  const earlier = rows.flatMap((row) => readVersion(row, log));
  const add = (profile: Profile) => insert(database, { profile, savedAt: clock.now() });
  let current: InUse = earlier.pop() ?? (rows.length === 0 ? await add(seed()) : { id: undefined, profile: seed() });
  return {
    profile: () => current.profile,
    canUndoProfile: () => earlier.length > 0,
    exportProfile: () => `${JSON.stringify(current.profile, null, 2)}\n`,
    saveProfile: (input) =>
      changes.inTurn(async () => {
        const read = readProfile(input);
        if (!read.ok || isDeepStrictEqual(read.profile, current.profile)) return read;
        const added = await add(read.profile);
        if (current.id !== undefined) earlier.push(current);
        if (earlier.length >= MOST_VERSIONS) earlier.shift();
        current = added;
        changes.tell('profile');
        return read;
      }),
    undoProfile: () =>
      changes.inTurn(async () => {
        const before = earlier.at(-1);
        if (!before) return undefined;
        await database.deleteFrom('profiles').where('id', '>', before.id).execute();
        earlier.pop();
        current = before;
        changes.tell('profile');
        return before.profile;
      }),
  };
}

function insert(database: Database, { profile, savedAt }: { profile: Profile; savedAt: number }): Promise<Version> {
  return database.transaction().execute(async (transaction) => {
    const { id } = await transaction
      .insertInto('profiles')
      .values({ body: JSON.stringify(profile), saved_at: savedAt })
      .returning('id')
      .executeTakeFirstOrThrow();
    const kept = transaction.selectFrom('profiles').select('id').orderBy('id', 'desc').limit(MOST_VERSIONS);
    await transaction.deleteFrom('profiles').where('id', 'not in', kept).execute();
    return { id, profile };
  });
}

function readVersion({ id, body }: { id: number; body: string }, log: Log): Version[] {
  const read = readProfile(parseJson(body));
  if (read.ok) return [{ id, profile: read.profile }];
  const fields = read.problems.map(({ field }) => field || 'the whole');
  log.warn('profile_unreadable', {
    data: { version: id, fields, remedy: 'The version before it is in use. Look the receptionist over and save it.' },
  });
  return [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
