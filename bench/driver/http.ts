import { Agent, request as open } from 'node:http';

/** A whole answer; `ms` from the start of the request to the last byte, `isForAll` where any cache may keep it. */
export interface Answer {
  status: number;
  body: Buffer;
  ms: number;
  isForAll: boolean;
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity, noDelay: true });

/** Sends a request on a connection that stays open, and reads the whole answer. */
export function send(
  url: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = open(url, { agent, method, headers: { ...headers, ...length } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const ms = performance.now() - startedAt;
        const isForAll = /\bpublic\b/.test(response.headers['cache-control'] ?? '');
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts), ms, isForAll });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** A JSON answer, believed. */
export async function getJson<T>(url: string): Promise<T> {
  return JSON.parse((await send(url)).body.toString()) as T;
}
