import type { Log } from '../common/log';
import { isLoopbackHost } from '../common/this-machine';
import { createTurns } from '../common/turns';
import { readAccountFacts, type AccountFacts } from './account-facts';
import { endCall, leadCall, listCalls, placeCall, type CallToPlace, type TwilioCall } from './calls';
import { checkWithTwilio, type AcceptedCredentials } from './check-credentials';
import { formatProblem, type Credentials } from './credentials';
import type { Failure } from './failure';
import type { DeployedFallback, FallbackState } from './fallback/fallback';
import type { SpokenFallback } from './fallback/spoken';
import { readNumber, updateNumber, type NumberState, type WantedNumber } from './number-state';
import {
  fetchRecording,
  listRecordings,
  removeRecording,
  type FetchedRecording,
  type TwilioRecording,
} from './recordings';
import { failureOf } from './refusal';
import { openSession, tooLate, type Session } from './session';
import { readTextState, sendText, type TextState } from './texts';

const DEPLOY_TIMEOUT_MS = 90_000;
const BUILD_POLL_MS = 1_000;
const HISTORY_MS = 60_000;
const FETCH_MS = 30_000;

/** How to reach Twilio. */
export interface TelephonyOptions {
  /** An http address of this machine that stands for all of Twilio's hosts; for tests. */
  apiBaseUrl?: string | undefined;
  /** ms for one operation, all its requests together. */
  timeoutMs: number;
  /** ms for deploying the fallback, whose build takes Twilio a while. */
  deployTimeoutMs?: number;
  /** ms between two questions whether a build is done. */
  buildPollMs?: number;
  log: Log;
}

/** Twilio's REST API in the owner's terms. Nothing here throws: what was not done is a Failure. */
export interface Telephony {
  checkCredentials(credentials: Credentials): Promise<AcceptedCredentials | Failure>;
  numberState(credentials: Credentials, wanted: WantedNumber): Promise<NumberState | Failure>;
  /** Sets what is not as wanted; `changed` tells whether there was anything. */
  pointNumber(credentials: Credentials, wanted: WantedNumber): Promise<(NumberState & { changed: boolean }) | Failure>;
  /** Makes or updates what answers while Frontdesk is down; takes up to `deployTimeoutMs`. One at a time. */
  deployFallback(credentials: Credentials, spoken: SpokenFallback): Promise<DeployedFallback | Failure>;
  fallbackState(credentials: Credentials): Promise<FallbackState | Failure>;
  /** Point the number elsewhere first: it would lead to nothing. */
  removeFallback(credentials: Credentials): Promise<{ ok: true; removed: string[]; notRemoved: string[] } | Failure>;
  accountFacts(credentials: Credentials): Promise<AccountFacts | Failure>;
  /** One request, whatever happens: a call must not be placed twice. */
  placeCall(credentials: Credentials, call: CallToPlace): Promise<{ ok: true; sid: string } | Failure>;
  endCall(credentials: Credentials, sid: string): Promise<{ ok: true } | Failure>;
  leadCall(credentials: Credentials, to: { sid: string; url: string }): Promise<{ ok: true } | Failure>;
  /** What Twilio has of calls to the number and of recordings since a time (ms). */
  history(
    credentials: Credentials,
    since: number,
  ): Promise<{ ok: true; calls: TwilioCall[]; recordings: TwilioRecording[]; whole: boolean } | Failure>;
  fetchRecording(credentials: Credentials, sid: string): Promise<FetchedRecording | Failure>;
  removeRecording(credentials: Credentials, sid: string): Promise<{ ok: true } | Failure>;
  sendText(credentials: Credentials, text: { to: string; words: string }): Promise<{ ok: true; sid: string } | Failure>;
  textState(credentials: Credentials): Promise<TextState | Failure>;
}

