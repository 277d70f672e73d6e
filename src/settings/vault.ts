import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Database } from '../storage/database';
import { createSealing, type Sealing } from './sealing';

const REMEDY =
  'SECRET_KEY (or the key file in DATA_DIR) is not the one these were sealed with, or the database is damaged. ' +
  'Put the earlier key back and start again, or enter them on the console once more.';

/** Sealed values by name, kept in the database and opened once, at the start. */
export interface Vault {
  /** The value as JSON gave it, or undefined. */
  get(name: string): unknown;
  /** The names of values that are there and cannot be opened with this key, until they are written anew. */
  shut(): readonly string[];
  /** Writes all of them or none; undefined removes one. Durable, and seen by `get`, once it resolves. */
  write(values: Record<string, unknown>): Promise<void>;
}

/** What the vault needs. `key` is a text of any length; whoever has it can open everything. */
export interface VaultOptions {
  database: Database;
  key: string;
  clock: Clock;
  log: Log;
}

/** Opens the vault. A value that cannot be opened is logged by name and counts as not set, and is left where it is. */
export async function openVault({ database, key, clock, log }: VaultOptions): Promise<Vault> {
  const sealing = createSealing(key);
  const rows = await database.selectFrom('secrets').select(['name', 'sealed']).orderBy('name').execute();
  const opened = rows.map(({ name, sealed }) => ({ name, text: openOrNot(sealing, name, sealed) }));
  const shut = opened.filter(({ text }) => text === undefined).map(({ name }) => name);
  if (shut.length > 0) log.error('secrets_unreadable', { data: { names: shut, remedy: REMEDY } });
  const stillShut = new Set(shut);
  const texts = new Map(opened.flatMap(({ name, text }) => (text === undefined ? [] : [[name, text] as const])));
  return {
    get: (name) => {
      const text = texts.get(name);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    shut: () => [...stillShut],
    async write(values) {
      const entries = Object.entries(values).map(([name, value]) => [name, toJson(value)] as const);
      await store(database, {
        removed: entries.flatMap(([name, text]) => (text === undefined ? [name] : [])),
        rows: entries.flatMap(([name, text]) =>
          text === undefined ? [] : [{ name, sealed: sealing.seal(name, text), saved_at: clock.now() }],
        ),
      });
      for (const [name, text] of entries) {
        stillShut.delete(name);
        if (text === undefined) texts.delete(name);
        else texts.set(name, text);
      }
    },
  };
}

const toJson = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

function openOrNot(sealing: Sealing, name: string, sealed: Buffer): string | undefined {
  try {
    const text = sealing.open(name, sealed);
    JSON.parse(text);
    return text;
  } catch {
    return undefined; // whatever the reason, its words could quote the value
  }
}

interface Changes {
  removed: readonly string[];
  rows: readonly { name: string; sealed: Buffer; saved_at: number }[];
}

const store = (database: Database, { removed, rows }: Changes) =>
  database.transaction().execute(async (transaction) => {
    if (removed.length > 0) await transaction.deleteFrom('secrets').where('name', 'in', removed).execute();
    for (const row of rows) await transaction.replaceInto('secrets').values(row).execute();
  });
