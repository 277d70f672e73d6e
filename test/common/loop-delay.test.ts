import { setTimeout as sleep } from 'node:timers/promises';
import { watchLoopDelay } from '../../src/common/loop-delay';

test('a loop that is late all the time is known as late, and as well again later', async () => {
  const delay = watchLoopDelay();
  expect(delay.isLate()).toBe(false);
  const until = Date.now() + 4_000;
  while (Date.now() < until && !delay.isLate()) {
    const busyUntil = Date.now() + 90;
    while (Date.now() < busyUntil);
    await sleep(1);
  }
  expect(delay.isLate()).toBe(true);
  expect(delay.last().medianMs).toBeGreaterThan(50);
  expect(delay.last().p99Ms).toBeGreaterThanOrEqual(delay.last().medianMs);
  while (delay.isLate()) await sleep(100);
  delay.close();
}, 30_000);
