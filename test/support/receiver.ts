import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { whenDone } from './frontdesk';

/** What a receiver of webhooks got. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/**
 * A receiver of webhooks on loopback. It answers as `answer` says: a status, 'hang', 'drop' (the connection), or a
 * redirect to an address.
 */
export async function startReceiver() {
  const received: Received[] = [];
  const state = { answer: 200 as number | 'hang' | 'drop' | { redirect: string } };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      const { answer } = state;
      if (answer === 101) response.writeHead(101, { connection: 'Upgrade', upgrade: 'other' }).flushHeaders();
      else if (typeof answer === 'number') response.writeHead(answer).end();
      else if (answer === 'drop') request.socket.destroy();
      else if (answer !== 'hang') response.writeHead(307, { location: answer.redirect }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}/hook`, received, state, dropAll: () => server.closeAllConnections() };
}
