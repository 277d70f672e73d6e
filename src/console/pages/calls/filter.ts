import type { Request } from 'express';
import { OUTCOMES, type CallFilter, type Outcome } from '../../../common/call-record';

const PAGE = 50;
const MOST = 500;

/** A part of a query that cannot be taken, and why. */
export interface FilterProblem {
  field: string;
  problem: string;
}

const text = (request: Request, name: string): string | undefined => {
  const value = request.query[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** Reads the query of a list of calls: `q`, `outcome`, `from`, `since`, `until`, `tests`, `before`, `limit`. */
export function filterIn(request: Request): { filter: CallFilter; problems: FilterProblem[] } {
  const problems: FilterProblem[] = [];
  const outcome = text(request, 'outcome');
  if (outcome !== undefined && outcome !== 'going-on' && !OUTCOMES.includes(outcome as Outcome)) {
    problems.push({ field: 'outcome', problem: `must be one of ${OUTCOMES.join(', ')}, going-on` });
  }
  const limit = Number(text(request, 'limit') ?? PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    problems.push({ field: 'limit', problem: `must be a whole number from 1 to ${MOST}` });
  }
  const filter: CallFilter = {
    words: text(request, 'q'),
    outcome: outcome === 'going-on' ? 'going on' : (outcome as Outcome | undefined),
    caller: callerIn(text(request, 'from')),
    since: timeIn(request, 'since', problems),
    until: timeIn(request, 'until', problems),
    tests: text(request, 'tests') !== 'no',
    before: placeIn(text(request, 'before'), problems),
    limit,
  };
  return { filter, problems };
}

/** A plus sign in a query that nobody encoded arrives as a space. */
const callerIn = (from: string | undefined) => (from && /^\d/.test(from) ? `+${from}` : from);

function timeIn(request: Request, name: string, problems: FilterProblem[]): number | undefined {
  const value = text(request, name);
  if (value === undefined) return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time))
    problems.push({ field: name, problem: 'must be a date like 2026-12-24 or a time in ISO 8601' });
  return time;
}

/** A place in the list, as `nextPlace` wrote it. */
function placeIn(value: string | undefined, problems: FilterProblem[]): CallFilter['before'] {
  if (value === undefined) return undefined;
  const [, startedAt, sid = ''] = /^(\d{1,16})_(\w{1,64})$/.exec(value) ?? [];
  if (startedAt !== undefined) return { startedAt: Number(startedAt), sid };
  problems.push({ field: 'before', problem: 'must be a place that an earlier answer gave as "next"' });
  return undefined;
}

/** Where the list goes on after these calls; undefined when it ends here. */
export function nextPlace(calls: readonly { startedAt: number; sid: string }[], limit: number): string | undefined {
  const last = calls.at(-1);
  return last && calls.length >= limit ? `${last.startedAt}_${last.sid}` : undefined;
}
