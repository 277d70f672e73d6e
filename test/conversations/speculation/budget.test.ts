import { createBudget } from '../../../src/conversations/speculation/budget';

const clock = { time: 100_000_000, now: () => clock.time };
const HOUR_MS = 3_600_000;

test('so many in a minute, and what is given back may be taken again', () => {
  const budget = createBudget(2, clock);
  const [first] = [budget.take(), budget.take()];
  expect(budget.take()).toBeUndefined();
  first?.giveBack();
  expect([budget.take() !== undefined, budget.take()]).toEqual([true, undefined]);
  clock.time += 60_000;
  expect(budget.take()).toBeDefined();
});

test('after a refusal none for a minute, or for as long as was asked', () => {
  const budget = createBudget(2, clock);
  budget.rest(90_000);
  clock.time += 89_999;
  expect(budget.take()).toBeUndefined();
  clock.time += 1;
  expect(budget.take()).toBeDefined();
});

test('a clock that is set back by an hour does not stop it for that hour', () => {
  const budget = createBudget(1, clock);
  budget.take();
  clock.time -= HOUR_MS;
  expect(budget.take()).toBeDefined();
  budget.rest();
  clock.time -= HOUR_MS;
  expect(budget.take()).toBeDefined();
  budget.rest();
  clock.time += 60_000;
  expect(budget.take()).toBeDefined();
});
