import { CompiledQuery, type Transaction } from 'kysely';
import type { Database } from './database';
import type { Tables } from './tables';

const NORMAL = CompiledQuery.raw('PRAGMA synchronous = NORMAL');
const FULL = CompiledQuery.raw('PRAGMA synchronous = FULL');

/**
 * Does writes as one, without waiting for the disk: they survive the end of this process, but perhaps not a power cut.
 * For what nobody was promised. Rejects when they could not be made.
 */
export function promptly<T>(database: Database, work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
  return database.connection().execute(async (connection) => {
    await connection.executeQuery(NORMAL);
    try {
      return await connection.transaction().execute(work);
    } finally {
      await connection.executeQuery(FULL);
    }
  });
}
