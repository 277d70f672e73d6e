import { answerCalls } from './twilio-rest-calls';
import { newSid, type StubNumber, type TwilioRestState } from './twilio-rest-state';

/** A request as the stub received it. */
export interface TwilioRestRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  /** The fields of a multipart form; files as text. */
  parts: Record<string, string>;
  /** Who asked: an account SID or an API key SID. */
  user: string;
}

/** What the stub answers. */
export interface Answer {
  status: number;
  body?: unknown;
}

/** An error in Twilio's own form (twilio.com/docs/usage/twilios-response). */
export const refusal = (status: number, code: number, message: string): Answer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

export const notFound = ({ path }: TwilioRestRequest): Answer =>
  refusal(404, 20404, `The requested resource ${path} was not found`);

export const ok = (body: unknown, status = 200): Answer => ({ status, body });

/** The account, its balance and its numbers: `/2010-04-01/Accounts/…`. */
export function answerAccount(state: TwilioRestState, request: TwilioRestRequest): Answer {
  const { account, refuses } = state;
  const root = `/2010-04-01/Accounts/${account.sid}`;
  const { path, method } = request;
  if (path === `${root}.json`) return refuses.has('account') ? forbidden : ok(accountJson(state));
  if (account.status !== 'active') return refusal(403, 20005, 'Account not active');
  if (path === `${root}/Balance.json`) {
    if (refuses.has('balance')) return forbidden;
    return ok({ account_sid: account.sid, balance: account.balance, currency: 'USD' });
  }
  const ofCalls = answerCalls(state, request);
  if (ofCalls) return ofCalls;
  if (!path.startsWith(`${root}/IncomingPhoneNumbers`)) return notFound(request);
  if (refuses.has('numbers')) return forbidden;
  if (path === `${root}/IncomingPhoneNumbers.json` && method === 'GET') return listNumbers(state, request);
  const number = state.numbers.find(({ sid }) => path === `${root}/IncomingPhoneNumbers/${sid}.json`);
  if (!number) return notFound(request);
  return ok(numberJson(state, method === 'POST' ? updateNumber(number, request.form) : number));
}

export const forbidden = refusal(403, 20403, 'Forbidden');

/** With the auth token in it, as Twilio answers. */
const accountJson = ({ account }: TwilioRestState) => ({
  sid: account.sid,
  auth_token: account.authToken,
  status: account.status,
  type: account.type,
  friendly_name: account.friendlyName,
  date_created: account.dateCreated,
  date_updated: account.dateCreated,
  owner_account_sid: account.sid,
});

const numberJson = ({ account }: TwilioRestState, number: StubNumber) => ({
  ...number,
  account_sid: account.sid,
  friendly_name: number.phone_number,
});

/** Partial matches are found too, as at Twilio. */
function listNumbers(state: TwilioRestState, { path, query }: TwilioRestRequest): Answer {
  const part = (query.get('PhoneNumber') ?? '').replace(/\D/g, '');
  const found = state.numbers.filter(({ phone_number }) => phone_number.includes(part));
  const size = Math.min(Number(query.get('PageSize') ?? 50), state.pageSize);
  const page = Number(query.get('Page') ?? 0);
  const next = new URLSearchParams(query);
  next.set('Page', String(page + 1));
  next.set('PageToken', `PA${newSid('PN')}`);
  return ok({
    incoming_phone_numbers: found.slice(page * size, (page + 1) * size).map((number) => numberJson(state, number)),
    page,
    page_size: size,
    next_page_uri: (page + 1) * size < found.length ? `${path}?${next.toString()}` : null,
  });
}

const FIELDS = {
  VoiceUrl: 'voice_url',
  VoiceMethod: 'voice_method',
  VoiceFallbackUrl: 'voice_fallback_url',
  VoiceFallbackMethod: 'voice_fallback_method',
  StatusCallback: 'status_callback',
  StatusCallbackMethod: 'status_callback_method',
} as const;

function updateNumber(number: StubNumber, form: URLSearchParams): StubNumber {
  for (const [field, name] of Object.entries(FIELDS)) {
    const value = form.get(field);
    if (value !== null) number[name] = value;
  }
  return number;
}
