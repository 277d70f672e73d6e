import type Sqlite from 'better-sqlite3';
import { loadDriver } from '../../src/storage/driver';
import { MIGRATIONS } from '../../src/storage/migrations';

/** A database in `file` as an older Frontdesk, of that many steps, has made it. Close it. */
export function olderDatabase(file: string, version: number): Sqlite.Database {
  const sqlite = new (loadDriver())(file);
  for (const step of MIGRATIONS.slice(0, version)) sqlite.exec(step);
  sqlite.pragma(`user_version = ${version}`);
  return sqlite;
}
