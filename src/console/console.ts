import type { ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { Router, static as serveFolder, type RequestHandler } from 'express';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { SpeculationState } from '../common/speculation';
import type { Database } from '../storage/database';
import { createEntrance } from './door/entrance';
import { answerErrors, answerNothing, onlyKnown, onlyMeant, onlyOwnPages, ownerOrMachine, readBody } from './door/gate';
import { createCors, createHeaders } from './door/headers';
import { openApiRoutes } from './openapi/routes';
import { accessRoutes } from './pages/access';
import { callBookRoutes } from './pages/call-book';
import type { CallDesk } from './pages/calls/desk';
import { createLive } from './pages/calls/live';
import { checklistRoutes } from './pages/checklist';
import type { PriceDesk } from './pages/figures/desk';
import type { RulesDesk } from './pages/rules/rules';
import { doctorRoutes, type Diagnose } from './pages/doctor';
import { credentialsRoutes } from './pages/credentials';
import { keyCredentialRoutes } from './pages/key-credentials';
import { numberRoutes } from './pages/number';
import type { NumberDesk } from './pages/number-desk';
import { loginRoutes, logoutRoutes } from './pages/login';
import { receptionistRoutes, type ReceptionistDesk } from './pages/receptionist';
import { settingsApi } from './pages/settings-api';
import { setupRoutes } from './pages/setup';
import type { TellingDesk } from './pages/telling/desk';
import { twilioCredentialRoutes } from './pages/twilio-credentials';
import type { ChecklistItem, ConsoleSettings, CredentialChecks } from './ports';
import { tryItRoutes, type TelephoneExchange } from './pages/try-it';
import { createVerdicts } from './verdicts';

/** The same folder from src/console and from dist/console. */
const STATIC_FOLDER = resolve(__dirname, '../../public/console');
/** Browsers keep static files, and ask each time whether they are still the same. */
const askAgain = (response: ServerResponse) => void response.setHeader('Cache-Control', 'no-cache');
/** How much a stranger may send, and how much the owner, in bytes. */
const STRANGERS_BODY = 16 * 1024;
const OWNERS_BODY = 1024 * 1024;

/** What the console needs of the rest. */
export interface ConsoleOptions {
  database: Database;
  settings: ConsoleSettings;
  checks: CredentialChecks;
  checklist: () => Promise<ChecklistItem[]>;
  number: NumberDesk;
  calls: CallDesk;
  telling: TellingDesk;
  prices: PriceDesk;
  rules: RulesDesk;
  receptionist: ReceptionistDesk;
  exchange: TelephoneExchange;
  diagnose: Diagnose;
  /** How beginning replies early goes. */
  speculation: () => SpeculationState;
  /** With it, this machine is no longer the owner by itself. */
  adminToken?: string | undefined;
  /** Origins whose pages may call the API with a token. */
  corsOrigins: readonly string[];
  clock: Clock;
  log: Log;
}

/** The web pages and the management API. */
export interface Console {
  /** Answers everything it is given, so it is mounted last, at the root. */
  router: Router;
  /** For routes outside the console: lets in programs on this machine and whom the console knows; else 401. */
  ownerOrMachine: RequestHandler;
  /** Ends what would hold up the end of the process: answers that go on and on. */
  stopSoon(): void;
  /** The path of a new one-time link to the first password; undefined when there is one. The link before it is void. */
  setupLink(): Promise<string | undefined>;
}

/**
 * The console behind its door. A new page is a file in `pages/` that returns a Router, a line under "the pages" here,
 * and a line in the menu (`look/layout.ts`); it needs no check of its own.
 */
export function createConsole(options: ConsoleOptions): Console {
  const {
    database,
    settings,
    checks,
    number,
    calls,
    telling,
    prices,
    rules,
    receptionist,
    exchange,
    diagnose,
    adminToken,
    corsOrigins,
    clock,
    log,
  } = options;
  const publicBaseUrl = () => settings.publicBaseUrl()?.value;
  const entrance = createEntrance({ database, clock, publicBaseUrl, adminToken });
  const verdicts = createVerdicts(clock);
  const login = { entrance, publicBaseUrl, log };
  const credentials = { settings, checks, verdicts, cleanUp: () => cleanUp(number), log };
  const router = Router();

  router.use(createHeaders(publicBaseUrl), createCors(corsOrigins));
  router.use('/console', serveFolder(STATIC_FOLDER, { index: false, redirect: false, setHeaders: askAgain }));
  router.use(onlyOwnPages({ publicBaseUrl, corsOrigins }));
  router.use(['/login', '/setup'], readBody(STRANGERS_BODY));
  router.use(loginRoutes(login), setupRoutes(login));

  router.use(onlyKnown(entrance), readBody(OWNERS_BODY), onlyMeant);
  // The pages
  router.use(logoutRoutes(login));
  const timeZone = () => receptionist.profile().timeZone;
  router.use(checklistRoutes({ ...options, passwordIsSet: entrance.passwords.isSet, timeZone }));
  router.use(credentialsRoutes(credentials), twilioCredentialRoutes(credentials), keyCredentialRoutes(credentials));
  const phoneNumber = () => settings.twilio()?.phoneNumber;
  router.use(numberRoutes({ number, phoneNumber, publicBaseUrl, verdicts, log }));
  router.use(receptionistRoutes({ receptionist, verdicts, log }), settingsApi(receptionist));
  const live = createLive({ onChange: calls.onChange, mayStillSee: entrance.knowsStill });
  router.use(callBookRoutes({ calls, live, telling, prices, rules, receptionist, verdicts }));
  router.use(tryItRoutes(exchange, () => receptionist.profile().language));
  router.use(doctorRoutes(diagnose));
  router.use(accessRoutes({ ...login, verdicts }), openApiRoutes());

  router.use(answerNothing, answerErrors(log));
  return {
    router,
    ownerOrMachine: ownerOrMachine(entrance),
    stopSoon: live.end,
    setupLink: async () => ((await entrance.passwords.isSet()) ? undefined : `/setup?key=${entrance.setupKey.issue()}`),
  };
}

async function cleanUp(number: NumberDesk): Promise<readonly string[]> {
  const done = await number.disconnect();
  return done.ok ? done.notRemoved : [`What answers while Frontdesk is down is still at Twilio: ${done.error}`];
}
