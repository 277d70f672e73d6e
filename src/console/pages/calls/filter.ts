import type { Request } from 'express';
import { OUTCOMES, type CallFilter, type MessageFilter, type Outcome } from '../../../common/call-record';
import { placeAfter, readQuery, type FilterProblem } from './query';

const PAGE = 50;
const MOST = 500;
const CALL_QUERY = ['q', 'outcome', 'from', 'since', 'until', 'tests', 'before', 'limit'];
const MESSAGE_QUERY = ['state', 'before', 'limit'];

/** Reads the query of a list of calls. A bare date is a day of the business. */
export function filterIn(request: Request, timeZone: string): { filter: CallFilter; problems: FilterProblem[] } {
  const { problems, text, count, time, place } = readQuery(request, CALL_QUERY);
  const outcome = text('outcome');
  if (outcome !== undefined && outcome !== 'going-on' && !OUTCOMES.includes(outcome as Outcome)) {
    problems.push({ field: 'outcome', problem: `must be one of ${OUTCOMES.join(', ')}, going-on` });
  }
  const before = place('before');
  const filter: CallFilter = {
    words: text('q'),
    outcome: outcome === 'going-on' ? 'going on' : (outcome as Outcome | undefined),
    caller: callerIn(text('from')),
    since: time('since', timeZone),
    until: time('until', timeZone),
    tests: text('tests') !== 'no',
    before: before && { startedAt: before.at, sid: before.id },
    limit: count('limit', PAGE, MOST),
  };
  return { filter, problems };
}

/** A plus sign in a query that nobody encoded arrives as a space. */
const callerIn = (from: string | undefined) => (from && /^\d/.test(from) ? `+${from}` : from);

/** Reads the query of a list of messages. */
export function messageFilterIn(request: Request): { filter: MessageFilter; problems: FilterProblem[] } {
  const { problems, text, count, place } = readQuery(request, MESSAGE_QUERY);
  const state = text('state');
  if (state !== undefined && !isState(state)) problems.push({ field: 'state', problem: 'must be new or done' });
  const before = place('before');
  const filter: MessageFilter = {
    state: isState(state) ? state : undefined,
    before: before && { takenAt: before.at, id: before.id },
    limit: count('limit', PAGE, MOST),
  };
  return { filter, problems };
}

/** Whether it is a state that a message can have. */
export const isState = (state: unknown): state is 'new' | 'done' => state === 'new' || state === 'done';

/** Where the list of calls goes on after these; undefined when it ends here. */
export const nextPlace = (calls: readonly { startedAt: number; sid: string }[], limit: number): string | undefined =>
  placeAfter(
    calls.map(({ startedAt: at, sid: id }) => ({ at, id })),
    limit,
  );

/** Where the list of messages goes on after these; undefined when it ends here. */
export const nextMessage = (messages: readonly { takenAt: number; id: string }[], limit: number): string | undefined =>
  placeAfter(
    messages.map(({ takenAt: at, id }) => ({ at, id })),
    limit,
  );
