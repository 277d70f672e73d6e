import { maskSecrets } from '../common/mask';
import { secretsOf, type Credentials } from './credentials';
import { refused, slow, tooManyRequests, twilioInTrouble, unreachable, type Failure } from './failure';

/** Which of the two ways of identifying ourselves Twilio was asked with. */
export type AskedWith = 'token' | 'key';

/** What is known about a request that failed. */
export interface Asked {
  credentials: Credentials;
  with: AskedWith;
}

/** What the SDK's errors and those of `fetch` have in common; the rest of them holds credentials and is not touched. */
interface Thrown {
  name?: unknown;
  status?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
}

/** Of Twilio's error dictionary (twilio.com/docs/api/errors). */
const ACCOUNT_NOT_ACTIVE = 20005;
const TEST_CREDENTIALS = 20008;

/** A failed request to Twilio in the owner's words. No secret of the credentials is in it. */
export function failureOf(error: unknown, asked: Asked): Failure {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Thrown;
  if (typeof thrown.status === 'number') return refusalOf(thrown.status, thrown, asked);
  const code = codeOf(thrown) ?? codeOf(thrown.cause);
  if (thrown.name === 'TimeoutError' || code === 'ECONNABORTED' || code === 'ETIMEDOUT') return slow;
  if (code !== undefined) return unreachable(code);
  return twilioInTrouble(
    `not in a way that can be read (${String(thrown.name)}); perhaps a proxy answered in its place`,
  );
}

/** Whether Twilio said that there is no such thing. */
export const isNotFound = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && (error as Thrown).status === 404;

function codeOf(thrown: unknown): string | undefined {
  const code = typeof thrown === 'object' && thrown !== null ? (thrown as Thrown).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function refusalOf(status: number, { code, message }: Thrown, asked: Asked): Failure {
  if (status === 429) return tooManyRequests;
  if (status >= 500 || status < 400) return twilioInTrouble(`with an error of its own (HTTP ${status})`);
  if (code === ACCOUNT_NOT_ACTIVE) return inactive('suspended');
  if (code === TEST_CREDENTIALS) return testCredentials;
  if (status === 401) return asked.with === 'key' ? wrongKey : wrongToken;
  if (status === 403) return notPermitted(asked.with);
  const said = typeof message === 'string' ? maskSecrets(message, secretsOf(asked.credentials)).slice(0, 300) : '';
  return refused({
    field: null,
    code: 'refused',
    error: `Twilio refused the request (HTTP ${status}${typeof code === 'number' ? `, error ${code}` : ''}): ${said}`,
    remedy: typeof code === 'number' ? `See twilio.com/docs/api/errors/${code}.` : 'Try again.',
  });
}

/** An account that takes no calls; Twilio's two states besides active. */
export const inactive = (state: string): Failure =>
  state === 'closed'
    ? refused({
        field: 'account_sid',
        code: 'account_closed',
        error: 'This Twilio account is closed.',
        remedy: 'Enter the credentials of an open account.',
      })
    : refused({
        field: 'account_sid',
        code: 'account_suspended',
        error: `This Twilio account is ${state}: it takes no calls.`,
        remedy: 'Sign in at console.twilio.com; most often the balance is used up or a document is missing.',
      });

/** There is no account of this SID for this token. */
export const noSuchAccount: Failure = refused({
  field: 'account_sid',
  code: 'account_not_found',
  error: 'Twilio knows no account with this SID.',
  remedy: 'Copy the account SID and its auth token from the same page of console.twilio.com.',
});

const wrongToken = refused({
  field: 'auth_token',
  code: 'wrong_token',
  error: 'Twilio does not accept this auth token for this account SID (error 20003).',
  remedy: 'Copy both again from the first page of console.twilio.com. A token that was replaced there no longer works.',
});

const wrongKey = refused({
  field: 'api_key_secret',
  code: 'wrong_api_key',
  error: 'Twilio does not accept this API key (error 20003).',
  remedy: 'Make a new API key in this account and enter its SID and secret, or leave both API key fields empty.',
});

const testCredentials = refused({
  field: 'auth_token',
  code: 'test_credentials',
  error: "These are Twilio's test credentials, which own no number (error 20008).",
  remedy: 'Enter the live credentials; they stand above the test credentials in the Twilio Console.',
});

const notPermitted = (asked: AskedWith): Failure =>
  refused({
    field: asked === 'key' ? 'api_key_sid' : 'auth_token',
    code: 'not_permitted',
    error: `Twilio does not permit this with ${asked === 'key' ? 'this API key' : 'these credentials'} (HTTP 403).`,
    remedy:
      asked === 'key'
        ? 'Use a standard API key instead of a restricted one, or leave both API key fields empty.'
        : 'Sign in at console.twilio.com and check that the account is verified and in good standing.',
  });
