import { setTimeout as sleep } from 'node:timers/promises';
import { createGate } from '../../src/common/gate';

const open = (limits = {}) => createGate('groq', { atOnce: 2, waiting: 2, waitMs: 1_000, ...limits });

test('so many go in at once, the others in the order in which they came', async () => {
  const gate = open();
  const [leaveFirst, leaveSecond] = [await gate.enter(), await gate.enter()];
  const entered: string[] = [];
  const third = gate.enter().then((leave) => (entered.push('third'), leave));
  const fourth = gate.enter().then((leave) => (entered.push('fourth'), leave));
  expect([gate.load(), gate.isCrowded()]).toEqual([{ atWork: 2, waiting: 2 }, true]);
  leaveFirst();
  leaveFirst(); // counts once
  const leaveThird = await third;
  expect(entered).toEqual(['third']);
  leaveSecond();
  const leaveFourth = await fourth;
  leaveThird();
  leaveFourth();
  expect([gate.load(), gate.isCrowded()]).toEqual([{ atWork: 0, waiting: 0 }, false]);
});

test('who finds too many waiting is told at once, who waits too long a little later', async () => {
  const gate = open({ waitMs: 50 });
  const leave = [await gate.enter(), await gate.enter()];
  const waiting = [gate.enter(), gate.enter()].map((each) => expect(each).rejects.toMatchObject({ reason: 'busy' }));
  await expect(gate.enter()).rejects.toMatchObject({ service: 'groq', reason: 'busy' });
  await Promise.all(waiting);
  expect(gate.load()).toEqual({ atWork: 2, waiting: 0 });
  leave.forEach((each) => each());
  expect(await gate.enter()).toBeInstanceOf(Function);
});

test('who goes away while waiting is waited for no longer', async () => {
  const gate = open();
  const leave = await gate.enter();
  await gate.enter();
  const gone = new AbortController();
  const waiting = gate.enter(gone.signal);
  gone.abort(new Error('hung up'));
  await expect(waiting).rejects.toThrow('hung up');
  leave();
  await sleep(5);
  expect(gate.load()).toEqual({ atWork: 1, waiting: 0 });
  await expect(gate.enter(gone.signal)).rejects.toThrow('hung up');
});
