import { UpstreamError, type UpstreamReason } from '../../src/common/errors';
import { createRest } from '../../src/common/rest';

const clock = { time: 1_000_000, now: () => clock.time };
const failed = (reason: UpstreamReason, details = {}) => new UpstreamError('service', reason, details);

/** How long a service rests after these failures in a row, in ms (to the nearest 500). */
function restAfter(...errors: UpstreamError[]): number {
  const rest = createRest(clock);
  const begin = clock.time;
  errors.forEach((error) => rest.failed(error));
  while (rest.resting()) clock.time += 500;
  return clock.time - begin;
}

test('a service that never failed does not rest', () => {
  expect(createRest(clock).resting()).toBeUndefined();
});

test('it rests as long as it asked for, a minute at most, ten seconds if it named no time', () => {
  expect(restAfter(failed('rate-limited', { retryAfterMs: 2_500 }))).toBe(2_500);
  expect(restAfter(failed('rate-limited', { retryAfterMs: 120_000 }))).toBe(60_000);
  expect(restAfter(failed('rate-limited'))).toBe(10_000);
  expect(restAfter(failed('rate-limited', { retryAfterMs: 0 }))).toBe(0);
});

test('a wrong key or a model that is gone rests a minute', () => {
  expect(restAfter(failed('unauthorised'))).toBe(60_000);
  expect(restAfter(failed('model-gone'))).toBe(60_000);
});

test.each<UpstreamReason>(['server-error', 'timeout', 'stalled', 'unreachable'])(
  '%s begins a rest of five seconds only when it is the second in a row',
  (reason) => {
    expect(restAfter(failed(reason))).toBe(0);
    expect(restAfter(failed(reason), failed('server-error'))).toBe(5_000);
    expect(restAfter(failed(reason), failed('empty'), failed(reason))).toBe(0);
  },
);

test('after a rest the first failure begins the next one, a success ends the run', () => {
  const rest = createRest(clock);
  rest.failed(failed('timeout'));
  rest.failed(failed('timeout'));
  clock.time += 5_000;
  expect(rest.resting()).toBeUndefined();
  rest.failed(failed('timeout'));
  expect(rest.resting()).toMatchObject({ reason: 'timeout' });
  clock.time += 5_000;
  rest.succeeded();
  rest.failed(failed('timeout'));
  expect(rest.resting()).toBeUndefined();
});

test('a request that was under way when the rest began does not end it by succeeding', () => {
  const rest = createRest(clock);
  const error = failed('rate-limited');
  rest.failed(error);
  rest.succeeded();
  expect(rest.resting()).toBe(error);
});

test('a request that needs no rest changes nothing', () => {
  for (const reason of ['bad-request', 'tool-use-failed', 'truncated', 'length', 'garbage', 'empty'] as const) {
    expect(restAfter(failed(reason), failed(reason), failed(reason))).toBe(0);
  }
});

test('a clock that is set back by an hour ends a rest, and the next is as long as any', () => {
  const rest = createRest(clock);
  rest.failed(failed('rate-limited'));
  clock.time -= 3_600_000;
  expect(rest.resting()).toBeUndefined();
  rest.failed(failed('rate-limited'));
  clock.time += 10_000;
  expect(rest.resting()).toBeUndefined();
});
