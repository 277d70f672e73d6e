import type { CallReport } from '../../src/simulator/call-report';
import { sayInTurn, type CallerAct } from '../../src/simulator/caller';
import type { PhoneLine } from '../../src/simulator/phone-line';
import { placeCall } from '../../src/simulator/place-call';
import { AUTH_TOKEN, BUSINESS, CALLER, type Running } from './frontdesk';

/** Places a call at a running Frontdesk: signed, instant, and strict. Strings are said, objects are done. */
export function simulate(
  frontdesk: Running,
  acts: readonly (string | CallerAct)[],
  line: Partial<PhoneLine> = {},
): Promise<CallReport> {
  const script = acts.map((act): CallerAct => (typeof act === 'string' ? { say: act } : act));
  return placeCall(
    { url: frontdesk.url, authToken: AUTH_TOKEN, from: CALLER, to: BUSINESS, ...line },
    sayInTurn(script, 'hang up'),
  );
}

/** Everything said by the telephone's own voice on a call. */
export const wordsOf = (report: CallReport): string => report.heard.map(({ text }) => text ?? '').join(' ');
