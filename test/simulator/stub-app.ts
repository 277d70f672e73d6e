import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeWav } from './make-wav';

/** A request as the stub got it. */
export interface Received {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  fields: Record<string, string>;
}

/** TwiML without its root, or a whole answer. */
export type Answer =
  | string
  | {
      status?: number;
      type?: string | null;
      body?: string | Buffer;
      headers?: Record<string, string>;
      afterMs?: number;
      cutOff?: boolean;
    };

export interface StubApp {
  url: string;
  received: Received[];
  /** The requests to one path, in order. */
  to(path: string): Received[];
  close(): Promise<void>;
}

export type Routes = Record<string, Answer | ((request: Received, count: number) => Answer)>;

/** TwiML around some verbs. */
export const twiml = (verbs: string): string => `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;

const usual: Routes = {
  '/api/voice/status': { status: 204, type: null },
  '/tone.wav': { type: 'audio/wav', body: makeWav({}) },
};

/** An app that gives scripted answers, on a free port of this machine. Paths without a query string. */
export async function startStubApp(routes: Routes): Promise<StubApp> {
  const received: Received[] = [];
  const all: Routes = { ...usual, ...routes };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const path = (request.url ?? '').split('?')[0] ?? '';
      const entry: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
        fields: Object.fromEntries(new URLSearchParams(body)),
      };
      received.push(entry);
      const route = all[path] ?? { status: 404, body: 'nothing here' };
      const count = received.filter((other) => other.path.split('?')[0] === path).length;
      void answer(response, typeof route === 'function' ? route(entry, count) : route);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    to: (path) => received.filter((entry) => entry.path.split('?')[0] === path),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(response: ServerResponse, given: Answer): Promise<void> {
  const whole: Exclude<Answer, string> = typeof given === 'string' ? { body: twiml(given) } : given;
  const { status, type, body, headers, afterMs, cutOff } = whole;
  if (afterMs !== undefined) await sleep(afterMs, undefined, { ref: false });
  response.writeHead(status ?? 200, { ...(type === null ? {} : { 'content-type': type ?? 'text/xml' }), ...headers });
  if (cutOff === true) {
    response.write(body ?? '');
    response.destroy();
    return;
  }
  response.end(body);
}
