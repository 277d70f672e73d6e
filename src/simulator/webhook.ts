import { performance } from 'node:perf_hooks';
import type { Address } from './address';
import type { Call, TwimlDocument, WebhookRequest } from './call';
import { encode, standardFields } from './form';
import { send } from './http';
import type { HttpAnswer } from './http';
import { fail } from './problems';
import { sign } from './signature';
import { readTwiml } from './twiml-answer';

/** Twilio reads at most this many bytes of TwiML. */
const MOST_BYTES = 64 * 1024;
const MOST_REDIRECTS = 10;

/** Everything in a webhook besides its address. */
interface Message {
  method: 'GET' | 'POST';
  fields: Readonly<Record<string, string>>;
}

/**
 * Fetches the next document of a call, notes it, and returns its verbs. Throws FatalProblem where Twilio would give up;
 * what it would only warn of is noted as a problem.
 */
export async function fetchDocument(call: Call, request: WebhookRequest): Promise<TwimlDocument> {
  const { documents, hops } = call.journal.report;
  countHop(call, request, documents.length === 0 ? 0 : hops + 1);
  if (request.beginsTurn) call.turn = { number: call.turn.number + 1, startedAt: performance.now() };

  const status = documents.length === 0 ? 'ringing' : 'in-progress';
  const fields = { ...usualFields(call, status), ...request.fields };
  const { answer, address } = await postFollowing(call, request.address, { method: request.method, fields });
  if (answer.ms > call.limits.slowMs) {
    call.journal.tell({ kind: 'warning', warning: `${address.posted} took ${answer.ms} ms to answer` });
  }
  const verbs = readTwiml(call, answer, { request, address });
  return { address, verbs };
}

function countHop(call: Call, { address }: WebhookRequest, hops: number): void {
  const { limits, line, journal } = call;
  journal.report.hops = hops;
  if (line.trial === true && hops > limits.trialHops) {
    fail(
      'trial-hops',
      `A trial account ends a call after ${limits.trialHops} action and redirect hops`,
      address.posted,
    );
  }
  if (journal.report.documents.length >= limits.documents) {
    fail('too-many-documents', `${limits.documents} documents in one call: an endless loop?`, address.posted);
  }
}

/** The fields that every webhook of a call carries. `status` is its CallStatus. */
export function usualFields({ line, callSid }: Call, status: string): Record<string, string> {
  const parties = {
    callSid,
    accountSid: line.accountSid ?? 'AC00000000000000000000000000000001',
    from: line.from ?? '+12025550101',
    to: line.to ?? '+12025550100',
  };
  const trial = line.trial === true ? { FrontdeskTrial: 'true' } : {};
  return { ...standardFields(parties, status), ...trial, ...line.extraFields };
}

async function postFollowing(
  call: Call,
  first: Address,
  message: Message,
): Promise<{ answer: HttpAnswer; address: Address }> {
  let address = first;
  let answer = await post(call, address, message);
  for (let redirects = 1; isRedirect(answer); redirects++) {
    if (redirects > MOST_REDIRECTS) fail(11215, `More than ${MOST_REDIRECTS} HTTP redirects`, address.posted);
    address = call.addresses.follow(answer.headers.location ?? '', address);
    // What the caller did is not sent again.
    answer = await post(call, address, { method: 'GET', fields: usualFields(call, 'in-progress') });
  }
  return { answer, address };
}

function isRedirect({ status, headers }: HttpAnswer): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined;
}

/** Sends one webhook, signed if the line has a token. Throws FatalProblem like `send`. */
function post({ line, limits, signal }: Call, address: Address, message: Message): Promise<HttpAnswer> {
  const body = encode(message.fields);
  const isGet = message.method === 'GET';
  const query = isGet ? (address.signed.includes('?') ? '&' : '?') + body : '';
  const signature =
    line.authToken === undefined
      ? {}
      : { 'x-twilio-signature': sign(line.authToken, address.signed + query, isGet ? {} : message.fields) };
  return send({
    url: address.posted + query,
    method: message.method,
    headers: { ...headersFor(isGet ? undefined : body), ...signature },
    ...(isGet ? {} : { body }),
    limitMs: limits.webhookMs,
    limitBytes: MOST_BYTES,
    tooLarge: 11750,
    signal,
  });
}

/** Sends a webhook whose answer has no TwiML. Returns what went wrong as a sentence, or undefined. Never throws. */
export async function postCallback(call: Call, address: Address, message: Message): Promise<string | undefined> {
  try {
    const { status } = await post(call, address, message);
    return status === 200 || status === 204 ? undefined : `${address.posted} answered with HTTP ${status}`;
  } catch (error) {
    return `${address.posted}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function headersFor(body: string | undefined): Record<string, string> {
  const common = { 'user-agent': 'TwilioProxy/1.1', accept: '*/*', 'accept-encoding': 'gzip', 'x-home-region': 'us1' };
  if (body === undefined) return common;
  return {
    ...common,
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'content-length': String(Buffer.byteLength(body)),
  };
}
