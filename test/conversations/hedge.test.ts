import { createHedge } from '../../src/conversations/hedge';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const LATEST = 1_500;

/** A hedge, with ways to play turns on it and what it has counted. */
function start() {
  const counted = { asked: 0, won: 0 };
  const hedge = createHedge({ now: () => Date.now() }, (what) => (counted[what] += 1));
  /** A turn whose first model would speak after `firstMs`, and whose second takes 100 ms from when it is asked. */
  const turn = (firstMs: number) => {
    const race = hedge.race(LATEST);
    const dueMs = race.dueMs();
    jest.advanceTimersByTime(Math.min(firstMs, dueMs));
    if (firstMs <= dueMs) race.firstSpoke();
    else {
      race.secondAsked();
      jest.advanceTimersByTime(100);
      race.secondSpoke();
    }
    return dueMs;
  };
  const turns = (count: number, firstMs: (index: number) => number) =>
    Array.from({ length: count }, (_, index) => turn(firstMs(index)));
  return { hedge, counted, turn, turns };
}

test('until fifty turns are known the second model is asked as late as ever', () => {
  const { turn, turns, counted } = start();
  expect(new Set(turns(50, (index) => 100 + index))).toEqual(new Set([LATEST]));
  expect(turn(2_000)).toBe(147);
  expect(counted).toEqual({ asked: 1, won: 1 });
});

test('it is never asked later than it would be without a hedge', () => {
  const { turns, turn, counted } = start();
  turns(60, () => 4_000);
  expect(turn(4_000)).toBe(LATEST);
  expect(counted).toEqual({ asked: 0, won: 0 });
});

test.each([
  ['as fast as ever', () => 200],
  ['with a tail', (index: number) => (index % 25 === 0 ? 3_000 : 150 + (index % 20) * 10)],
  ['suddenly always slow', (index: number) => (index < 60 ? 200 : 900)],
])('extra requests are at most one turn in twenty, with models %s', (_, firstMs) => {
  const { turns, counted } = start();
  turns(2_000, firstMs);
  expect(counted.asked).toBeLessThanOrEqual(100);
});

test('a hundred turns at once spend no more than what has been saved', () => {
  const { hedge, turns, counted } = start();
  turns(1_000, (index) => 100 + (index % 10));
  const races = Array.from({ length: 100 }, () => hedge.race(LATEST));
  jest.advanceTimersByTime(600);
  for (const race of races) if (race.dueMs() <= 600) race.secondAsked();
  expect(counted.asked).toBe(20);
});

test('a second model that only takes over from a first that broke off has won nothing, and says nothing of the first', () => {
  const { hedge, turns, counted } = start();
  turns(60, () => 200);
  for (let count = 0; count < 20; count += 1) {
    const race = hedge.race(LATEST);
    if (count === 0) race.secondAsked();
    race.firstSpoke();
    race.secondSpoke();
  }
  expect(counted).toEqual({ asked: 1, won: 0 });
  expect(hedge.race(LATEST).dueMs()).toBeLessThan(300);
});

test('a tail is cut off to where most turns are', () => {
  const { turns, counted } = start();
  const due = turns(1_000, (index) => (index % 30 === 29 ? 3_000 : 150 + (index % 20) * 10)).slice(100);
  expect(Math.max(...due.filter((ms) => ms < LATEST))).toBeLessThan(400);
  expect(counted.won).toBeGreaterThan(20);
});

test('a refusal that asks for longer is heard, and a later one for less does not shorten it', () => {
  const { hedge, turns, turn } = start();
  turns(60, () => 200);
  hedge.rateLimited(300_000);
  hedge.rateLimited(1_000);
  jest.advanceTimersByTime(299_000);
  expect(turn(200)).toBe(LATEST);
  jest.advanceTimersByTime(1_000);
  expect(turn(200)).toBeLessThan(300);
});

test('after a refusal for too many requests there are no extra ones for a minute', () => {
  const { hedge, turns, turn } = start();
  turns(60, () => 200);
  expect(hedge.race(LATEST).dueMs()).toBeLessThan(300);
  hedge.rateLimited();
  expect(turn(200)).toBe(LATEST);
  jest.advanceTimersByTime(60_000);
  expect(turn(200)).toBeLessThan(300);
});
