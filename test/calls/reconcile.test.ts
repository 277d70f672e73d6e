import { createReconcile, type HistoryElsewhere } from '../../src/calls/reconcile';
import { silentLog } from '../../src/common/log';
import { openDatabase } from '../../src/storage/database';
import { whenDone } from '../support/frontdesk';

const MIN = 60_000;
const H = 60 * MIN;
const NOTHING: HistoryElsewhere = { calls: [], recordings: [], whole: true };

/** Twilio as it is asked: what for, and what it says. */
function open({ lookedAt }: { lookedAt?: number } = {}) {
  let now = Date.UTC(2026, 10, 20, 9);
  let answer: HistoryElsewhere | undefined = NOTHING;
  let looked = lookedAt;
  const asked: number[] = [];
  const warned: string[] = [];
  const database = openDatabase(':memory:');
  const { work, close } = createReconcile({
    database,
    history(since) {
      asked.push(since);
      return Promise.resolve(answer);
    },
    lookedAt: () => looked,
    looked: (at) => Promise.resolve(void (looked = at)),
    closeCall: () => Promise.resolve(),
    reported: () => Promise.resolve(),
    recorded: () => Promise.resolve(),
    clock: { now: () => now },
    log: { ...silentLog, warn: (_, fields) => void warned.push(fields?.step ?? '') },
  });
  whenDone(async () => {
    await close();
    await database.destroy();
  });
  return {
    ...{ work, asked, warned },
    now: () => now,
    pass: (ms: number) => (now += ms),
    says: (said: HistoryElsewhere | undefined) => (answer = said),
  };
}

test('Twilio is asked every hour, and sooner while it does not answer', async () => {
  const { work, asked, pass, says } = open({ lookedAt: Date.UTC(2026, 10, 20, 8) });
  says(undefined);
  const looks: number[] = [];
  for (let minute = 0; minute <= 40; minute += 1) {
    const before = asked.length;
    await work();
    if (asked.length > before) looks.push(minute);
    pass(MIN);
  }
  expect(looks).toEqual([0, 1, 6, 21, 36]);
  says(NOTHING);
  pass(11 * MIN);
  await work();
  pass(59 * MIN);
  await work();
  expect(asked).toHaveLength(6);
  pass(MIN);
  await work();
  expect(asked).toHaveLength(7);
});

test('a look by a clock that was ahead counts as one made now', async () => {
  const { work, asked, now } = open({ lookedAt: Date.UTC(2027, 0, 1) });
  await work();
  expect(asked).toEqual([now()]);
});

test('a clock that is put back does not put off the next look', async () => {
  const { work, asked, pass } = open({ lookedAt: Date.UTC(2026, 10, 20, 8) });
  await work();
  pass(-24 * H);
  await work();
  expect(asked).toHaveLength(2);
});

test('before the first call of our own nothing is looked for', async () => {
  const { work, asked } = open();
  await work();
  expect(asked).toEqual([]);
});

test('more than Twilio was asked for is told in the log', async () => {
  const { work, warned, says } = open({ lookedAt: Date.UTC(2026, 10, 20, 8) });
  says({ ...NOTHING, whole: false });
  await work();
  expect(warned).toEqual(['more than can be listed']);
});
