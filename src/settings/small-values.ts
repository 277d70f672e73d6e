import type { Clock } from '../common/clock';
import type { Database } from '../storage/database';

/** Small values by name, none of them secret, kept as JSON in the database and read once, at the start. */
export interface SmallValues {
  /** A copy of the value, or undefined. */
  get(name: string): unknown;
  /** Durable, and seen by `get`, once it resolves. Undefined removes the value. */
  set(name: string, value: unknown): Promise<void>;
}

/** Opens the small values. One that is not JSON counts as not set. */
export async function openSmallValues({ database, clock }: { database: Database; clock: Clock }): Promise<SmallValues> {
  const rows = await database.selectFrom('settings').select(['name', 'value']).execute();
  const texts = new Map(rows.filter(({ value }) => isJson(value)).map(({ name, value }) => [name, value]));
  return {
    get: (name) => {
      const text = texts.get(name);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    async set(name, given) {
      if (given === undefined) {
        await database.deleteFrom('settings').where('name', '=', name).execute();
        texts.delete(name);
        return;
      }
      const value = JSON.stringify(given);
      await database.replaceInto('settings').values({ name, value, saved_at: clock.now() }).execute();
      texts.set(name, value);
    },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
