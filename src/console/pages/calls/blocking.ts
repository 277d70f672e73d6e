import { Router } from 'express';
import type { WrittenCall } from '../../../common/call-record';
import { callersNumber, isAmong } from '../../../conversations/callers-number';
import { refuse } from '../../answers';
import type { Verdict, Verdicts } from '../../verdicts';
import type { RulesDesk } from '../rules/rules';
import type { CallDesk } from './desk';

/** Blocks the callers of calls in the book. */
export interface Blocking {
  /** Whether the caller of a call is blocked; undefined where there is no number to block. */
  isBlocked(call: WrittenCall): boolean | undefined;
  block(call: WrittenCall): Promise<Verdict>;
}

/** Keeps who is blocked among the rules; `country` is that of the business, in which numbers are read. */
export function createBlocking(rules: RulesDesk, country: () => string): Blocking {
  const otherParty = ({ direction, from, to }: WrittenCall) => (direction === 'outbound' ? to : from);
  return {
    isBlocked(call) {
      const written = otherParty(call);
      if (callersNumber(written, country()) === undefined) return undefined;
      return isAmong(rules.rules().blocked, written, country());
    },
    async block(call) {
      const number = callersNumber(otherParty(call), country());
      if (number === undefined) return noNumber;
      const { blocked, ...others } = rules.rules();
      const saved = await rules.saveRules({ ...others, blocked: [...new Set([...blocked, number])] });
      return saved.ok ? { ok: true, message: `${number} hears the busy tone from now on.` } : full;
    },
  };
}

const noNumber: Verdict = {
  ok: false,
  status: 409,
  code: 'no_number',
  error: 'This caller has shown no number, so there is nothing to block.',
  remedy: 'Limits on the page of rules hold for everybody.',
};
const full: Verdict = {
  ok: false,
  status: 409,
  code: 'too_many_blocked',
  error: 'The list of blocked callers is full. Nothing was changed.',
  remedy: 'Take numbers off it on the page of rules.',
};

interface BlockingOptions {
  calls: Pick<CallDesk, 'read'>;
  blocking: Blocking;
  verdicts: Verdicts;
}

/** POST /calls/:sid/block, the button on a call's page. */
export function blockingRoutes({ calls, blocking, verdicts }: BlockingOptions): Router {
  const router = Router();
  router.post('/calls/:sid/block', async (request, response) => {
    const { sid } = request.params;
    const call = await calls.read(sid);
    if (!call) return refuse(request, response, noCall);
    verdicts.answer(request, response, { verdict: await blocking.block(call), page: `/calls/${call.sid}` });
  });
  return router;
}

const noCall = {
  status: 404,
  code: 'no_call',
  error: 'The book has no such call.',
  remedy: 'The list has all there are.',
};
