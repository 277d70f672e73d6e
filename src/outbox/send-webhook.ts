import { request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { assertPublicHost, publicLookup } from './public-lookup';
import type { Subscriber } from './recipients';
import type { Tried } from './tried';

/** What is sent. `allowedHosts` (host:port) may be of one's own network. */
export interface WebhookDelivery {
  id: string;
  body: string;
  at: Date;
  subscriber: Subscriber;
  allowedHosts: readonly string[];
  /** Ends the request. */
  signal: AbortSignal;
}

/**
 * Sends one event, signed as the Standard Webhooks specification says (standardwebhooks.com). A redirect is not
 * followed, and an address of somebody's own network is not called unless it is allowed. Never rejects.
 */
export async function sendWebhook(delivery: WebhookDelivery): Promise<Tried> {
  const { id, body, at, subscriber, allowedHosts, signal } = delivery;
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
    const status = await post(url, body, { headers, signal, ...(allowed ? {} : { lookup: publicLookup }) });
    if (status >= 200 && status < 300) return { ok: true };
    return { ok: false, problem: `answered ${status}`, ...(status === 410 ? { gone: true } : {}) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : 'failed' };
  }
}

function post(url: URL, body: string, options: RequestOptions): Promise<number> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, method: 'POST', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('upgrade', ({ statusCode }, socket) => {
      socket.destroy(); // it was asked for nothing but an answer
      resolve(statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.on('close', () => reject(new Error('the connection was closed without an answer')));
    sent.end(body);
  });
}
