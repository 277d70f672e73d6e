import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../common/clock';
import type { Database } from '../../storage/database';

/** 32 MiB and about 0.2 s for every guess (OWASP's password storage cheat sheet: N=2^15, r=8, p=3). */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const ROW = 'console_password';
const HASH_BYTES = 32;

/** The owner's password, of which only a scrypt hash is kept. */
export interface Passwords {
  isSet(): Promise<boolean>;
  /** Sets the first password. False when there is one already, also when two come at once. */
  setFirst(password: string): Promise<boolean>;
  replace(password: string): Promise<void>;
  /** Whether this is the password; false while there is none. */
  matches(password: string): Promise<boolean>;
}

/** The password in the database's settings. */
export function createPasswords(database: Database, clock: Clock): Passwords {
  const inTurn = oneAtATime();
  const kept = async () => {
    const row = await database.selectFrom('settings').select('value').where('name', '=', ROW).executeTakeFirst();
    return row && (JSON.parse(row.value) as { salt: string; hash: string });
  };
  const rowFor = async (password: string) => {
    const salt = randomBytes(16);
    const hash = await inTurn(() => hashPassword(password, salt));
    const value = JSON.stringify({ salt: salt.toString('hex'), hash: hash.toString('hex') });
    return { name: ROW, value, saved_at: clock.now() };
  };
  return {
    isSet: async () => (await kept()) !== undefined,
    async setFirst(password) {
      const query = database.insertInto('settings').values(await rowFor(password));
      const { numInsertedOrUpdatedRows } = await query.onConflict((on) => on.doNothing()).executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async replace(password) {
      await database
        .replaceInto('settings')
        .values(await rowFor(password))
        .execute();
    },
    async matches(password) {
      const { salt, hash } = (await kept()) ?? {};
      if (salt === undefined || hash === undefined) return false;
      const tried = await inTurn(() => hashPassword(password, Buffer.from(salt, 'hex')));
      return timingSafeEqual(tried, Buffer.from(hash, 'hex'));
    },
  };
}

/** Many guesses at once must not take the threads that files and names are read with. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work);
    last = done.catch(() => undefined);
    return done;
  };
}

const hashPassword = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // The same letters can be typed as different characters on another keyboard.
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, COST, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
