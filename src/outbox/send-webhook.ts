import { request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { assertPublicHost, publicLookup } from './public-lookup';
import type { Subscriber } from './recipients';

/** How long a receiver may take, in ms, as the specification advises. */
const PATIENCE_MS = 15_000;

/** One try to deliver. `gone` means that nobody wants it there any more. */
export type Tried = { ok: true } | { ok: false; problem: string; gone?: boolean };

/** What is sent. `allowedHosts` (host:port) may be of one's own network. */
export interface WebhookDelivery {
  id: string;
  body: string;
  at: Date;
  subscriber: Subscriber;
  allowedHosts: readonly string[];
}

/**
 * Sends one event, signed as the Standard Webhooks specification says (standardwebhooks.com). A redirect is not
 * followed, and an address of somebody's own network is not called unless it is allowed. Never rejects.
 */
export async function sendWebhook({ id, body, at, subscriber, allowedHosts }: WebhookDelivery): Promise<Tried> {
  try {
    const url = new URL(subscriber.url);
    const allowed = allowedHosts.includes(url.host);
    if (!allowed) assertPublicHost(url.hostname);
    const signature = new Webhook(subscriber.secret).sign(id, at, body);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Frontdesk',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': signature,
    };
    const status = await post(url, body, { headers, ...(allowed ? {} : { lookup: publicLookup }) });
    if (status >= 200 && status < 300) return { ok: true };
    return { ok: false, problem: `answered ${status}`, ...(status === 410 ? { gone: true } : {}) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : 'failed' };
  }
}

function post(url: URL, body: string, options: RequestOptions): Promise<number> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const sent = request(url, { ...options, method: 'POST', signal, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', (error) => reject(signal.aborted ? new Error(`no answer within ${PATIENCE_MS} ms`) : error));
    sent.end(body);
  });
}
