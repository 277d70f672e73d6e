import { Agent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import type { Gate } from '../../common/gate';

/** An unused connection is closed after so many ms: before Groq does, in the middle of our next request. */
const IDLE_MS = 55_000;
const WARMING_MS = 4_000;
const DEFAULT_BASE_URL = 'https://api.groq.com';

/** A way to Groq whose connections stay open between turns; Node's own fetch drops them after 4 s. */
export interface GroqLine {
  baseURL: string;
  apiKey: string;
  /** For the SDK, in place of Node's. */
  fetch: typeof fetch;
  /** What every request for a reply goes through, whatever its model. */
  gate?: Gate | undefined;
  /** Opens a connection, or keeps an open one in use, by asking for the list of models. Never rejects. */
  warm(): Promise<void>;
}

interface LineOptions {
  apiKey: string;
  baseURL?: string;
  gate?: Gate;
}

/** A line to Groq at `baseURL`, the host without a path. The key goes nowhere else. */
export function openLine({ apiKey, baseURL = DEFAULT_BASE_URL, gate }: LineOptions): GroqLine {
  const lineFetch = steadyFetch(baseURL.startsWith('https:'));
  return {
    baseURL,
    apiKey,
    gate,
    fetch: lineFetch,
    async warm() {
      const headers = { authorization: `Bearer ${apiKey}` };
      const signal = AbortSignal.timeout(WARMING_MS);
      await lineFetch(`${baseURL}/openai/v1/models`, { headers, signal })
        .then((answer) => answer.text())
        .catch(() => undefined);
    },
  };
}

/** As much of fetch as the SDK uses, over connections of our own. An idle one keeps no process alive. */
function steadyFetch(secure: boolean): typeof fetch {
  const options = { keepAlive: true, timeout: IDLE_MS };
  const agent = secure ? new TlsAgent(options) : new Agent(options);
  const request = secure ? requestHttps : requestHttp;
  return (address, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const url = address instanceof Request ? address.url : address;
      const sending = {
        agent,
        method,
        headers: Object.fromEntries(new Headers(headers)),
        ...(signal ? { signal } : {}),
      };
      const sent = request(url, sending, (answer) => resolve(responseOf(answer)));
      sent.on('error', reject);
      sent.end(typeof body === 'string' ? body : undefined);
    });
}

function responseOf(answer: IncomingMessage): Response {
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const body = Readable.toWeb(answer) as ReadableStream<Uint8Array>;
  return new Response(body, { status: answer.statusCode ?? 500, headers });
}
