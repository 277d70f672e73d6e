import { createLimitsOfDay } from '../../src/calls/limits-of-day';
import { silentLog } from '../../src/common/log';
import { LIST_PRICES } from '../../src/common/prices';
import { profileSchema } from '../../src/common/profile';
import { rulesSchema } from '../../src/common/rules';
import { openDatabase } from '../../src/storage/database';
import { whenDone } from '../support/frontdesk';

const NOW = Date.UTC(2026, 10, 20, 12);
const incoming = (number: number) => ({ callSid: `CA${number}`, from: `+1202555010${number}`, to: undefined });

/** The limits of a day of two calls, whose book holds the first of them already. */
async function limitsOfTwo() {
  const database = openDatabase(':memory:');
  const limits = createLimitsOfDay({
    database,
    rules: () => rulesSchema.parse({ limits: { callsPerDay: 2 } }),
    prices: () => LIST_PRICES,
    profile: () => profileSchema.parse({ businessName: 'Juniper Lane Opticians' }),
    clock: { now: () => NOW },
    log: silentLog,
  });
  whenDone(() => {
    limits.close();
    return database.destroy();
  });
  const times = { started_at: NOW, answered_at: NOW, seen_at: NOW };
  const call = { ...times, sid: 'CA1', direction: 'inbound', test: 0, status: 'in-progress' };
  await database.insertInto('calls').values(call).execute();
  return limits;
}

test('a call that came before the book was read is not counted once more from there', async () => {
  const limits = await limitsOfTwo();
  expect(limits.limitOfDay(incoming(1))).toBeUndefined();
  await limits.start();
  expect(limits.limitOfDay(incoming(2))).toBeUndefined();
  expect(limits.limitOfDay(incoming(3))).toBe('callsPerDay');
});

test('calls of the book count, and only the first time it is read', async () => {
  const limits = await limitsOfTwo();
  await limits.start();
  await limits.start();
  expect(limits.limitOfDay(incoming(2))).toBeUndefined();
  expect(limits.limitOfDay(incoming(3))).toBe('callsPerDay');
});
