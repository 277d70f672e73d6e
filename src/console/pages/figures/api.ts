import { Router } from 'express';
import type { Cost, MonthsCost, Statistics } from '../../../common/figures';
import { refuse } from '../../answers';
import type { FiguresDesk } from './desk';

/** /api/calls/statistics: the figures of the home page for scripts. Mounted before /api/calls/{sid}. */
export function statisticsApi({ calls, timeZone }: { calls: FiguresDesk; timeZone: () => string }): Router {
  const router = Router();
  router.get('/api/calls/statistics', async (request, response) => {
    const { tests = 'no' } = request.query;
    if (tests !== 'yes' && tests !== 'no') return refuse(request, response, wrongTests);
    const figures = await calls.statistics({ timeZone: timeZone(), tests: tests === 'yes' });
    response.json(statisticsJson(figures, await calls.costOfMonth(timeZone())));
  });
  return router;
}

const wrongTests = {
  status: 400,
  field: 'tests',
  code: 'invalid_field',
  error: 'tests must be yes or no.',
  remedy: 'Correct it and ask again.',
};

const statisticsJson = (figures: Statistics, { month, calls, cost }: MonthsCost) => ({
  time_zone: figures.timeZone,
  since: figures.since,
  until: figures.until,
  tests: figures.tests,
  calls: figures.calls,
  test_calls_left_out: figures.leftOut,
  by_hour: figures.byHour.map((n, hour) => ({ hour, calls: n })),
  by_day: figures.byDay,
  outgoing: figures.outgoing,
  outcomes: { ...figures.outcomes, 'going on': undefined, going_on: figures.outcomes['going on'] },
  first_audio: figures.firstAudio.map(({ day, turns, medianMs, p95Ms }) => ({
    ...{ day, turns, median_ms: medianMs, p95_ms: p95Ms },
  })),
  month: { month, calls, cost: costJson(cost) },
});

/** A cost for scripts. `total` is null where something is missing; `known` is the sum of the rest. */
export const costJson = ({ total, known, lines, missing }: Cost) => ({
  currency: 'USD',
  total: total ?? null,
  known,
  missing,
  lines: lines.map(({ what, amount, unit, price, size, usd }) => ({
    ...{ what, amount, unit, price: price ?? null, price_for: size, cost: usd ?? null },
  })),
});