/** Twilio's REST API behind plain verbs. Throws when `apiBaseUrl` is not an http address of this machine. */
export function createTelephony(options: TelephonyOptions): Telephony {
  const { timeoutMs, deployTimeoutMs = DEPLOY_TIMEOUT_MS, buildPollMs = BUILD_POLL_MS } = options;
  const apiBaseUrl = options.apiBaseUrl?.replace(/\/+$/, '');
  if (apiBaseUrl !== undefined) assertLoopback(apiBaseUrl);
  const inTurn = createTurns(); // two deployments at once would each make what the other has just made

  async function run<T>(name: string, task: Task<T>): Promise<T | Failure> {
    const { credentials, work, withinMs = timeoutMs } = task;
    const malformed = formatProblem(credentials);
    if (malformed) return malformed;
    const startedAt = Date.now();
    const result = await attempt(credentials, () =>
      within(withinMs, openSession({ credentials, apiBaseUrl, timeoutMs: withinMs }).then(work)),
    );
    note(options.log, name, { result, durationMs: Date.now() - startedAt });
    return result;
  }

  return {
    checkCredentials: (credentials) => run('check_credentials', { credentials, work: checkWithTwilio }),
    numberState: (credentials, wanted) =>
      run('number_state', { credentials, work: (session) => readNumber(session, wanted) }),
    pointNumber: (credentials, wanted) =>
      run('point_number', { credentials, work: (session) => updateNumber(session, wanted) }),
    deployFallback: (credentials, spoken) =>
      inTurn(() =>
        run('deploy_fallback', {
          credentials,
          withinMs: deployTimeoutMs,
          work: async (session) => (await fallback()).deploy(session, spoken, buildPollMs),
        }),
      ),
    fallbackState: (credentials) => run('fallback_state', { credentials, work: readFallback }),
    removeFallback: (credentials) => inTurn(() => run('remove_fallback', { credentials, work: removeFallback })),
    accountFacts: (credentials) => run('account_facts', { credentials, work: readAccountFacts }),
    placeCall: (credentials, call) => run('place_call', { credentials, work: (session) => placeCall(session, call) }),
    endCall: (credentials, sid) => run('end_call', { credentials, work: (session) => endCall(session, sid) }),
    leadCall: (credentials, { sid, url }) =>
      run('lead_call', { credentials, work: (session) => leadCall(session, sid, url) }),
    history: (credentials, since) =>
      run('history', {
        credentials,
        withinMs: HISTORY_MS,
        work: async (session) => {
          const [calls, recordings] = [await listCalls(session, since), await listRecordings(session, since)];
          return { ok: true as const, ...calls, ...recordings, whole: calls.whole && recordings.whole };
        },
      }),
    fetchRecording: (credentials, sid) =>
      run('fetch_recording', { credentials, withinMs: FETCH_MS, work: (session) => fetchRecording(session, sid) }),
    removeRecording: (credentials, sid) =>
      run('remove_recording', { credentials, work: (session) => removeRecording(session, sid) }),
    sendText: (credentials, text) => run('send_text', { credentials, work: (session) => sendText(session, text) }),
    textState: (credentials) => run('text_state', { credentials, work: readTextState }),
  };
}

/** Asked for by the owner alone, so it is loaded then. */
const fallback = () => import('./fallback/fallback.js');
const readFallback = async (session: Session) => (await fallback()).readFallback(session);
const removeFallback = async (session: Session) => (await fallback()).removeAll(session);

interface Task<T> {
  credentials: Credentials;
  work: (session: Session) => Promise<T | Failure>;
  withinMs?: number;
}

async function attempt<T>(credentials: Credentials, work: () => Promise<T | Failure>): Promise<T | Failure> {
  try {
    return await work();
  } catch (error) {
    return failureOf(error, { credentials, with: credentials.apiKeySid ? 'key' : 'token' });
  }
}

/** A server that sends a byte now and then outlasts any socket's timeout, not this one. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function assertLoopback(baseUrl: string): void {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url?.protocol === 'http:' && isLoopbackHost(url.host)) return;
  throw new Error('TWILIO_API_BASE_URL must be an http address of this machine, like http://127.0.0.1:4010');
}

/** Which operation came out how. The error's words stay out: Twilio's may quote what it was sent. */
function note(log: Log, operation: string, { result, durationMs }: { result: unknown; durationMs: number }): void {
  const failure = result as Partial<Failure>;
  if (failure.ok !== false) return log.info('twilio_rest', { data: { operation, outcome: 'ok' }, durationMs });
  const { status, code, field } = failure;
  log.warn('twilio_rest', { data: { operation, outcome: code, status, field }, durationMs });
}
