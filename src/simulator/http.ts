import { request as requestHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { performance } from 'node:perf_hooks';
import { gunzipSync } from 'node:zlib';
import { FatalProblem } from './problems';

/** A request, and how long (ms) and large (bytes) its answer may be. */
export interface HttpRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: string;
  limitMs: number;
  limitBytes: number;
  /** Twilio's code for an answer that is larger. */
  tooLarge: number;
  signal: AbortSignal;
}

/** A whole answer. `ms` runs from sending the request to the last byte. */
export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  ms: number;
}

/**
 * Sends one request and reads the whole answer; follows no redirects. Throws FatalProblem: 11200 too late or cut short,
 * 11205 no connection, 11206 not HTTP, 11210 no such host, 11220 no TLS, or the request's own code for too large.
 */
export async function send(request: HttpRequest): Promise<HttpAnswer> {
  const started = performance.now();
  const deadline = AbortSignal.timeout(request.limitMs);
  try {
    const response = await open(request, AbortSignal.any([deadline, request.signal]));
    const body = unpack(response, await read(response, request), request);
    const ms = Math.round(performance.now() - started);
    return { status: response.statusCode ?? 0, headers: response.headers, body, ms };
  } catch (error) {
    if (error instanceof FatalProblem) throw error;
    const late = deadline.aborted ? `No answer within ${request.limitMs} ms` : undefined;
    throw new FatalProblem({ ...diagnose(error, late), url: request.url });
  }
}

function open(request: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const start = request.url.startsWith('https:') ? requestHttps : requestHttp;
    // A connection of its own: a server that closes an idle one must not look like a failed call.
    const options: RequestOptions = { method: request.method, headers: request.headers, agent: false, signal };
    start(request.url, options, resolve).on('error', reject).end(request.body);
  });
}

async function read(response: IncomingMessage, request: HttpRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > request.limitBytes) throw tooLarge(request);
  }
  return Buffer.concat(chunks);
}

function unpack(response: IncomingMessage, body: Buffer, request: HttpRequest): Buffer {
  if (response.headers['content-encoding'] !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: request.limitBytes });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(request);
    throw new FatalProblem({ code: 11206, message: 'The answer says gzip and is not', url: request.url });
  }
}

function tooLarge({ tooLarge: code, limitBytes, url }: HttpRequest): FatalProblem {
  return new FatalProblem({ code, message: `The answer is larger than ${limitBytes} bytes`, url });
}

function diagnose(error: unknown, late: string | undefined): { code: number; message: string } {
  if (late !== undefined) return { code: 11200, message: late };
  const code = codeOf(error);
  const message = `No proper answer: ${String(error)}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { code: 11210, message };
  if (/^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code)) return { code: 11205, message };
  if (code.startsWith('HPE_')) return { code: 11206, message };
  if (/CERT|TLS|SSL|EPROTO/.test(code)) return { code: 11220, message };
  return { code: 11200, message };
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
