import type { Request } from 'express';
import { startOfDay } from '../../../common/days';

/** A part of a query that cannot be taken, and why. */
export interface FilterProblem {
  field: string;
  problem: string;
}

/** Where a list goes on: behind what was taken down at this time (ms since 1970) under this id. */
export interface Place {
  at: number;
  id: string;
}

/** Reads the query of a list part by part, and gathers what is wrong with it. */
export interface QueryReader {
  problems: FilterProblem[];
  /** Undefined where it is missing or empty. */
  text(name: string): string | undefined;
  /** How many are wanted. */
  count(name: string, usual: number, most: number): number;
  /** A time in ISO 8601 with its zone; a bare date is the beginning of that day at the business. */
  time(name: string, timeZone: string): number | undefined;
  place(name: string): Place | undefined;
}

/** A reader of a request's query that knows these names; each may stand in it once. */
export function readQuery(request: Request, names: readonly string[]): QueryReader {
  const problems = Object.entries(request.query).flatMap(([name, value]): FilterProblem[] => {
    const [field = ''] = name.split('[');
    const strange = names.includes(field) && (field !== name || typeof value !== 'string');
    return strange ? [{ field, problem: `must be given once, as ${field}=…` }] : [];
  });
  const text = (name: string) => {
    const value = request.query[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const read = <T>(name: string, reading: (value: string) => T | undefined, problem: string): T | undefined => {
    const value = text(name);
    const result = value === undefined ? undefined : reading(value);
    if (value !== undefined && result === undefined) problems.push({ field: name, problem });
    return result;
  };
  return {
    problems,
    text,
    count: (name, usual, most) =>
      read(name, (value) => countIn(value, most), `must be a whole number from 1 to ${most}`) ?? usual,
    time: (name, timeZone) =>
      read(
        name,
        (value) => timeIn(value, timeZone),
        'must be a date like 2026-12-24 or a time with its zone like 2026-12-24T10:00Z',
      ),
    place: (name) => read(name, placeIn, 'must be a place that an earlier answer gave as "next"'),
  };
}

function countIn(value: string, most: number): number | undefined {
  const count = Number(value);
  return Number.isInteger(count) && count >= 1 && count <= most ? count : undefined;
}

/** A plus sign in a query that nobody encoded arrives as a space. */
const TIME = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+ -]\d\d:\d\d))?$/;

function timeIn(value: string, timeZone: string): number | undefined {
  const [, date = '', time] = TIME.exec(value) ?? [];
  if (!isDate(date)) return undefined;
  if (time === undefined) return startOfDay(date, timeZone);
  const at = Date.parse(date + time.replace(' ', '+'));
  return Number.isNaN(at) ? undefined : at;
}

function isDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

/** A place as `placeAfter` wrote it. */
function placeIn(value: string): Place | undefined {
  const [, at, id] = /^(\d{1,15})_(.{1,200})$/.exec(value) ?? [];
  return at === undefined || id === undefined ? undefined : { at: Number(at), id };
}

/** Where a list goes on after these; undefined when it ends here. */
export function placeAfter(shown: readonly Place[], limit: number): string | undefined {
  const last = shown.at(-1);
  return last && shown.length >= limit ? `${last.at}_${last.id}` : undefined;
}
