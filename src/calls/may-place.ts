import type { CountryCode } from 'libphonenumber-js/max';
import { isDialable } from '../common/dialable';
import { localMoment } from '../common/opening-hours';
import { phoneLibrary } from '../common/phone-library';
import type { Rules } from '../common/rules';

/** A call that somebody wants placed, as they said it. */
export interface CallWanted {
  to: unknown;
  reason: unknown;
}

/** Why a call is not placed, for the owner; `field` is what to correct. */
export interface PlacingProblem {
  status: number;
  code: string;
  field: string | null;
  error: string;
  remedy: string;
}

/** What the answer depends on. `now` in ms since 1970. */
interface PlacingFacts {
  rules: Rules;
  timeZone: string;
  ownNumber: string | undefined;
  publicBaseUrl: string | undefined;
  /** Whether as many calls are open as may be. */
  linesBusy: boolean;
  /** Calls asked for in the last 24 hours. */
  placedToday: number;
  /** What the calls of today have cost, in US dollars. */
  spentToday: number;
  now: number;
}

/** A call that may be placed, with the number in E.164 form, or why it may not. */
export type CheckedCall = { ok: true; to: string; reason: string; from: string } | ({ ok: false } & PlacingProblem);

const LONGEST_REASON = 300;

const problem = (status: number, told: Omit<PlacingProblem, 'status'>) => ({ ok: false as const, status, ...told });

/** Whether a call may be placed now, and to which number. */
export function placingProblem({ to, reason }: CallWanted, facts: PlacingFacts): CheckedCall {
  const { ownNumber, publicBaseUrl } = facts;
  if (ownNumber === undefined) return noCredentials;
  if (publicBaseUrl === undefined) return noAddress;
  const number = typeof to === 'string' ? parsed(to.trim(), countryOf(ownNumber)) : undefined;
  if (!number?.isPossible()) return noNumber;
  const words = typeof reason === 'string' ? reason.replace(/\s+/g, ' ').trim() : '';
  if (words === '' || words.length > LONGEST_REASON) return noReason;
  const refusal = refusalOf(number.number, facts) ?? notNow(facts);
  return refusal ?? { ok: true, to: number.number, reason: words, from: ownNumber };
}

const parsed = (number: string, country?: CountryCode) => phoneLibrary().parsePhoneNumberFromString(number, country);
const countryOf = (number: string) => parsed(number)?.country;

function refusalOf(to: string, { rules, ownNumber = '' }: PlacingFacts) {
  if (!isDialable(to)) return costly;
  if (to === ownNumber) return ownself;
  if (rules.blocked.includes(to)) return blocked;
  const allowed: readonly (string | undefined)[] =
    rules.outbound.countries.length > 0 ? rules.outbound.countries : [countryOf(ownNumber)];
  return allowed.includes(countryOf(to)) ? undefined : foreign(allowed.join(', '));
}

function notNow({ rules, timeZone, placedToday, spentToday, linesBusy, now }: PlacingFacts) {
  const { quietFrom, quietUntil, callsPerDay } = rules.outbound;
  const { spendPerDay } = rules.limits;
  if (placedToday >= callsPerDay) return tooMany(callsPerDay);
  if (spendPerDay !== null && spentToday >= spendPerDay) return tooCostly(spendPerDay);
  if (linesBusy) return allLinesBusy;
  const { minute } = localMoment(timeZone, new Date(now));
  const [from, until] = [minutes(quietFrom), minutes(quietUntil)];
  const quiet = from <= until ? minute >= from && minute < until : minute >= from || minute < until;
  return quiet ? quietHours(quietFrom, quietUntil) : undefined;
}

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const noCredentials = problem(409, {
  code: 'no_credentials',
  field: null,
  error: 'There are no Twilio credentials yet, so no call can be placed.',
  remedy: 'Enter them on the page of credentials.',
});
const noAddress = problem(409, {
  code: 'no_public_address',
  field: null,
  error: 'Twilio does not know where to reach Frontdesk, so no call can be placed.',
  remedy: 'Enter the public address on the page of credentials.',
});
const noNumber = problem(400, {
  code: 'invalid_number',
  field: 'to',
  error: 'This is no telephone number.',
  remedy: 'Write it in full, like +12025550143.',
});
const noReason = problem(400, {
  code: 'invalid_reason',
  field: 'reason',
  error: `What the call is about is missing, or longer than ${LONGEST_REASON} characters.`,
  remedy: 'Write it as it should be said after "I am calling about", like: your order, which is ready.',
});
const costly = problem(403, {
  code: 'number_not_allowed',
  field: 'to',
  error: 'Emergency, premium and shared-cost numbers are never called.',
  remedy: 'Call it yourself.',
});
const ownself = problem(400, {
  code: 'own_number',
  field: 'to',
  error: 'This is the number that Frontdesk answers itself.',
  remedy: 'Enter somebody else’s.',
});
const blocked = problem(403, {
  code: 'blocked',
  field: 'to',
  error: 'This number is on the list of blocked callers.',
  remedy: 'Take it off the list on the page of rules first.',
});
const allLinesBusy = problem(409, {
  code: 'lines_busy',
  field: null,
  error: 'As many calls are going on as may at a time.',
  remedy: 'Try again when one is over.',
});

/** This person was called a moment ago, and that call is not over. */
export const alreadyCalling = (callSid: string | null) =>
  problem(409, {
    code: 'already_calling',
    field: 'to',
    error: 'This number is being called already.',
    remedy: `Look at ${callSid === null ? 'the list of calls' : `the call, /calls/${callSid},`} before you try again.`,
  });
const foreign = (allowed: string) =>
  problem(403, {
    code: 'country_not_allowed',
    field: 'to',
    error: `Calls go to these countries only: ${allowed}.`,
    remedy: 'Add its country on the page of rules.',
  });
const tooMany = (most: number) =>
  problem(429, {
    code: 'daily_limit',
    field: null,
    error: `${most} calls were placed in the last 24 hours, which is the limit.`,
    remedy: 'Wait, or raise the limit on the page of rules.',
  });
const tooCostly = (most: number) =>
  problem(429, {
    code: 'spend_limit',
    field: null,
    error: `The calls of today have cost $${most} or more, which is the limit.`,
    remedy: 'Wait until tomorrow, or raise the limit on the page of rules.',
  });
const quietHours = (from: string, until: string) =>
  problem(409, {
    code: 'quiet_hours',
    field: null,
    error: `Nobody is called between ${from} and ${until}.`,
    remedy: `Try again after ${until}, or change these hours on the page of rules.`,
  });
