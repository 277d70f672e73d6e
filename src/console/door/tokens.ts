import type { Clock } from '../../common/clock';
import type { Database } from '../../storage/database';
import { hashOf, newSecret, sameSecret } from './digest';
import type { Visitor } from './visitor';

const PREFIX = 'fd_';
/** Use is written down at most this often: every write waits for the disk. */
const USED_EVERY_MS = 60_000;

type TokenVisitor = Extract<Visitor, { kind: 'token' }>;

/** A token as the page lists it. */
export interface ListedToken {
  id: number;
  name: string;
  created_at: number;
  used_at: number | null;
}

/** What scripts authenticate with. The database knows hashes only. */
export interface Tokens {
  /** Makes a token and gives it, for the only time. */
  make(name: string): Promise<string>;
  list(): Promise<ListedToken[]>;
  revoke(id: number): Promise<void>;
  /** Whose token this is; undefined for one that was never made or was revoked. */
  find(token: string): Promise<TokenVisitor | undefined>;
}

/** Tokens in the database, and the environment's if it has one. */
export function createTokens(database: Database, clock: Clock, adminToken: string | undefined): Tokens {
  return {
    async make(name) {
      const token = PREFIX + newSecret();
      const row = { name, hash: hashOf(token), created_at: clock.now(), used_at: null };
      await database.insertInto('tokens').values(row).execute();
      return token;
    },
    list: () => database.selectFrom('tokens').select(['id', 'name', 'created_at', 'used_at']).orderBy('id').execute(),
    async revoke(id) {
      await database.deleteFrom('tokens').where('id', '=', id).execute();
    },
    async find(token) {
      if (adminToken !== undefined && sameSecret(token, adminToken)) {
        return { kind: 'token', name: 'ADMIN_TOKEN', fromEnvironment: true };
      }
      const found = database.selectFrom('tokens').selectAll().where('hash', '=', hashOf(token));
      const row = await found.executeTakeFirst();
      if (row && clock.now() - (row.used_at ?? 0) >= USED_EVERY_MS) {
        await database.updateTable('tokens').set({ used_at: clock.now() }).where('id', '=', row.id).execute();
      }
      return row && { kind: 'token', name: row.name, fromEnvironment: false };
    },
  };
}
