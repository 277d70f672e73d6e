import { Router } from 'express';
import type { Profile } from '../../common/profile';
import type { Verdicts } from '../verdicts';
import { callsApi } from './calls/api';
import { blockingRoutes, createBlocking } from './calls/blocking';
import { callsRoutes } from './calls/calls';
import { forgetRoutes } from './rules/forget';
import type { CallDesk } from './calls/desk';
import type { Live } from './calls/live';
import { messagesRoutes } from './calls/messages';
import { placingRoutes } from './calls/placing';
import { unansweredRoutes } from './calls/unanswered';
import { voicemailRoutes } from './calls/voicemail';
import { statisticsApi } from './figures/api';
import type { PriceDesk } from './figures/desk';
import { pricesRoutes } from './figures/prices';
import type { ReceptionistDesk } from './receptionist';
import { rulesRoutes, type RulesDesk } from './rules/rules';
import type { TellingDesk } from './telling/desk';
import { tellingRoutes } from './telling/telling';

interface CallBookOptions {
  calls: CallDesk;
  live: Live;
  telling: TellingDesk;
  prices: PriceDesk;
  rules: RulesDesk;
  receptionist: ReceptionistDesk;
  verdicts: Verdicts;
}

/** Everything about calls that were made: lists, one call, messages, what they cost, who is told of them. */
export function callBookRoutes({
  calls,
  live,
  telling,
  prices,
  rules,
  receptionist,
  verdicts,
}: CallBookOptions): Router {
  const profile = (): Profile => receptionist.profile();
  const timeZone = () => profile().timeZone;
  const wanted = () => profile().fields;
  const country = () => profile().country;
  const router = Router();
  router.use(statisticsApi({ calls, timeZone }), pricesRoutes({ desk: prices, calls, verdicts }));
  const blocking = createBlocking(rules, country);
  router.use(blockingRoutes({ calls, blocking, verdicts }));
  router.use(callsRoutes({ calls, timeZone, wanted, isBlocked: blocking.isBlocked, verdicts }));
  router.use(messagesRoutes({ calls, timeZone }), voicemailRoutes(calls));
  router.use(
    placingRoutes(calls, verdicts),
    callsApi({ calls, live, timeZone, wanted }),
    unansweredRoutes({ calls, verdicts, receptionist }),
  );
  router.use(
    rulesRoutes({ desk: rules, verdicts }),
    forgetRoutes({ calls, isBlocked: (number) => rules.rules().blocked.includes(number), country, verdicts }),
  );
  router.use(tellingRoutes({ telling, verdicts, timeZone }));
  return router;
}
