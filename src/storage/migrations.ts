/**
 * The shape of the database, one step after the other; a step that was released is never changed. A database's
 * `user_version` counts the steps it has taken.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE secrets (name TEXT PRIMARY KEY, sealed BLOB NOT NULL, saved_at INTEGER NOT NULL) STRICT;
  CREATE TABLE profiles (id INTEGER PRIMARY KEY, body TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT;
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT;
  CREATE TABLE sessions (
    id_hash TEXT PRIMARY KEY, csrf TEXT NOT NULL, created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE tokens (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, used_at INTEGER
  ) STRICT;
  `,
];
