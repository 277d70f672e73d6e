import type { Kysely } from 'kysely';
import type { Tables } from '../storage/tables';

/** Whether a call's caller was forgotten: what comes to be known of it later is not written down. */
export const isForgotten = async (db: Kysely<Tables>, sid: string): Promise<boolean> =>
  (await db.selectFrom('forgotten_calls').select('sid').where('sid', '=', sid).executeTakeFirst()) !== undefined;
