import { E164 } from '../common/e164';
import { refused, type Failure, type Field } from './failure';

/** What Twilio knows an owner by. With an API key, requests are made with it; the token is still what webhooks are signed with. */
export interface Credentials {
  accountSid: string;
  authToken: string;
  /** E.164, the number that callers dial. */
  phoneNumber: string;
  apiKeySid?: string | undefined;
  apiKeySecret?: string | undefined;
}

interface FieldRule {
  field: Field;
  shape: RegExp;
  error: string;
  remedy: string;
  value(credentials: Credentials): string | undefined;
}

const CONSOLE = 'Copy it from the account information on the first page of console.twilio.com.';

/** Shapes: Twilio's OpenAPI description of its REST API (sid patterns) and ITU-T E.164. */
const RULES: readonly FieldRule[] = [
  {
    field: 'account_sid',
    shape: /^AC[0-9a-f]{32}$/,
    error: 'The account SID must be "AC" and 32 characters of 0-9 and a-f.',
    remedy: CONSOLE,
    value: ({ accountSid }) => accountSid,
  },
  {
    field: 'auth_token',
    shape: /^[0-9a-f]{32}$/i,
    error: 'The auth token must be 32 characters of 0-9 and a-f.',
    remedy: CONSOLE,
    value: ({ authToken }) => authToken,
  },
  {
    field: 'phone_number',
    shape: E164,
    error: 'The phone number must be in international form: "+", country code and number, without spaces.',
    remedy: 'Write it like +12025550100.',
    value: ({ phoneNumber }) => phoneNumber,
  },
  {
    field: 'api_key_sid',
    shape: /^SK[0-9a-f]{32}$/,
    error: 'The API key SID must be "SK" and 32 characters of 0-9 and a-f.',
    remedy: 'Copy it from "API keys & tokens" in the Twilio Console, or leave both API key fields empty.',
    value: ({ apiKeySid }) => apiKeySid,
  },
  {
    field: 'api_key_secret',
    shape: /^\S{16,128}$/,
    error: 'The API key secret must be 16 to 128 characters without spaces.',
    remedy: 'Twilio shows it once, when the key is made. Make a new key, or leave both API key fields empty.',
    value: ({ apiKeySecret }) => apiKeySecret,
  },
];

/** The first field that cannot be right, judged by its form alone. Undefined when all can be. */
export function formatProblem(credentials: Credentials): Failure | undefined {
  const { apiKeySid, apiKeySecret } = credentials;
  if (Boolean(apiKeySid) !== Boolean(apiKeySecret)) return halfKey(apiKeySid ? 'api_key_secret' : 'api_key_sid');
  const wrong = RULES.find(({ value, shape, field }) => {
    const given = value(credentials) ?? '';
    return !shape.test(given) && !(field.startsWith('api_key') && given === '');
  });
  return wrong && refused({ field: wrong.field, code: 'format', error: wrong.error, remedy: wrong.remedy });
}

const halfKey = (field: Field): Failure =>
  refused({
    field,
    code: 'format',
    error: 'An API key needs both its SID and its secret.',
    remedy: 'Fill in both API key fields, or leave both empty.',
  });

/** Every part of the credentials that must be in no log and no message. */
export const secretsOf = ({ authToken, apiKeySecret }: Credentials): string[] =>
  [authToken, apiKeySecret ?? ''].filter((secret) => secret !== '');
