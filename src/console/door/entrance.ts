import type { Request, Response } from 'express';
import type { Clock } from '../../common/clock';
import type { Database } from '../../storage/database';
import { sessionIdIn } from './cookie';
import { newSecret, sameSecret } from './digest';
import { createPasswords, type Passwords } from './passwords';
import { createSessions, type Sessions } from './sessions';
import { createSetupKey, type SetupKey } from './setup-link';
import { createThrottle, type Throttle } from './throttle';
import { createTokens, type Tokens } from './tokens';
import { visitorOf, type Visitor } from './visitor';
import { addressOf, isFromBrowser, isOwnersMachine } from './where-from';

/** Scripts try again by themselves, so more wrong tokens are free; the right one works from any other address. */
const TOKEN_TRIES = { each: { free: 100, longestMs: 60_000 }, all: false } as const;

/** What the door and the lock need. */
export interface EntranceOptions {
  database: Database;
  clock: Clock;
  publicBaseUrl: () => string | undefined;
  adminToken: string | undefined;
}

/** Everything the console knows of who may come in. */
export interface Entrance {
  passwords: Passwords;
  sessions: Sessions;
  tokens: Tokens;
  setupKey: SetupKey;
  /** For passwords. */
  throttle: Throttle;
  /** Who is asking; a stranger is undefined, and a stranger who tried too many tokens gets the ms to wait. */
  identify(request: Request): Promise<Visitor | { waitMs: number } | undefined>;
  /** Whether whoever was let in before would be let in again now. */
  knowsStill(request: Request, response: Response): Promise<boolean>;
}

/** The door and the lock, on the given database. */
export function createEntrance({ database, clock, publicBaseUrl, adminToken }: EntranceOptions): Entrance {
  const passwords = createPasswords(database, clock);
  const sessions = createSessions(database, clock);
  const tokens = createTokens(database, clock, adminToken);
  const tokenThrottle = createThrottle(clock, TOKEN_TRIES);
  const machine: Visitor = { kind: 'machine', csrf: newSecret() };

  const byToken = async (token: string, address: string) => {
    const waitMs = tokenThrottle.begin(address);
    if (waitMs > 0) return { waitMs };
    const visitor = await tokens.find(token);
    if (visitor) tokenThrottle.right(address);
    return visitor;
  };
  const identify = async (request: Request): Promise<Visitor | { waitMs: number } | undefined> => {
    const authorization = request.get('authorization');
    if (authorization !== undefined) return byToken(bearerIn(authorization), addressOf(request));
    const id = sessionIdIn(request, publicBaseUrl());
    const session = id === undefined ? undefined : await sessions.find(id);
    if (session) return session;
    const machineOwns = adminToken === undefined && isOwnersMachine(request) && !(await passwords.isSet());
    return machineOwns ? machine : undefined;
  };
  return {
    passwords,
    sessions,
    tokens,
    setupKey: createSetupKey(clock),
    throttle: createThrottle(clock),
    identify,
    async knowsStill(request, response) {
      const visitor = visitorOf(response);
      if (visitor.kind === 'session') return sessions.goesOn(visitor.idHash);
      const now = await identify(request);
      return now !== undefined && 'kind' in now;
    },
  };
}

const bearerIn = (authorization: string) => /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '';

/**
 * Whether a request that changes something shows that the visitor meant it. A token or a program does by itself; a
 * browser sends cookies, and what counts as this machine, for anybody's page, so its form must bear our secret.
 */
export function isMeant(request: Request, visitor: Visitor): boolean {
  if (visitor.kind === 'token' || (visitor.kind === 'machine' && !isFromBrowser(request))) return true;
  return sameSecret(csrfIn(request), visitor.csrf);
}

/** Of a form with files only the address is read before the files are; so it may bear the secret there. */
function csrfIn(request: Request): string {
  const inForm = (request.body as { csrf?: unknown } | undefined)?.csrf;
  const inAddress = request.is('multipart/form-data') ? request.query['csrf'] : undefined;
  const given = request.get('x-csrf-token') ?? inForm ?? inAddress;
  return typeof given === 'string' ? given : '';
}
