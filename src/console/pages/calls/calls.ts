import { Router, type Request } from 'express';
import type { CallFilter, ListedCall, WrittenCall } from '../../../common/call-record';
import type { ProfileField } from '../../../common/profile';
import { refuse, sendPage } from '../../answers';
import { visitorOf } from '../../door/visitor';
import { problem } from '../../look/forms';
import type { Verdicts } from '../../verdicts';
import { callPage, soundsOf } from './call-page';
import type { CallDesk } from './desk';
import { exportCalls } from './export';
import { filterIn, nextPlace } from './filter';
import { callsPage } from './list-page';

/** What the pages need. */
export interface CallsOptions {
  calls: CallDesk;
  timeZone: () => string;
  /** What the owner wants to know of every call. */
  wanted: () => readonly ProfileField[];
  /** Whether the caller of a call is blocked; undefined where it has no number to block. */
  isBlocked: (call: WrittenCall) => boolean | undefined;
  verdicts: Verdicts;
}

/** /calls: every call, by outcome, day and words; one call with all that was said; both as files. */
export function callsRoutes({ calls, timeZone, wanted, isBlocked, verdicts }: CallsOptions): Router {
  const router = Router();
  router.get('/calls', async (request, response) => {
    const { filter, problems } = filterIn(request, timeZone());
    const [wrong] = problems;
    const found = wrong ? [] : await calls.search(filter);
    const live = wrong ? [] : await goingOn(calls, filter);
    const shown = {
      calls: withOnTop(live, found),
      query: queryOf(request),
      next: nextPlace(found, filter.limit),
      timeZone: timeZone(),
    };
    const trouble = wrong && problem({ error: `${wrong.field} ${wrong.problem}.` });
    sendPage(response, callsPage({ visitor: visitorOf(response), ...shown, problem: trouble }), wrong ? 400 : 200);
  });
  router.get('/calls/export.:kind', (request, response) => exportCalls({ calls, timeZone }, request, response));
  router.get('/calls/:sid', async (request, response) => {
    const call = await calls.read(request.params['sid']);
    if (!call) return refuse(request, response, noCall);
    const sounds = await calls.soundsHere(soundsOf(call));
    const shown = { call, sounds, cost: calls.cost(call), timeZone: timeZone(), wanted: wanted() };
    const how = { blocked: isBlocked(call), verdict: verdicts.shownOn(request) };
    sendPage(response, callPage({ visitor: visitorOf(response), ...shown, ...how }));
  });
  return router;
}

/** Calls that go on come first, however long ago they began; not further down, nor among those that words are sought in. */
async function goingOn(calls: CallDesk, filter: CallFilter): Promise<ListedCall[]> {
  const { outcome = 'going on', before, words } = filter;
  return before || words || outcome !== 'going on' ? [] : calls.search({ ...filter, outcome });
}

const withOnTop = (top: readonly ListedCall[], others: readonly ListedCall[]) => [
  ...top,
  ...others.filter(({ sid }) => !top.some((each) => each.sid === sid)),
];

const noCall = {
  status: 404,
  code: 'no_call',
  error: 'The book has no such call.',
  remedy: 'It may have been removed; the list has all there are.',
};

const queryOf = ({ query }: Request): Record<string, string> =>
  Object.fromEntries(
    ['q', 'outcome', 'from', 'since', 'until', 'tests'].flatMap((name) => {
      const value = query[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
