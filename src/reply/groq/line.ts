import type { Agent } from 'undici';
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
  const lineFetch = steadyFetch();
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

/** A fetch whose connections live long. Its package is loaded at the first request; an idle one keeps no process alive. */
function steadyFetch(): typeof fetch {
  let agent: Agent | undefined;
  const steady = async (address: string, init: object) => {
    const { Agent, fetch } = await import('undici');
    agent ??= new Agent({ keepAliveTimeout: IDLE_MS, keepAliveMaxTimeout: IDLE_MS });
    return fetch(address, { ...init, dispatcher: agent });
  };
  return steady as unknown as typeof fetch;
}
