import type { Twilio } from 'twilio';
import type { Credentials } from './credentials';

/** Where Twilio is and how long it may take. With `apiBaseUrl` every one of Twilio's hosts is that address. */
export interface SessionOptions {
  credentials: Credentials;
  apiBaseUrl: string | undefined;
  /** ms from now on for everything that is asked in this session. */
  timeoutMs: number;
}

/** Twilio's REST API for one operation. After its time nothing more is asked. */
export interface Session {
  credentials: Credentials;
  /** Asks with the auth token. */
  byToken: Twilio;
  /** Asks with the API key, where there is one. */
  twilio: Twilio;
  /** Posts a form with a file to the serverless upload host, which the SDK does not know. Throws as the SDK does. */
  upload(path: string, form: FormData): Promise<Record<string, unknown>>;
  /** Gets a file of a host of Twilio's, and follows it to no other. */
  download(path: string, host: string, redirects: number): Promise<Response>;
}

const UPLOAD_HOST = 'https://serverless-upload.twilio.com';

/** Opens a session; the SDK takes a fifth of a second to load, so it is loaded by the first one. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { credentials, apiBaseUrl, timeoutMs } = options;
  const { accountSid, authToken, apiKeySid, apiKeySecret } = credentials;
  const { default: createClient } = await import('twilio');
  const endsAt = Date.now() + timeoutMs;
  const connect = (username: string, password: string): Twilio => {
    // Empty region and edge, and a log level that is not "debug": otherwise the SDK reads them from the environment.
    const client = createClient(username, password, { accountSid, region: '', edge: '', logLevel: 'error' });
    if (apiBaseUrl !== undefined) redirect(client, apiBaseUrl);
    limitTime(client, endsAt);
    return client;
  };
  const [user, password] = apiKeySid && apiKeySecret ? [apiKeySid, apiKeySecret] : [accountSid, authToken];
  const byToken = connect(accountSid, authToken);
  return {
    credentials,
    byToken,
    twilio: user === accountSid ? byToken : connect(user, password),
    upload: (path, form) =>
      postForm(`${apiBaseUrl ?? UPLOAD_HOST}${path}`, form, {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        endsAt,
      }),
    download: (path, host, redirects) =>
      download(`${apiBaseUrl ?? host}${path}`, {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        endsAt,
        redirects,
      }),
  };
}

function redirect(client: Twilio, baseUrl: string): void {
  for (const domain of [client.api, client.serverless, client.studio, client.messaging]) domain.baseUrl = baseUrl;
}

/** Gives every request, also each page of a list, what is left of the session's time. */
function limitTime(client: Twilio, endsAt: number): void {
  const http = client.httpClient;
  const request = http.request.bind(http);
  http.request = (options) => {
    const timeout = endsAt - Date.now();
    return timeout > 0 ? request({ ...options, timeout }) : Promise.reject(tooLate());
  };
}

async function postForm(
  url: string,
  form: FormData,
  { authorization, endsAt }: { authorization: string; endsAt: number },
): Promise<Record<string, unknown>> {
  const left = endsAt - Date.now();
  if (left <= 0) throw tooLate();
  const signal = AbortSignal.timeout(left);
  const response = await fetch(url, {
    method: 'POST',
    body: form,
    headers: { authorization },
    redirect: 'manual',
    signal,
  });
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return body;
  throw Object.assign(new Error(String(body['message'])), { status: response.status, code: body['code'] });
}

/** The files of recordings may lie on another host of Twilio's; it gets no credentials of ours. */
async function download(
  url: string,
  { authorization, endsAt, redirects }: { authorization: string; endsAt: number; redirects: number },
): Promise<Response> {
  const signal = AbortSignal.timeout(Math.max(1, endsAt - Date.now()));
  let answer = await fetch(url, { headers: { authorization }, redirect: 'manual', signal });
  for (let left = redirects; left > 0 && answer.status >= 300 && answer.status < 400; left -= 1) {
    const next = new URL(answer.headers.get('location') ?? '', url);
    const own = next.protocol === 'https:' && (next.hostname === 'twilio.com' || next.hostname.endsWith('.twilio.com'));
    if (!own) throw Object.assign(new Error('led away from Twilio'), { code: 'ELEDAWAY' });
    answer = await fetch(next, { redirect: 'manual', signal });
  }
  return answer;
}

/** The error of an operation whose time is over. */
export const tooLate = (): Error => new DOMException('The time for this operation is over', 'TimeoutError');
