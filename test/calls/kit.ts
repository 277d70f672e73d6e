import { join } from 'node:path';
import { createCalls } from '../../src/calls/calls';
import type { CallEvent } from '../../src/common/events';
import { silentLog, type LogFields } from '../../src/common/log';
import { profileSchema } from '../../src/common/profile';
import { LIST_PRICES, type Prices } from '../../src/common/prices';
import { rulesSchema } from '../../src/common/rules';
import { openDatabase } from '../../src/storage/database';
import { temporaryFolder, whenDone } from '../support/frontdesk';

/** A call book of its own, on a clock that stands still until it is moved; in memory, or in a file of `directory`. */
export async function openBook({ onDisk = false } = {}) {
  const directory = await temporaryFolder();
  const file = onDisk ? join(directory, 'frontdesk.db') : ':memory:';
  const database = openDatabase(file);
  const logged: { eventType: string; fields: LogFields | undefined }[] = [];
  const write = (eventType: string, fields?: LogFields) => void logged.push({ eventType, fields });
  let now = Date.UTC(2026, 10, 20, 9);
  const clock = { now: () => now };
  const log = { ...silentLog, info: write, warn: write, error: write };
  const told: CallEvent[] = [];
  const announce = (_: unknown, event: CallEvent) => Promise.resolve(told.push(event));
  const none = () => undefined;
  const profile = () => profileSchema.parse({ businessName: 'Juniper Lane Opticians' });
  const about = () => ({ business: 'Juniper Lane Opticians', address: undefined, fields: [] });
  const understand = () => undefined;
  const recordings = {
    fetch: () => Promise.resolve(undefined),
    remove: () => Promise.resolve(false),
    madeByOurFallback: () => false,
  };
  let privacy = rulesSchema.parse({}).privacy;
  let prices: Prices = LIST_PRICES;
  const parts = { profile, understand, recordings, privacy: () => privacy, prices: () => prices };
  const placing = {
    rules: () => rulesSchema.parse({}),
    ownNumber: none,
    publicBaseUrl: none,
    linesBusy: () => false,
    place: () => Promise.reject(new Error('no call is placed here')),
  };
  const closed: string[] = [];
  const closeCall = (sid: string) => Promise.resolve(void closed.push(sid));
  const nothing = () => Promise.resolve(undefined);
  const reconcile = { history: nothing, lookedAt: none, looked: nothing };
  const sayVoice = () => 'Google.en-US-Neural2-F';
  const calls = createCalls({
    database,
    directory,
    announce,
    about,
    clock,
    log,
    sayVoice,
    closeCall,
    placing,
    reconcile,
    removeClips: nothing,
    ...parts,
  });
  whenDone(async () => {
    await calls.close();
    await database.destroy();
  });
  return {
    ...{ calls, told, closed, database, directory, file, logged },
    now: () => now,
    passTime: (ms: number) => void (now += ms),
    setPrivacy: (changed: Partial<typeof privacy>) => void (privacy = { ...privacy, ...changed }),
    setPrices: (changed: Prices) => void (prices = changed),
  };
}

/** A call with its sid, numbers that are nobody's, and some turns. */
export async function writeCall(
  { calls, now }: Awaited<ReturnType<typeof openBook>>,
  callSid: string,
  turns: readonly (readonly [caller: string | undefined, reply: string])[] = [],
): Promise<void> {
  const { book } = calls;
  book.opened({ callSid, from: '+12025550101', to: '+12025550100', test: false, at: now() });
  book.said({ callSid, turn: 0, at: now(), utterances: [{ text: 'Hello.' }] });
  for (const [index, [words, reply]] of turns.entries()) {
    const turn = index + 1;
    book.heard({ callSid, turn, at: now(), words, confidence: 0.9, digits: undefined });
    book.said({
      callSid,
      turn,
      at: now(),
      utterances: [{ text: reply, clip: { name: `${turn}.wav`, durationMs: 900 } }],
    });
  }
  await book.written();
}
