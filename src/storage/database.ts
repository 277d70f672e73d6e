import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import { ConfigError } from '../common/errors';
import { loadDriver } from './driver';
import { MIGRATIONS } from './migrations';
import type { Tables } from './tables';
import { damageIn, isLarge } from './whole';

/** An open database. Every store shares it. */
export type Database = Kysely<Tables>;

/** The whole process waits this long, in ms, for another that writes: no caller may notice. */
const BUSY_TIMEOUT_MS = 400;

/** The first version that overwrites what is removed. */
const OVERWRITES_SINCE = 5;

/**
 * Opens the database in `file` (or ":memory:"), makes it if it is not there, and brings an older one up to date.
 * What a write has acknowledged survives a power cut, but for what is written `promptly`. Every transaction takes the
 * lock for writing as it begins. Throws ConfigError for one that a newer Frontdesk has written,
 * for a damaged file and for a file that is no database; a large one is looked through later, by `checkLater`. Close it
 * with `destroy()`.
 */
export function openDatabase(file: string): Database {
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = connect(file);
    refuseNewer(sqlite, file);
    if (!isLarge(file)) checkWhole(sqlite);
    protectWrites(sqlite);
    migrate(sqlite);
    return new Kysely<Tables>({ dialect: new SqliteDialect({ database: withKeptStatements(sqlite) }) });
  } catch (error) {
    sqlite?.close();
    throw error instanceof ConfigError ? error : cannotOpen(file, error);
  }
}

function connect(file: string): Sqlite.Database {
  if (file !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600)); // the files SQLite lays beside it get the same mode
  }
  return new (loadDriver())(file, { timeout: BUSY_TIMEOUT_MS });
}

/** So many statements are kept, which are all that Frontdesk has, but for those with lists of a length of their own. */
const MOST_STATEMENTS = 500;

/** SQLite waits for another process where a writing transaction begins, and not where one that has read goes on to write. */
const takingTheLock = (statement: string) => (statement === 'begin' ? 'begin immediate' : statement);

/** Kysely has each statement prepared anew; that takes longer than most of them run. */
function withKeptStatements(sqlite: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, Sqlite.Statement>();
  return {
    prepare(sql) {
      const known = kept.get(sql);
      if (known) return known;
      const statement = sqlite.prepare(takingTheLock(sql));
      if (kept.size >= MOST_STATEMENTS) kept.clear();
      kept.set(sql, statement);
      return statement;
    },
    close: () => sqlite.close(),
  };
}

function protectWrites(sqlite: Sqlite.Database): void {
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('secure_delete = ON'); // what is removed is overwritten
}

/** A damaged page found now is a sentence at the start; found later it would be a caller's message that is lost. */
function checkWhole(sqlite: Sqlite.Database): void {
  const damage = damageIn(sqlite);
  if (damage !== undefined) throw new Error(`it is damaged: ${damage}`);
}

function cannotOpen(file: string, error: unknown): ConfigError {
  const reason = String(error).replace(/^\w*Error: /, '');
  return new ConfigError([
    `DATA_DIR: the database ${file} cannot be opened (${reason}). Correct DATA_DIR, or restore the file from a backup.`,
  ]);
}

const versionOf = (sqlite: Sqlite.Database) => sqlite.pragma('user_version', { simple: true }) as number;

function refuseNewer(sqlite: Sqlite.Database, file: string): void {
  const version = versionOf(sqlite);
  if (version <= MIGRATIONS.length) return;
  throw new ConfigError([
    `DATA_DIR: the database ${file} was written by a newer Frontdesk (its version is ${version}, this one knows ${MIGRATIONS.length}). Start that one, or restore an older backup.`,
  ]);
}

/**
 * Steps are taken all or none. What older versions removed still stands in the file, since it was only given free: the
 * file is written anew once, before, which takes some seconds for a large one.
 */
function migrate(sqlite: Sqlite.Database): void {
  const version = versionOf(sqlite);
  if (version === MIGRATIONS.length) return;
  if (version > 0 && version < OVERWRITES_SINCE) {
    sqlite.exec('VACUUM');
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  }
  const takeSteps = sqlite.transaction(() => {
    const taken = versionOf(sqlite); // another process may have taken some while we waited
    for (const step of MIGRATIONS.slice(taken)) sqlite.exec(step);
    sqlite.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  takeSteps.immediate();
}
