import type { Clock } from '../../common/clock';
import type { Database } from '../../storage/database';
import { hashOf, newSecret } from './digest';
import type { Visitor } from './visitor';

const IDLE_MS = 12 * 60 * 60_000;
/** A session ends after this many ms however busy it is. */
export const LONGEST_SESSION_MS = 7 * 24 * 60 * 60_000;
/** Use is written down at most this often: every write waits for the disk. */
const SEEN_EVERY_MS = 60_000;

type Session = Extract<Visitor, { kind: 'session' }>;

/** Browsers that signed in. The database knows the hashes of their ids only. */
export interface Sessions {
  /** A new session: its id, for the cookie, and what proves that a form is our own. */
  begin(): Promise<{ id: string; csrf: string }>;
  /** The session with this id, unless it has ended, was idle too long or is too old. */
  find(id: string): Promise<Session | undefined>;
  /** Whether a session goes on, which is no use of it. */
  goesOn(idHash: string): Promise<boolean>;
  end(idHash: string): Promise<void>;
  endAll(): Promise<void>;
}

/** Sessions in the database, by the given clock. */
export function createSessions(database: Database, clock: Clock): Sessions {
  const live = (idHash: string) =>
    database
      .selectFrom('sessions')
      .selectAll()
      .where('seen_at', '>', clock.now() - IDLE_MS)
      .where('created_at', '>', clock.now() - LONGEST_SESSION_MS)
      .where('id_hash', '=', idHash)
      .executeTakeFirst();
  return {
    async begin() {
      const id = newSecret();
      const now = clock.now();
      await database
        .deleteFrom('sessions')
        .where((row) =>
          row.or([row('seen_at', '<=', now - IDLE_MS), row('created_at', '<=', now - LONGEST_SESSION_MS)]),
        )
        .execute();
      const csrf = newSecret();
      const session = { id_hash: hashOf(id), csrf, created_at: now, seen_at: now };
      await database.insertInto('sessions').values(session).execute();
      return { id, csrf };
    },
    async find(id) {
      const now = clock.now();
      const row = await live(hashOf(id));
      if (!row) return undefined;
      if (now - row.seen_at >= SEEN_EVERY_MS) {
        await database.updateTable('sessions').set({ seen_at: now }).where('id_hash', '=', row.id_hash).execute();
      }
      return { kind: 'session', idHash: row.id_hash, csrf: row.csrf };
    },
    goesOn: async (idHash) => (await live(idHash)) !== undefined,
    async end(idHash) {
      await database.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
    },
    async endAll() {
      await database.deleteFrom('sessions').execute();
    },
  };
}
