import fc from 'fast-check';
import { startOfDay } from '../../src/common/days';
import { localMoment } from '../../src/common/opening-hours';

test.each([
  ['2026-11-21', 'UTC', '2026-11-21T00:00:00.000Z'],
  ['2026-11-21', 'America/Los_Angeles', '2026-11-21T08:00:00.000Z'],
  ['2026-07-01', 'America/Los_Angeles', '2026-07-01T07:00:00.000Z'],
  ['2026-11-21', 'Asia/Kathmandu', '2026-11-20T18:15:00.000Z'],
  ['2026-11-21', 'Pacific/Kiritimati', '2026-11-20T10:00:00.000Z'],
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'], // the clocks go from midnight to 1 AM
])('%s in %s begins at %s', (date, timeZone, begins) => {
  expect(new Date(startOfDay(date, timeZone)).toISOString()).toBe(begins);
});

test('a day begins in its first minute, wherever and whenever', () => {
  const zones = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Pago_Pago'];
  const day = fc.integer({ min: 0, max: 7_000 }).map((days) => new Date(Date.UTC(2020, 0, 1 + days)));
  fc.assert(
    fc.property(fc.constantFrom(...zones), day, (timeZone, at) => {
      const date = at.toISOString().slice(0, 10);
      const begins = startOfDay(date, timeZone);
      expect(localMoment(timeZone, new Date(begins))).toEqual({ date, minute: 0 });
      expect(localMoment(timeZone, new Date(begins - 1)).date < date).toBe(true);
    }),
  );
});
