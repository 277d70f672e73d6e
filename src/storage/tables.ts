import type { Generated } from 'kysely';

/** The rows of the database. Times are in ms since 1970. */
export interface Tables {
  /** Sealed values; see settings/vault.ts. */
  secrets: { name: string; sealed: Buffer; saved_at: number };
  /** Every profile that was saved, as JSON; the newest is in use. */
  profiles: { id: Generated<number>; body: string; saved_at: number };
  /** Small values as JSON. */
  settings: { name: string; value: string; saved_at: number };
  sessions: { id_hash: string; csrf: string; created_at: number; seen_at: number };
  tokens: { id: Generated<number>; name: string; hash: string; created_at: number; used_at: number | null };
}
