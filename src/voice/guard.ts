import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Log } from '../common/log';
import { isFromThisMachine } from '../common/this-machine';
import { answerPlainly } from './answers';
import { addressSignedFor } from './candidates';
import { readForm } from './read-form';
import { isSigned } from './signature';

/** Requests without a true signature that one address may send in a minute before it is told to stop. */
export const REFUSALS_A_MINUTE = 60;

/** Twilio's own forms are a tenth of this, in bytes: a search signs the form several hundred times. */
const LARGEST_TO_SEARCH = 16 * 1024;
const SEARCHES_A_SECOND = 4;
/** A SHA-1 in base64. */
const SIGNATURE = /^[\w+/]{27}=$/;

/** How a webhook got in: signed by Twilio, or sent by a program on this machine. */
export type Admission = 'twilio' | 'this-machine';

/** What the guard knows. `localKey` signs for programs on this machine that can read it. */
export interface GuardOptions {
  authTokens: () => readonly string[];
  /** Whose webhooks come here; a stranger does not know it. */
  accountSid: () => string | undefined;
  publicBaseUrl: () => string | undefined;
  localKey: string;
  verifySignatures: boolean;
  /** Told of every webhook that Twilio signed, and of refused ones that bear a signature: for which address it is. */
  witness: { admitted(): void; refused(signedFor: string | undefined): void };
  log: Log;
}

/** How this webhook got in, if it did. The base of a signature is configured, never a header the caller chooses. */
function admit(request: Request, options: GuardOptions): Admission | undefined {
  const signed = {
    path: request.originalUrl,
    form: request.body as Record<string, unknown> | undefined,
    signature: request.get('x-twilio-signature'),
  };
  const publicBase = options.publicBaseUrl();
  const authTokens = options.authTokens();
  if (isSigned(signed, authTokens, publicBase ? [publicBase] : loopbackBases(request))) return 'twilio';
  if (!isFromThisMachine(request)) return undefined;
  const isOurs = authTokens.length === 0 || isSigned(signed, [options.localKey], loopbackBases(request));
  return isOurs ? 'this-machine' : undefined;
}

function loopbackBases({ socket }: Request): string[] {
  const port = socket.localPort ?? 80;
  return ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}:${port}`);
}

function remedy(request: Request, options: GuardOptions): string {
  if (options.authTokens().length === 0) {
    return 'Set TWILIO_AUTH_TOKEN (and PUBLIC_BASE_URL), so that requests from elsewhere can be told from forgeries.';
  }
  if (!request.get('x-twilio-signature')) return 'It bears no signature, so it is not from Twilio. Nothing to set.';
  const base = options.publicBaseUrl();
  return base
    ? `If it is from Twilio, then PUBLIC_BASE_URL (${base}) is not the address Twilio calls, or TWILIO_AUTH_TOKEN is not the account's primary token.`
    : 'If it is from Twilio, set PUBLIC_BASE_URL to the address that Twilio calls.';
}

/** Anybody can send a signature that fits nothing; that alone says nothing of the owner's settings. */
const isForAccount = (request: Request, accountSid: string | undefined) =>
  accountSid !== undefined && (request.body as Record<string, unknown> | undefined)?.['AccountSid'] === accountSid;

/** Of a refused request, never a reason to let it in: the address its signature was made for. */
function createSearch({
  authTokens,
  accountSid,
  publicBaseUrl,
  witness,
}: GuardOptions): (request: Request) => string | undefined {
  let [second, searches] = [0, 0];
  return (request) => {
    if (!request.get('x-twilio-signature') || Number(request.get('content-length')) > LARGEST_TO_SEARCH)
      return undefined;
    const now = Math.floor(Date.now() / 1_000);
    [second, searches] = [now, now === second ? searches + 1 : 1];
    if (searches > SEARCHES_A_SECOND) return undefined;
    const fits = addressSignedFor(request, { authTokens: authTokens(), publicBase: publicBaseUrl() });
    if (fits !== undefined || isForAccount(request, accountSid())) witness.refused(fits);
    return fits;
  };
}

/** Tells an address that sends too much of what is refused to stop; it is asked of what is refused alone. */
export const floodLimit = (limit: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    handler: (_request, response) => answerPlainly(response, 429, 'Too many requests, please try again later.\n'),
    validate: { xForwardedForHeader: false, forwardedHeader: false },
  });

/** Nobody who forges needs to be read: what bears nothing like a signature can only be from this machine. */
const mayBeAdmitted = (request: Request, { verifySignatures, authTokens }: GuardOptions) =>
  SIGNATURE.test(request.get('x-twilio-signature') ?? '') ||
  !verifySignatures ||
  (authTokens().length === 0 && isFromThisMachine(request));

/**
 * Reads a webhook's form and lets in what is signed, or plainly from this machine while no auth token is set; the rest
 * gets 403, floods 429.
 */
export function createGuard(options: GuardOptions): RequestHandler {
  const flood = floodLimit(REFUSALS_A_MINUTE);
  const search = createSearch(options);
  const refuse = (request: Request, response: Response) => {
    const signedFor = search(request);
    options.log.warn('webhook_refused', {
      data: {
        path: request.path,
        peer: request.socket.remoteAddress,
        remedy: remedy(request, options),
        ...(signedFor ? { signedFor } : {}),
      },
    });
    answerPlainly(response, 403, 'Forbidden: this request is not signed for this address.\n');
  };
  const turnAway: RequestHandler = (request, response) => flood(request, response, () => refuse(request, response));
  const verify: RequestHandler = (request, response, next) => {
    const admitted = options.verifySignatures ? admit(request, options) : 'twilio';
    response.locals['admission'] = admitted;
    if (admitted === 'twilio') options.witness.admitted();
    return admitted ? next() : turnAway(request, response, next);
  };
  return (request, response, next) => {
    response.locals['arrivedAt'] = performance.now();
    const read = (error?: unknown) => (error ? next(error) : verify(request, response, next));
    return (mayBeAdmitted(request, options) ? readForm : turnAway)(request, response, read);
  };
}

/** How long it has been here, in ms. */
export const waited = (response: Response): number => performance.now() - Number(response.locals['arrivedAt']);

/** How the request was let in. */
export const admission = (response: Response): Admission | undefined =>
  response.locals['admission'] as Admission | undefined;
