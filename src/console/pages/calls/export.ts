import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { CallFilter, ListedCall } from '../../../common/call-record';
import { refuse } from '../../answers';
import { listed } from './api';
import { CSV_HEADING, toCsv } from './csv';
import type { CallDesk } from './desk';
import { filterIn } from './filter';

/** Calls in one file at most, and as many as are read at once. */
const MOST_EXPORTED = 100_000;
const AT_ONCE = 500;

interface ExportOptions {
  calls: Pick<CallDesk, 'search'>;
  timeZone: () => string;
}

/** Sends the calls that fit the query as a file, while they are read: callers never wait for a large one. */
export async function exportCalls(options: ExportOptions, request: Request, response: Response): Promise<void> {
  const { filter, problems } = filterIn(request, options.timeZone());
  const kind = request.params['kind'];
  if (problems[0] || (kind !== 'csv' && kind !== 'json')) {
    const { field, problem: words } = problems[0] ?? { field: 'file', problem: 'must be export.csv or export.json' };
    return refuse(request, response, {
      status: 400,
      code: 'invalid_filter',
      field,
      error: `${field} ${words}.`,
      remedy: 'Correct it.',
    });
  }
  response.type(kind === 'csv' ? 'text/csv' : 'json');
  response.set('Content-Disposition', `attachment; filename="calls.${kind}"`);
  const stretches = inStretches(options.calls, filter);
  await pipeline(Readable.from(kind === 'csv' ? asCsv(stretches) : asJson(stretches)), response).catch(unlessLeft);
}

async function* inStretches(calls: ExportOptions['calls'], filter: CallFilter): AsyncGenerator<ListedCall[]> {
  let before = filter.before;
  for (let sent = 0; sent < MOST_EXPORTED; sent += AT_ONCE) {
    const some = await calls.search({ ...filter, before, limit: AT_ONCE });
    if (some.length > 0) yield some;
    const last = some.at(-1);
    if (some.length < AT_ONCE || !last) return;
    before = { startedAt: last.startedAt, sid: last.sid };
    await othersTurn();
  }
}

async function* asCsv(stretches: AsyncIterable<ListedCall[]>): AsyncGenerator<string> {
  yield CSV_HEADING;
  for await (const some of stretches) yield toCsv(some);
}

/** Each call as /api/calls has it. */
async function* asJson(stretches: AsyncIterable<ListedCall[]>): AsyncGenerator<string> {
  let separator = '{"calls":[';
  for await (const some of stretches) {
    yield separator + some.map((call) => JSON.stringify(listed(call))).join(',');
    separator = ',';
  }
  yield separator === ',' ? ']}' : `${separator}]}`;
}

/** Who hangs up in the middle of a file is no trouble of ours. */
function unlessLeft(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
  throw error;
}
